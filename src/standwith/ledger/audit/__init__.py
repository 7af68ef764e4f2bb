"""Audits: how many of the signatures are real, shown by a sample that nobody could choose.

    commit   in the ledger: which leaves, how many records, whose randomness chooses them, by which rubric
    draw     seed from checkpoint, commit and randomness; ticket per signature; the smallest tickets are the sample
    record   custodians open the sample and judge every record by the rubric
    report   in the ledger: seed, sample, a word on each record, and how many of all are invalid at most
    check    anybody works all of it out again from the public files

Invariant: everything but the judging of opened records follows from public bytes. No name, address or domain leaves the
custodians. An audit bounds how many records are not what the rubric asks for; it finds no person with two mailboxes.
Pure: no tables, no network, and time is an argument; what is written is in docs/protocol.md.
"""
