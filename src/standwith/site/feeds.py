"""The news of a campaign as an Atom feed in one language: the newest entries, and a word about it where there are more.

Invariant: an entry's id never changes. Those that have stood on the campaign page from the start are called by that
place, wherever it has moved since; figures and people have a tag of their own. The same campaign gives the same bytes.
Standards: RFC 4287, RFC 4151 (tags).
"""

from heapq import nlargest
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from standwith.site.count import stamp
from standwith.site.edition import Edition
from standwith.site.news import Item, News

MOST = 50  # entries of a feed


def write(edition: Edition, site_url: str) -> bytes:
    """Return the feed of the edition, newest entry first."""
    address, view = f"{site_url}/{edition.path}", edition.view
    news = list(News(edition, MOST + 1).items())  # one more, to know whether there is more
    items = nlargest(MOST, news, key=lambda item: (item.day, item.name))
    told = [str(view.headline), _leave_word(edition) if len(news) > MOST else ""]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(edition.code)}>',
        f"<title>{escape(str(view.title))}</title>",
        f"<subtitle>{escape(' '.join(filter(None, told)))}</subtitle>",
        f"<id>{escape(address)}</id>",
        f"<link href={quoteattr(address)}/>",
        f'<link rel="self" href={quoteattr(address + "feed.xml")}/>',
        f"<author><name>{escape(edition.campaign.owner.name)}</name></author>",
        f"<updated>{stamp(items[0].day)}</updated>",
        *(_write_entry(item, edition, site_url) for item in items),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _leave_word(edition: Edition) -> str:
    return edition.voice.gettext("These are the newest {n} entries. The pages hold everything.", n=MOST)


def _write_entry(item: Item, edition: Edition, site_url: str) -> str:
    title, text = item.tell()
    place = f"{site_url}/{edition.path}{item.address}"
    return (
        f"<entry><title>{escape(title)}</title><id>{escape(_name(item, edition, site_url))}</id>"
        f"<link href={quoteattr(place)}/><updated>{stamp(item.day)}</updated><summary>{escape(text)}</summary></entry>"
    )


def _name(item: Item, edition: Edition, site_url: str) -> str:
    """The id of an entry; a tag has the year in which the campaign was opened."""
    if "/" in item.name:
        return f"tag:{urlsplit(site_url).hostname},{edition.campaign.opened.year}:{edition.path}{item.name}"
    return f"{site_url}/{edition.path}#{item.name}"
