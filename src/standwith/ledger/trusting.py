"""Trusting a witness: writing it into a policy that policy.py reads.

    log act.example.org/log+9bea1220+AY7k...  https://act.example.org/log/
    # agreed at the congress in May
    witness noor act.example.net/witness+1c2d3e4f+BNlq... https://act.example.net/witness/
    group witnesses 1 noor
    quorum witnesses

Invariant: lines of people stay as they are, comments included; only the one group of all witnesses and the quorum are
written anew, as the last two lines. A policy with another shape is its owner's work and is refused, not reshaped.
Standard: C2SP tlog-policy.
"""

from standwith.ledger.errors import PolicyRefused
from standwith.ledger.note import Verifier
from standwith.ledger.policy import NONE, Policy, read_policy

GROUP = "witnesses"


def add_witness(
    data: bytes, name: str, verifier: Verifier, url: str, *, needed: int | None = None, replace: bool = False
) -> bytes:
    """The policy with one witness more, of whom `needed` have to cosign; 0: none has to. Raises PolicyRefused.

    Without `needed` it stays as it is, and is 1 with the first witness. `replace` gives a witness that is there another
    key or address.
    """
    policy = read_policy(data)
    if name in policy.witnesses and not replace:
        raise PolicyRefused(0, f"{name} is one of its witnesses already")
    for word in (name, url):
        if word.split() != [word]:
            raise PolicyRefused(0, "names and addresses are one word each")
    group, now = _shape(policy)
    number = now if needed is None else needed
    members = list(dict.fromkeys([*policy.witnesses, name]))
    if not 0 <= number <= len(members):
        raise PolicyRefused(0, f"of {len(members)} witnesses, 0 to {len(members)} can be needed")
    kept = [line for line in data.splitlines() if not _is_ours(line, name.encode())]
    new = [f"witness {name} {verifier} {url}"]
    new += [f"group {group} {number} {' '.join(members)}", f"quorum {group}"] if number else [f"quorum {NONE}"]
    longer = b"".join(line + b"\n" for line in [*kept, *(line.encode() for line in new)])
    read_policy(longer)
    return longer


def _shape(policy: Policy) -> tuple[str, int]:
    """The name of the group of all witnesses, and how many of them are needed now."""
    if policy.quorum == NONE and not policy.groups:
        return GROUP, 0 if policy.witnesses else 1
    if [*policy.witnesses] == [policy.quorum] and not policy.groups:
        return GROUP, 1
    name, group = policy.quorum, policy.groups.get(policy.quorum)
    if not group or len(policy.groups) > 1 or set(group.members) != set(policy.witnesses):
        raise PolicyRefused(0, "its groups are made by hand; add the witness by hand, too")
    return name, group.needed


def _is_ours(line: bytes, name: bytes) -> bool:
    """Whether this line is written anew."""
    words = line.split()
    return words[:1] in ([b"group"], [b"quorum"]) or words[:2] == [b"witness", name]
