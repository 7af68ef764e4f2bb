"""The witness: the door at which other logs ask this installation to cosign their checkpoints (C2SP tlog-witness).

Invariant: the new state is on disk before the answer; of one log it never cosigns two views that contradict each other.
It never touches our own ledger's rows or keys.
"""
