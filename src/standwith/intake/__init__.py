"""Intake: the door that takes acts. It can write and cannot read.

It starts without Django, knows campaigns only from the compiled manifest, and holds no key that opens anything: the
custodian's and the clerk's public halves, and the link key, which makes and checks tokens. No IP address is read or
kept.
"""
