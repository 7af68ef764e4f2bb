from standwith.languages import Entry
from standwith.languages.proofread import proofread


def faults(code: str = "fr", **fields: object) -> tuple[str, ...]:
    return proofread(Entry(**{"source": "{n} person", **fields}), code)  # type: ignore[arg-type]


def test_a_good_translation_has_no_faults() -> None:
    assert faults(source="Hello {name}", target="{name}, bonjour") == ()
    assert faults(plural="{n} people", forms=("{n} personne", "{n} personnes")) == ()


def test_what_is_missing_or_stale() -> None:
    assert faults() == ("missing",)
    assert faults(plural="{n} people", forms=("{n} personne", "")) == ("missing",)
    assert faults(source="a", target="b", fuzzy=True, previous="c") == ("stale",)


def test_placeholders_lost_and_invented() -> None:
    assert faults(source="Hello {name}", target="Bonjour {nom}") == ("{name} is lost", "{nom} is not in the source")
    assert faults(source="Hello", target="Bonjour { name }") == ("a brace belongs to no placeholder",)


def test_the_number_of_plural_forms_is_the_language_s() -> None:
    two = {"plural": "{n} people", "forms": ("{n} a", "{n} b")}
    assert faults("ru", **two) == ("2 plural forms where the language has 3",)
    assert faults("ar", **two) == ("2 plural forms where the language has 6",)


def test_a_form_for_one_number_may_say_it_in_words_any_other_shows_it() -> None:
    forms = ("nobody", "one", "both", "{n} a", "{n} b", "{n} c")
    assert faults("ar", plural="{n} people", forms=forms) == ()
    assert faults("ru", plural="{n} people", forms=("one", "{n} a", "{n} b")) == ("form 0: {n} is lost",)
    assert faults("en", plural="{n} people", forms=("one", "all")) == ("form 1: {n} is lost",)
