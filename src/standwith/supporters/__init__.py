"""Supporters: who signed, was asked to confirm, was counted once, and may take it back.

The clerk's half of a signature: it reads the journal and writes its own tables and the mail spool. It speaks no HTTP.
"""
