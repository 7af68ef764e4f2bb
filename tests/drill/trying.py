"""Trying keys: what tags a key makes of an address, and whether one of them stands anywhere in a store.

The formulas are the program's own, called as the program calls them (supporters/epochs.py, supporters/keys.py), so
that they stay true; beside them the plain ones that anybody would try. Names are granted to whoever tries: who has the
address of a supporter often knows the name, too. Hashes without any key are tried in the same way.
"""

import hashlib
import hmac
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import product
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from standwith.ledger.leaf import campaign_tag
from standwith.sealing.keys import SharedKey
from standwith.supporters.epochs import Epochs, _Dated
from standwith.supporters.keys import Keyring
from standwith.supporters.rules import canonical_address, canonical_name
from tests.drill.crowd import BEGIN, GUARDED, OPEN, Person
from tests.drill.keys import KEY, Key
from tests.drill.search import VALUE

ORIGIN = "act.example.org/log"
SEPARATORS = (b"", b"\n", b"\0", b"|", b":", b" ", b",")
PREFIXES = tuple(f"standwith/{what}".encode() for what in ("record\0", "withdraw\0", "token/1\n", "block/1\n")) + tuple(
    f"standwith/{what}/2\n".encode() for what in ("address", "person", "quota")
)
HASHES: tuple[Callable[[bytes], Any], ...] = (
    hashlib.sha256, hashlib.sha512, hashlib.sha1, hashlib.md5, hashlib.blake2b, hashlib.sha3_256,
)  # fmt: skip


class Confirmed(NamedTuple):
    """A key tells of this person that they were here, by such a tag."""

    person: int
    address: str
    tag: str
    key: Key


class Trial:
    """What these 32 bytes make of people, as if they were every key at once."""

    def __init__(self, key: Key) -> None:
        self.key, shared = key, SharedKey("tag", key.raw)
        self._open = _epochs(shared, OPEN), OPEN, False
        self._guarded = _epochs(shared, GUARDED), GUARDED, True
        self._keyring = cast(Keyring, SimpleNamespace(_block=key.raw))

    def tags(self, person: Person) -> Iterator[tuple[str, bytes]]:
        """Every tag of a person, with its name."""
        address, name = canonical_address(person.address), canonical_name(person.name)
        for epochs, campaign, guarded in (self._open, self._guarded):
            made = epochs.tags(campaign, address, name, guarded=guarded, now=BEGIN)
            yield f"address in {campaign}", made.address
            yield f"person in {campaign}", made.person
            yield f"quota in {campaign}", made.quota
        yield "block", Keyring.block_tag(self._keyring, address)
        yield "plain HMAC", hmac.digest(self.key.raw, address.encode(), "sha256")[:VALUE]
        yield "keyed hash", hashlib.sha256(self.key.raw + address.encode()).digest()[:VALUE]


def tag_values(keys: Iterable[Key], people: Collection[Person]) -> Iterator[bytes]:
    """All that must not stand in a store."""
    for trial in map(Trial, keys):
        for person in people:
            yield from (tag for _, tag in trial.tags(person))


def confirmed(keys: Iterable[Key], people: Collection[Person], found: Collection[bytes]) -> list[Confirmed]:
    """Whom the keys tell of, given the values that stand in the store."""
    return [
        Confirmed(person.number, person.address, name, trial.key)
        for trial in map(Trial, keys)
        for person in people
        for name, tag in trial.tags(person)
        if tag in found
    ]


def fits(key: Key) -> bool:
    """Whether something that was found can be tried as a key of 32 bytes."""
    return len(key.raw) == KEY


def hash_values(people: Iterable[Person]) -> dict[bytes, int]:
    """What anybody could work out of an address or a name without a key: value -> person."""
    return {digest[:VALUE]: person.number for person in people for digest in _hashes(person)}


def _hashes(person: Person) -> Iterator[bytes]:
    for text in _texts(person):
        yield from (hash_(text).digest() for hash_ in HASHES)
        for public in (b"", ORIGIN.encode(), person.campaign.encode(), campaign_tag(ORIGIN, person.campaign)):
            yield hmac.digest(public, text, "sha256")


def _texts(person: Person) -> Iterator[bytes]:
    """What could be hashed: the address and what goes with it, in every order, behind every prefix of ours."""
    name, campaign = person.name.encode(), person.campaign.encode()
    spellings = {person.address, person.address.lower(), canonical_address(person.address)}
    for address in sorted(spelling.encode() for spelling in spellings):
        orders = _orders(address, name, canonical_name(person.name).encode(), campaign)
        wholes = [address, *(between.join(parts) for parts, between in product(orders, SEPARATORS))]
        yield from wholes
        yield from (prefix + whole for prefix in PREFIXES for whole in (address, *wholes[1:4]))


def _orders(address: bytes, name: bytes, canonical: bytes, campaign: bytes) -> tuple[tuple[bytes, ...], ...]:
    return (
        (address, name), (name, address), (address, canonical), (campaign, address), (address, campaign),
        (campaign, address, name), (campaign, address, canonical),
    )  # fmt: skip


def _epochs(key: SharedKey, campaign: str) -> Epochs:
    """A clerk's keys, all of which are this one."""
    epochs, dated = Epochs(None), _Dated(BEGIN, key)
    epochs._open[campaign], epochs._guarded, epochs._quotas = key, dated, [dated]
    return epochs
