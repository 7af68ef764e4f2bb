"""Search without a server: the names of all organisations in small files, of which a script asks for one or two.

    organisations/search/words.json     {"buckets": 512, "common": ["national", "union"]}
    organisations/search/7.json         [["Confederazione Unitaria di Base", "CUB", "", "IT", "cub-it"], …]
    organisations/search/p7.json        the same, for pairs of common words

Every word of a name, an acronym or a former name is folded (`standwith.organisations.folding`), and the organisation
put into the bucket that the first three letters of the word give. A word that many names have would fill its bucket: it
is common, and only pairs of common words ("national union") have buckets, apart, so that nobody loads them for others.
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


def bucket_of(key: str, buckets: int) -> str:
    """Return the name of the file in which this key, a word's beginning or a pair, lies (FNV-1a over code points)."""
    number = 2166136261
    for letter in key:
        number = (number ^ ord(letter)) * 16777619 & 0xFFFFFFFF
    return f"{'p' if ' ' in key else ''}{number % buckets}"


def plan_search(roster: Roster) -> Iterator[Page]:
    """The files of the search; none if nobody is in the directory."""
    if not roster.listings:
        return
    index = Index(roster)
    yield Page(f"{FOLDER}words.json", digest(roster.digest, "words"), index.write_words)
    for name in index.names:
        yield Page(f"{FOLDER}{name}.json", digest(roster.digest, name), partial(index.write_bucket, name))


class Index:
    """The files, worked out when the first of them is made."""

    def __init__(self, roster: Roster) -> None:
        self.roster, self.count = roster, buckets_for(len(roster.listings))
        kinds = ("", "p") if len(roster.listings) > FEWEST else ("",)  # where no word is common there are no pairs
        self.names = [f"{kind}{number}" for kind in kinds for number in range(self.count)]

    def write_words(self) -> bytes:
        """What the script reads first."""
        return msgspec.json.encode({"buckets": self.count, "common": sorted(self.common)})

    def write_bucket(self, name: str) -> bytes:
        """The organisations of one bucket: name, acronym, former names, country, and the id of those with a page."""
        return msgspec.json.encode([self._row(self.roster.listings[place]) for place in self._buckets.get(name, ())])

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
    def _buckets(self) -> dict[str, list[int]]:
        """Bucket -> the places of its organisations in the roster."""
        buckets: dict[str, str] = {}
        found: dict[str, list[int]] = {}
        for place, words in enumerate(self._words):
            keys = self._keys(words)
            buckets |= {key: bucket_of(key, self.count) for key in keys if key not in buckets}
            for name in {buckets[key] for key in keys}:
                found.setdefault(name, []).append(place)
        return found

    def _keys(self, words: frozenset[str]) -> set[str]:
        pairs = combinations(sorted(words & self.common), 2)
        return {word[:LETTERS] for word in words - self.common} | {f"{one} {other}" for one, other in pairs}

    def _row(self, listing: Listing) -> tuple[str, ...]:
        page = listing.id if listing.id in self.roster.tree.children else ""
        return listing.name, listing.acronym, " · ".join(listing.former), listing.country, page


def _names(listing: Listing) -> str:
    return " ".join((listing.name, listing.acronym, *listing.former))
