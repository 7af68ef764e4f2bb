from hypothesis import given
from hypothesis import strategies as st

from standwith.languages import Catalogue, Entry
from standwith.languages.merge import Wanted, merge

PEOPLE = "We are workers and trade unionists from many countries."
PEOPLE_NOW = "We are workers and trade unionists from forty countries."
PRISON = "On the day of their trial they were still in prison."
HOPE = "Solidarity can help."


def blocks(*texts: str) -> list[Wanted]:
    return [Wanted(context=f"statement:{place}", source=text) for place, text in enumerate(texts, start=1)]


def french(*entries: Entry) -> Catalogue:
    return Catalogue(language="fr", entries=entries)


def translated(*texts: str) -> Catalogue:
    return french(
        *(Entry(context=block.context, source=block.source, target=f"fr:{block.source}") for block in blocks(*texts))
    )


def state(catalogue: Catalogue) -> list[tuple[str, str, bool]]:
    return [(entry.context, entry.target, entry.fuzzy) for entry in catalogue.live()]


def test_a_new_string_is_missing_and_an_old_one_untouched() -> None:
    merged = merge(translated(PEOPLE), blocks(PEOPLE, PRISON))
    assert state(merged) == [("statement:1", f"fr:{PEOPLE}", False), ("statement:2", "", False)]


def test_a_changed_text_makes_its_translation_stale_and_keeps_the_text_it_follows() -> None:
    (entry,) = merge(translated(PEOPLE), blocks(PEOPLE_NOW)).entries
    assert (entry.source, entry.target, entry.fuzzy, entry.previous) == (PEOPLE_NOW, f"fr:{PEOPLE}", True, PEOPLE)


def test_a_stale_translation_keeps_following_the_text_that_it_was_made_from() -> None:
    once = merge(translated(PEOPLE), blocks(PEOPLE_NOW))
    (entry,) = merge(once, blocks(PEOPLE_NOW.replace("forty", "fifty"))).entries
    assert entry.previous == PEOPLE


def test_a_text_that_is_changed_back_is_current_again() -> None:
    (entry,) = merge(merge(translated(PEOPLE), blocks(PEOPLE_NOW)), blocks(PEOPLE)).entries
    assert entry == Entry(context="statement:1", source=PEOPLE, target=f"fr:{PEOPLE}")


def test_blocks_that_move_take_their_translations_along() -> None:
    merged = merge(translated(PEOPLE, PRISON, HOPE), blocks(HOPE, PEOPLE, PRISON))
    assert state(merged) == [
        ("statement:1", f"fr:{HOPE}", False),
        ("statement:2", f"fr:{PEOPLE}", False),
        ("statement:3", f"fr:{PRISON}", False),
    ]


def test_a_block_that_moves_and_changes_is_stale_at_its_new_place() -> None:
    merged = merge(translated(PEOPLE, HOPE), blocks("Something else entirely, about law.", HOPE, PEOPLE_NOW))
    assert state(merged) == [
        ("statement:1", "", False),
        ("statement:2", f"fr:{HOPE}", False),
        ("statement:3", f"fr:{PEOPLE}", True),
    ]


def test_a_block_with_another_text_altogether_is_missing_not_stale() -> None:
    merged = merge(translated(PEOPLE), blocks("Не такий текст"))
    assert state(merged) == [("statement:1", "", False)]


def test_a_named_thing_keeps_its_stale_translation_however_much_it_changed() -> None:
    catalogue = french(Entry(context="demand:release", source="Free them", target="Libérez-les"))
    (entry,) = merge(catalogue, [Wanted(context="demand:release", source="Доступ к адвокату")]).entries
    assert (entry.target, entry.fuzzy, entry.previous) == ("Libérez-les", True, "Free them")


def test_a_renamed_fact_keeps_its_translation() -> None:
    catalogue = french(Entry(context="fact:killed:what", source="people killed", target="personnes tuées"))
    merged = merge(catalogue, [Wanted(context="fact:dead:what", source="people killed")])
    assert state(merged) == [("fact:dead:what", "personnes tuées", False)]


def test_a_translation_does_not_wander_to_another_kind_of_string() -> None:
    catalogue = french(Entry(context="person:a:role", source="leader", target="dirigeante"))
    merged = merge(catalogue, [Wanted(context="fact:a:what", source="leader")])
    assert state(merged) == [("fact:a:what", "", False)]


def test_a_text_that_is_gone_is_kept_and_comes_back() -> None:
    gone = merge(translated(PEOPLE, HOPE), blocks(PEOPLE))
    assert [(entry.target, entry.obsolete) for entry in gone.entries] == [(f"fr:{PEOPLE}", False), (f"fr:{HOPE}", True)]
    assert state(merge(gone, blocks(PEOPLE, HOPE)))[1] == ("statement:2", f"fr:{HOPE}", False)


def test_a_string_nobody_translated_leaves_nothing_behind() -> None:
    assert merge(french(Entry(context="statement:1", source="x")), []).entries == ()


def test_a_translator_s_remark_stays_and_our_notes_are_renewed() -> None:
    catalogue = french(Entry(source="a", target="b", comments=("sure?",), notes=("old",), where=("old.html",)))
    (entry,) = merge(catalogue, [Wanted(source="a", notes=("new",), where=("new.html",))]).entries
    assert (entry.comments, entry.notes, entry.where) == (("sure?",), ("new",), ("new.html",))


def test_a_message_that_begins_to_count_is_to_be_translated_anew() -> None:
    merged = merge(
        french(Entry(source="{n} people", target="{n} personnes")), [Wanted(source="{n} people", plural="{n} all")]
    )
    (entry,) = merged.live()
    assert (entry.target, entry.forms, entry.translated) == ("", (), False)


TEXTS = st.lists(st.sampled_from([PEOPLE, PEOPLE_NOW, PRISON, HOPE, "x", "y"]), max_size=5)


@given(TEXTS, TEXTS, TEXTS)
def test_no_translation_is_ever_lost_and_merging_again_changes_nothing(
    one: list[str], two: list[str], three: list[str]
) -> None:
    catalogue = merge(french(), blocks(*one))
    done = [Entry(context=e.context, source=e.source, target=f"fr:{e.context}:{e.source}") for e in catalogue.entries]
    later = merge(merge(french(*done), blocks(*two)), blocks(*three))
    assert {entry.target for entry in later.entries} >= {entry.target for entry in done}
    assert [entry.source for entry in later.live()] == three
    assert merge(later, blocks(*three)) == later
    assert Catalogue.load(later.dump()) == later
    assert all(entry.source == entry.target.split(":", 3)[-1] for entry in later.entries if entry.current)
