"""Custody: the people who hold a share each of the power to open sealed records, and the ceremonies they hold it by.

Invariant: nothing here ever has enough shares on the server to open a record; statements about custody are leaves of
the ledger. What sealing does with keys and shares is in `standwith.sealing`.
"""
