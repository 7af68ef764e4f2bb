"""The report of a drill, on one page: what was done, what was taken, what was found, and what that does not prove."""

from collections.abc import Collection
from datetime import date

from tests.drill.course import Course
from tests.drill.crowd import GUARDED, OPEN, VISITS
from tests.drill.promise import broken, covered, left_over, number_of, waiting
from tests.drill.seizure import DISKS, OPENED, STRANGERS, Seizure

SHOWN = 20
PAGE = """\
# The seizure drill

`make drill` makes this drill and writes this page, last on {today}. A smaller one, of 20,000 people, is among the
tests.

People whose names, addresses and organisations carry a mark sign by posting the form to the server. The clerk writes to
them through a mail relay; most follow the link of the letter or type its code, some never answer, some withdraw, some
come a second time. A clock that the drill turns lets eight days go by: keys change, letters and people who never
answered are forgotten, backups are made every night, an open campaign ends and a guarded one goes on. In the middle of
a busy minute the machine stands still, and everything on its disks is taken: databases with their write-ahead logs,
journal, backups, the site, the processes' logs at their most talkative, temporary files, keys, names of files. Once
more when the open campaign has been over for almost four days.

Every byte is searched for the marks in {spellings} spellings (base64 at every alignment, quoted-printable, hexadecimal,
UTF-16, percent-encoding, …), through gzip, zlib, brotli, xz, bzip2 and zip, layer by layer. Every key that is found is
tried on a list of {listed} addresses, {strangers} of them of strangers, and on everything that is sealed; all else that
might be a key is tried on the first of them. Plain hashes are tried without a key. Pieces of what was deleted are
looked for as well.

| | while both campaigns run | when the open one is over |
|---|---|---|
{rows}

{verdict}

The control: the same tables, with the key of the open campaign as a file beside them, as software usually keeps it. By
it the same drill tells **{control} of {countable}** people on the list. Some forty smaller stores, each with one leak,
are among the tests; the drill finds them all.

## What it shows of the limits

- Who has not confirmed yet can be read for 48 hours: {waiting} people in the first seizure, all of whom the drill read.
- Whoever takes the machine while it runs, memory included, has the key of an open campaign until two days after its
  last day, and can tell with it who was asked: {told_open} of those on the list. Of guarded campaigns it tells of the
  last hour ({told_guarded}), and to whom a mail was promised in the last two days ({told_quota}).
- Addresses that asked never to be written to can be told by `block.key`: {blocked} of {blocked}.
- Signatures that were withdrawn stay in older backups, sealed, until these are deleted.
- The link key makes links and codes. None of them depends on who signed, so there is nothing to try: they say nothing.

## What it does not show

Files that were deleted are not there to be taken, and old blocks that an SSD, a snapshot or a copy-on-write file system
keeps cannot be reached from a program; the drill sees free pages within databases, and watches that no row reaches a
temporary file. Memory is what the processes themselves call their keys, not a dump of it. The relay and the mailboxes
of supporters are elsewhere and know what they know. The machine is honest until it is taken: one that is under
somebody's control from today on can catch tomorrow's supporters ([threats.md](threats.md)).
"""


def write_report(course: Course, spellings: int, today: date) -> str:
    """The page."""
    running, problems = course.running, [*broken(course.running), *broken(course.ended)]
    return PAGE.format(
        today=today.isoformat(),
        spellings=spellings,
        listed=len(running.tried),
        strangers=STRANGERS,
        rows="\n".join(_rows(running, course.ended)),
        control=len(course.told),
        countable=len(course.countable),
        verdict=_verdict(problems),
        waiting=len(waiting(running)),
        told_open=_told(running, f"quota in {OPEN}"),
        told_guarded=_told(running, f"address in {GUARDED}"),
        told_quota=_told(running, f"quota in {GUARDED}"),
        blocked=len(running.blocked),
    )


def _verdict(problems: Collection[str]) -> str:
    if not problems:
        return "**Nobody was found whom the promise covers.**"
    return "\n".join(["**The promise is broken:**", "", *(f"- {problem}" for problem in list(problems)[:SHOWN])])


def _rows(*seizures: Seizure) -> list[str]:
    rows = {
        "people who had signed": [_signed(seizure) for seizure in seizures],
        "of them covered by the promise (confirmed a day ago, or let two days go by)": [
            len(covered(seizure)) for seizure in seizures
        ],
        "files taken": [seizure.files for seizure in seizures],
        "megabytes": [seizure.size // 10**6 for seizure in seizures],
        "compressed streams opened": [seizure.found.seen.streams for seizure in seizures],
        "keys found that say so": [_on_disk(seizure) for seizure in seizures],
        "other 32 bytes tried as keys": [seizure.found.possible for seizure in seizures],
        "**marks found, in any spelling**": [len(seizure.found.seen.marks) for seizure in seizures],
        "**people read who are covered**": [len(_read(seizure) & covered(seizure)) for seizure in seizures],
        "**people on the list told by a key on the disks, who are covered**": [_told_by_disk(one) for one in seizures],
        "**people told by a hash without a key**": [len(seizure.found.hashed) for seizure in seizures],
        "**pieces found of what must be deleted**": [left_over(seizure).total() for seizure in seizures],
        "**strangers taken for supporters**": [_strangers(seizure) for seizure in seizures],
        "**places written to where nobody looked**": [len(seizure.outside) for seizure in seizures],
        "people read who wait to confirm, as must be": [len(_read(seizure) & waiting(seizure)) for seizure in seizures],
        f"sealed records that two custodians opened, of {OPENED}": [seizure.readable for seizure in seizures],
    }
    return [f"| {name} | " + " | ".join(f"{figure:,}" for figure in figures) + " |" for name, figures in rows.items()]


def _signed(seizure: Seizure) -> int:
    here = sum(VISITS[person.signs] <= seizure.now for person in seizure.crowd)
    return here + sum(len(group) for group in seizure.late)


def _on_disk(seizure: Seizure) -> int:
    return sum(key.where.startswith(DISKS) for key in seizure.found.keys)


def _read(seizure: Seizure) -> set[int]:
    return {number_of(one.address) for one in seizure.found.opened}


def _told_by_disk(seizure: Seizure) -> int:
    blocked = {person.number for person in seizure.blocked}
    found = [one for one in seizure.found.confirmed if one.key.where.startswith(DISKS) and one.tag != "block"]
    return len({one.person for one in found} & covered(seizure) - blocked)


def _strangers(seizure: Seizure) -> int:
    return len({one.person for one in seizure.found.confirmed if one.person < 0})


def _told(seizure: Seizure, tag: str) -> int:
    found = [one for one in seizure.found.confirmed if not one.key.where.startswith(DISKS) and one.tag == tag]
    return len({one.person for one in found})
