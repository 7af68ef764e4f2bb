"""Search without a server: the names of all organisations in small files, of which a script asks for one or two.

    organisations/search/words.json     {"buckets": 512, "common": ["national", "union"]}
    organisations/search/7.json         [["Confederazione Unitaria di Base", "CUB", "", "IT", "cub-it"], …]

Every word of a name, an acronym or a former name is folded (`standwith.organisations.folding`), and the organisation
put into the bucket that the first three letters of the word give. A word that many names have would fill its bucket: it
is common, and only pairs of common words have buckets ("national union").
Invariant: a search finds every organisation that has a word beginning with each of the words asked for, or says that
the words are too common or too short; search.js does the same steps. Files are the same for every language. Nothing
is folded before a file is made.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from itertools import combinations

import msgspec

from standwith.organisations import Listing, words_of
from standwith.site.digests import digest
from standwith.site.directory.roster import Roster
from standwith.site.planned import Page

LETTERS = 3  # a word is looked up by these; fewer are found only as a whole word
FOLDER = "organisations/search/"
PER_BUCKET, MOST_BUCKETS = 40, 512
COMMON, FEWEST = 0.01, 100  # a word is common in one name of a hundred, but not below so many names


def buckets_for(count: int) -> int:
    """Return into how many files so many organisations go; a power of two, so that it seldom changes."""
    buckets = 1
    while buckets < MOST_BUCKETS and buckets * PER_BUCKET < count:
        buckets *= 2
    return buckets


def bucket_of(key: str, buckets: int) -> int:
    """Return the number of the file in which this key lies (FNV-1a over code points)."""
    number = 2166136261
    for letter in key:
        number = (number ^ ord(letter)) * 16777619 & 0xFFFFFFFF
    return number % buckets


def plan_search(roster: Roster) -> Iterator[Page]:
    """The files of the search; none if nobody is in the directory."""
    if not roster.listings:
        return
    index = Index(roster)
    yield Page(f"{FOLDER}words.json", digest(roster.digest, "words"), index.write_words)
    for number in range(index.count):
        yield Page(f"{FOLDER}{number}.json", digest(roster.digest, number), partial(index.write_bucket, number))


class Index:
    """The files, worked out when the first of them is made."""

    def __init__(self, roster: Roster) -> None:
        self.roster, self.count = roster, buckets_for(len(roster.listings))

    def write_words(self) -> bytes:
        """What the script reads first."""
        return msgspec.json.encode({"buckets": self.count, "common": sorted(self.common)})

    def write_bucket(self, number: int) -> bytes:
        """The organisations of one bucket: name, acronym, former names, country, and the id of those with a page."""
        found = dict.fromkeys(self._buckets.get(number, ()))
        return msgspec.json.encode([self._row(self.roster.listings[place]) for place in found])

    @cached_property
    def common(self) -> frozenset[str]:
        """Words that too many have."""
        most = max(FEWEST, COMMON * len(self.roster.listings))
        counts = Counter(word for words in self._words for word in words)
        return frozenset(word for word, count in counts.items() if count > most)

    @cached_property
    def _words(self) -> Sequence[frozenset[str]]:
        return [frozenset(words_of(_names(listing))) for listing in self.roster.listings]

    @cached_property
    def _buckets(self) -> dict[int, list[int]]:
        """Bucket -> the places of its organisations in the roster."""
        keys: dict[str, list[int]] = {}
        for place, words in enumerate(self._words):
            for key in self._keys(words):
                keys.setdefault(key, []).append(place)
        found: dict[int, list[int]] = {}
        for key, places in keys.items():
            found.setdefault(bucket_of(key, self.count), []).extend(places)
        return {number: sorted(places) for number, places in found.items()}

    def _keys(self, words: frozenset[str]) -> set[str]:
        pairs = combinations(sorted(words & self.common), 2)
        return {word[:LETTERS] for word in words - self.common} | {f"{one} {other}" for one, other in pairs}

    def _row(self, listing: Listing) -> tuple[str, ...]:
        page = listing.id if listing.id in self.roster.tree.children else ""
        return listing.name, listing.acronym, " · ".join(listing.former), listing.country, page


def _names(listing: Listing) -> str:
    return " ".join((listing.name, listing.acronym, *listing.former))
