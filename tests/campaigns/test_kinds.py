import pytest

from standwith.campaigns import kinds
from standwith.languages import PartialDate
from standwith.manuscript import Slip

READ = [
    (kinds.ID, "free-amina-2", "free-amina-2"),
    (kinds.NUMBER, "0", 0),
    (kinds.NUMBER, "10000000", 10_000_000),
    (kinds.DATE, "2020-08", PartialDate(2020, 8)),
    (kinds.COUNTRY, "BY", "BY"),
    (kinds.LANGUAGE, "sr-Latn", "sr-Latn"),
    (kinds.URL, "http://пример.example:8080/путь?a=%20#c", "http://пример.example:8080/путь?a=%20#c"),
    (kinds.EMAIL, "o'neill+tag@mail.example.org", "o'neill+tag@mail.example.org"),
    (kinds.COLOUR, "#a81f1f", "#a81f1f"),
    (kinds.CHECKSUM, "0f" * 32, "0f" * 32),
    (kinds.YES_NO, "no", False),
    (kinds.YES_NO, "yes", True),
]
REFUSED = [
    (kinds.ID, ["..", "a/b", "a--b", "-a", "A", "a b", "é", "a" * 65, "a\n"], "bad-id"),
    (kinds.NUMBER, ["7,000", "7 000", "-1", "1.5", "many", "١٢", "1e3", "1" * 16, "+1"], "bad-number"),
    (kinds.DATE, ["20", "2020-8", "2020-02-30", "17.8.2020", "2020-08-17T10:00", "٢٠٢٠"], "not-a-date"),
    (kinds.COUNTRY, ["by", "XX", "BLR", "Belarus"], "unknown-country"),
    (kinds.LANGUAGE, ["pt_BR", "EN", "english", "xx", "../fr"], "unknown-language"),
    (
        kinds.URL,
        [
            "example.org",
            "//example.org",
            "ftp://example.org",
            "javascript:alert(1)",
            "https://",
            "https://localhost",
            "https://a b.org",
            "https://me@example.org",
            "https://example.org:port",
            'https://example.org/"onclick=',
            "https://[::1",
        ],
        "bad-url",
    ),
    (
        kinds.EMAIL,
        [
            "a@b",
            "a@@example.org",
            "a b@example.org",
            "@example.org",
            "a@example.org\nBcc: b@example.org",
            "a" * 255 + "@b.org",
        ],
        "bad-email",
    ),
    (kinds.COLOUR, ["red", "#fff", "#A81F1F", "a81f1f", "#a81f1f;}"], "bad-colour"),
    (kinds.CHECKSUM, ["", "0F" * 32, "0f" * 31], "bad-checksum"),
    (kinds.YES_NO, ["Yes", "1", "true"], "not-yes-or-no"),
    (kinds.line(), ["two\nlines"], "line-break"),
]


@pytest.mark.parametrize(("kind", "text", "value"), READ)
def test_a_value_is_read_and_written_back(kind, text, value):
    assert kind.parse(text) == value
    assert kind.show(value) == text


@pytest.mark.parametrize(
    ("kind", "text", "code"), [(kind, text, code) for kind, texts, code in REFUSED for text in texts]
)
def test_what_is_not_such_a_value_is_refused_with_its_code(kind, text, code):
    with pytest.raises(Slip) as refused:
        kind.parse(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "text", "mend"),
    [
        (kinds.ID, "Free Amina!", "Write “free-amina”, for example."),
        (kinds.NUMBER, "7 000", "Write 7000."),
        (kinds.COUNTRY, "by", "Write BY, in capitals."),
        (kinds.COLOUR, "#A81F1F", "Write #a81f1f."),
        (
            kinds.choice("unknown-kind", "election", "trial"),
            "Elections",
            "Did you mean “election”? Known: election, trial.",
        ),
    ],
)
def test_a_near_miss_is_answered_with_the_right_value(kind, text, mend):
    with pytest.raises(Slip) as refused:
        kind.parse(text)
    assert refused.value.mend == mend
