"""iCalendar, as far as a calendar of whole days needs it: dates, the writing of one, and the folding of its lines.

Invariant: no line is longer than 75 octets and no character is cut in two; what a text holds cannot end its line or
become a property. A date of several days ends on the day after its last, as the standard has it. It reads no clock, so
the same dates give the same bytes. Standards: RFC 5545, RFC 7986 (name and language of a calendar).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH = 75  # octets of a line
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SPECIAL = re.compile(r"[\x00-\x1f\x7f\\;,]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\t": " "})


@dataclass(frozen=True)
class Entry:
    """A date in a calendar: all of the days from `first` to `last`.

    `again` is the rule by which it comes back, `language` that of the summary where it is not the calendar's own.
    """

    uid: str
    first: date
    last: date
    summary: str
    language: str = ""
    place: str = ""
    text: str = ""
    address: str = ""
    kind: str = ""
    again: str = ""


def write_calendar(entries: Iterable[Entry], *, name: str, language: str, stamp: date) -> bytes:
    """Return the calendar; `stamp` is the day that every entry is said to be made on."""
    made = f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//standwith//record//EN",
        "CALSCALE:GREGORIAN",
        f"NAME;LANGUAGE={language}:{escape(name)}",
        f"X-WR-CALNAME:{escape(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    for entry in entries:
        lines += ("BEGIN:VEVENT", f"UID:{entry.uid}", made, *_write_entry(entry), "TRANSP:TRANSPARENT", "END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(map(fold, lines)).encode()


def _write_entry(entry: Entry) -> Iterator[str]:
    yield f"DTSTART;VALUE=DATE:{_day(entry.first)}"
    if entry.last < date.max:  # the end of time has no day after; one day is meant then
        yield f"DTEND;VALUE=DATE:{_day(entry.last + timedelta(days=1))}"
    if entry.again:
        yield f"RRULE:{entry.again}"
    spoken = f";LANGUAGE={entry.language}" if entry.language else ""
    yield f"SUMMARY{spoken}:{escape(entry.summary)}"
    if entry.place:
        yield f"LOCATION:{escape(entry.place)}"
    if entry.text:
        yield f"DESCRIPTION:{escape(entry.text)}"
    if entry.address:
        yield f"URL:{entry.address}"
    if entry.kind:
        yield f"CATEGORIES:{escape(entry.kind)}"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def escape(text: str) -> str:
    """The text as a value of type TEXT."""
    if not _SPECIAL.search(text):
        return text
    return _CONTROLS.sub("", text).translate(_ESCAPES)


def fold(line: str) -> str:
    """The line with its end, broken where it is too long: one that begins with a space goes on with the one before."""
    if len(line) <= WIDTH and line.isascii():
        return f"{line}\r\n"
    data = line.encode()
    parts, start, room = [], 0, WIDTH
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(data[start:end].decode())
        start, room = end, WIDTH - 1
    return "\r\n ".join(parts) + "\r\n"
