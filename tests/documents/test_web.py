"""Pages of the web: the article, what stands beside it, what nobody sees."""

from standwith.documents import Document, read_document

PAGE = """<!doctype html><html><head><title>Free Amina — Example Union</title>
<meta property="og:site_name" content="Example Union">
<meta property="article:published_time" content="2023-03-14T08:00">
<style>p { color: red }</style><script>let a = "<p>no</p>"</script></head>
<body><nav><a href="/">Home</a><a href="/join">Join</a></nav>
<main><h1>Free <em>Amina</em></h1><div>We ask&nbsp;for her
release.<br>At once.</div><p>Sign <a href="https://example.org/sign">here</a> or <a href="#">there</a>.
<ul><li>One</li><li><p>Two</p><p>and more</p></li></ul>
<table><tr><th>EUM</th><td>Greece</td></tr></table><blockquote><p>Said she.</p></blockquote>
<img src="a.jpg" alt="A gate"></main><!-- not said --><footer>Rue Exemple 1</footer></body></html>"""


def read(page: str) -> Document:
    return read_document("page.html", page.encode())


def test_an_article_is_read_and_the_rest_stands_beside() -> None:
    found = read(PAGE)
    assert [(block.kind, block.text) for block in found.blocks if not block.beside] == [
        ("heading", "Free Amina"),
        ("paragraph", "We ask for her release.\\\nAt once."),
        ("paragraph", "Sign [here](https://example.org/sign) or there."),
        ("item", "One"),
        ("item", "Two"),
        ("paragraph", "and more"),
        ("row", "EUM | Greece"),
        ("quote", "Said she."),
    ]
    beside = [block.plain for block in found.blocks if block.beside]
    assert beside == ["Free Amina — Example Union", "HomeJoin", "A gate", "Rue Exemple 1"]
    assert found.told == {
        "publisher": "Example Union",
        "date": "2023-03-14T08:00",
        "title": "Free Amina — Example Union",
    }


def test_lines_are_counted() -> None:
    assert [block.place.line for block in read("<p>one</p>\n\n<p>\ntwo</p>").blocks] == [1, 4]


def test_an_old_encoding_that_the_page_names_is_obeyed() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Свободу!</p>'
    assert read_document("page.htm", page.encode("windows-1251")).blocks[0].plain == "Свободу!"


def test_broken_markup_loses_no_word() -> None:
    words = " ".join(block.plain for block in read("<p>a <b>b<p>c</i> <li>d <table><td>e</p>f & g < h").blocks)
    assert set(words.split()) >= set("abcdefgh")
