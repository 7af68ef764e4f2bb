"""The style: small, the same for the same page, and vouched for by the policy."""

from base64 import b64encode
from hashlib import sha256

from standwith.look.style import SHEETS, fold, policy, security_headers, shrink, stylesheet


def test_shrinking_keeps_what_calc_and_clamp_need() -> None:
    css = "/* why */ a { width: calc(1rem + 2vw); margin: 0 -1px; }\n\nb > i, p {\n color : red;\n}"
    assert shrink(css) == "a{width:calc(1rem + 2vw);margin:0 -1px}b>i,p{color :red}"


def test_the_policy_names_the_digest_of_the_style_and_nothing_unsafe() -> None:
    style = stylesheet(("form",))
    rules = policy(style)
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in rules
    assert "unsafe" not in rules
    assert "script-src" not in rules
    assert "script-src 'self'; connect-src 'self'" in policy(style, script=True)


def test_a_script_in_the_page_is_allowed_by_its_digest_and_may_read_one_address() -> None:
    rules = policy("", inline="let x;", reads="https://act.example.org/log/").split("; ")
    digest = b64encode(sha256(b"let x;").digest()).decode()
    assert rules[2:4] == [f"script-src 'sha256-{digest}'", "connect-src https://act.example.org/log/"]


def test_what_a_language_says_otherwise_is_said_once() -> None:
    tokens, own = fold(":root{--a:1;--aa:2;--b:clamp(1px,2px,3px)}x{--a:4}", ":root{--b:5;--a:6;--c:7}p{margin:0}")
    assert tokens == ":root{--a:6;--aa:2;--b:5}x{--a:4}:root{--c:7}"
    assert own == "p{margin:0}"
    assert fold(":root{--a:1}", "p{margin:0}") == (":root{--a:1}", "p{margin:0}")


def test_no_sheet_reaches_for_anything_outside_the_page() -> None:
    for sheet in SHEETS.glob("*.css"):
        css = sheet.read_text("utf-8")
        assert "url(" not in css
        assert "@import" not in css


def test_directions_are_logical_so_that_arabic_needs_no_second_sheet() -> None:
    for sheet in SHEETS.glob("*.css"):
        css = sheet.read_text("utf-8")
        for word in ("-left:", "-right:", "left;", "right;", " left:", " right:"):
            assert word not in css, (sheet.name, word)


def test_arabic_has_no_letter_spacing_and_more_room_between_lines() -> None:
    assert "--tight:0" in stylesheet((), lang="ar")
    assert stylesheet((), lang="ar") != stylesheet((), lang="en")


def test_headers_carry_the_policy_of_the_page_and_forbid_frames() -> None:
    html = '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; img-src &#39;self&#39;">'
    headers = security_headers(html)
    assert headers["content-security-policy"] == "default-src 'none'; img-src 'self'; frame-ancestors 'none'"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert security_headers("")["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
