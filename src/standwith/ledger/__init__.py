"""The ledger: an append-only Merkle log of who was counted, so that anyone can verify the number.

Formats after C2SP (tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature, tlog-policy, tlog-proof), hashing after
RFC 6962; docs/protocol.md is exact about all of it. Pure modules here know bytes; models.py, rows.py and log.py keep
the rows. It knows of no campaign: eight bytes stand for one.
"""
