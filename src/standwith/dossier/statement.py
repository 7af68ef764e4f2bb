"""What the campaign says and asks: the statement with its figures, and the demands with how far they are met."""

from functools import partial

from msgspec.structs import replace

from standwith.campaigns.model import Demand
from standwith.campaigns.translations import Text
from standwith.dossier import told
from standwith.dossier.figures import print_figure
from standwith.dossier.prose import read_nodes
from standwith.dossier.telling import Telling
from standwith.site.labels import DEMAND_STATES
from standwith.site.prose import SECTION


def tell_statement(telling: Telling) -> told.Chapter:
    """The statement, block by block."""
    blocks, level = [], SECTION
    for number in range(1, len(telling.campaign.statement) + 1):
        block, level = _block(telling, f"statement:{number}", level)
        blocks.append(block)
    return told.Chapter(kind="statement", heading=telling.voice.gettext("The statement"), blocks=tuple(blocks))


def tell_demands(telling: Telling) -> told.Chapter:
    """The demands, in the campaign's own order."""
    demands = tuple(_demand(telling, demand) for demand in telling.campaign.demands)
    return told.Chapter(kind="demands", heading=telling.voice.gettext("What we demand"), demands=demands)


def _block(telling: Telling, key: str, above: int) -> tuple[told.Block, int]:
    text = telling.texts.text(key)
    original = telling.original(key) if text.state == "stale" else None
    nodes, level = _nodes(telling, text, above)
    lang, direction = telling.spoken(text.language)
    block = told.Block(
        nodes=nodes,
        lang=lang,
        dir=direction,
        mark=telling.mark(text),
        original=_original(telling, original, above) if original else None,
    )
    return block, level


def _original(telling: Telling, text: Text, above: int) -> told.Block:
    """The block that a stale translation was made from, as it reads now; its figures have their notes already."""
    nodes, _ = _nodes(telling, text, above, cited=False)
    lang, direction = telling.spoken(text.language)
    return told.Block(nodes=nodes, lang=lang, dir=direction)


def _nodes(telling: Telling, text: Text, above: int, *, cited: bool = True) -> tuple[tuple[told.Node, ...], int]:
    near: dict[str, told.Mark] = {}

    def cite(fact_id: str) -> told.Mark | None:
        return telling.notes.cite([telling.facts[fact_id].source], near)[0] if cited else None

    return read_nodes(text.text, above, telling.facts, partial(print_figure, voice=telling.voice), cite)


def _demand(telling: Telling, demand: Demand) -> told.Demand:
    near: dict[str, told.Mark] = {}
    whom = telling.say(f"demand:{demand.id}:addressee", marked=False)
    return told.Demand(
        text=telling.say(f"demand:{demand.id}"),
        notes=telling.notes.cite(demand.sources, near),
        addressee=replace(whom, text=telling.voice.gettext("To: {whom}", whom=telling.within(whom.text))),
        state=telling.voice.gettext(DEMAND_STATES[demand.state]),
        date=telling.day(demand.state_date),
        state_notes=telling.notes.cite([demand.state_source], near),
    )
