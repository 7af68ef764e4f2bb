"""The mailbox of the demo: what was sent, as a person would see it, so that a newcomer can sign, confirm and watch.

Invariant: it only reads, and is only there in a demo; whoever can reach it can read every mail, and it says so. It
speaks English, for it is shown to whoever tries standwith, never to a supporter. It knows no campaign and no key.
"""
