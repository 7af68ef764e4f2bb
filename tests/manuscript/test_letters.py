import pytest

from standwith.manuscript import FILE_MISTAKES, Place, Report, check_hidden, read_text


def read(data: bytes) -> tuple[str | None, list[tuple[str, int, int]]]:
    report = Report(FILE_MISTAKES)
    text = read_text(data, "file", report)
    return text, [(finding.code, finding.line, finding.column) for finding in report.findings]


@pytest.mark.parametrize(
    "text",
    [
        "Ceux qui ont signé — « naïf » O'Neill",
        "می\u200cخواهم",  # a joiner that Persian needs
        "क्\u200dष",  # and one that Hindi needs
        "👩🏽\u200d🏭 ❤️\u200d🔥",  # emoji that are put together
        "\u200fالعربية\u200e (BKDP)",  # direction marks
        "ქართული кыргызча 李\ttab",
    ],
)
def test_ordinary_writing_of_every_script_is_left_alone(text):
    assert read(text.encode()) == (text, [])


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("a\u202eb", "bidi-override", 2),
        ("a\u2066b\u2069", "bidi-override", 2),
        ("pass\u200bword", "invisible-character", 5),
        ("pass\u200dword", "invisible-character", 5),
        ("\u200cx", "invisible-character", 1),
        ("a\ufeff", "invisible-character", 2),
        ("a\U000e0041", "invisible-character", 2),
        ("a\x00b", "control-character", 2),
        ("a\x7f", "control-character", 2),
        ("a\x85", "control-character", 2),
        ("a\rb", "control-character", 2),
        ("a\u2029b", "control-character", 2),
        ("a\uffff", "control-character", 2),
        ("a\ufffd", "lost-letter", 2),
    ],
)
def test_signs_that_deceive_or_break_things_are_reported(text, code, column):
    assert read(f"fine\n{text}".encode())[1][0] == (code, 2, column)


def test_a_control_character_does_not_keep_the_rest_from_being_read():
    assert read(b"a\x00b\tc\n") == ("a\ufffdb\tc\n", [("control-character", 1, 2)])


@pytest.mark.parametrize("data", [b"ab\ncaf\xe9", b"ab\nxyz\xc3", b"ab\nxyz\xed\xa0\x80"])
def test_what_is_not_utf8_is_reported_where_it_breaks(data):
    assert read(data) == (None, [("invalid-utf8", 2, 4)])


def test_utf16_is_named():
    report = Report(FILE_MISTAKES)
    assert read_text("id,what".encode("utf-16"), "file", report) is None
    assert report.findings[0].what == "This file is UTF-16, not UTF-8."


def test_windows_text_is_read_with_warnings():
    assert read(b"\xef\xbb\xbfa\r\nb\r\n") == ("a\nb\n", [("byte-order-mark", 1, 1), ("windows-line-ends", 1, 2)])
    assert read(b"a\nbc\r\n") == ("a\nbc\n", [("windows-line-ends", 2, 3)])


def test_letters_are_composed():
    assert read("e\u0301".encode()) == ("é", [])


def test_a_sign_that_is_spelled_as_an_escape_is_found_in_the_value():
    report = Report(FILE_MISTAKES)
    report.texts["file"] = 'x = "a\\u202eb"'
    check_hidden("a\u202eb", Place("file", 1, 5), report)
    check_hidden("plain", Place("file", 1, 5), report)
    assert [(finding.code, finding.column) for finding in report.findings] == [("bidi-override", 5)]
