"""One page in two forms: what was typed shows as it was typed, whatever it is, in either."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from trainer.report.html import html
from trainer.report.markdown import markdown, plain
from trainer.report.model import Page, Section, Spark, Table
from trainer.text import clean

HOSTILE = [
    "[L] a [/b] c [/]",
    "<script>alert(1)</script>",
    "](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "a | b || c",
    "two\nlines\r\nand a third",
    "# no heading",
    "1. no list",
    "12) no list",
    "- no list",
    "+ x",
    "> no quote",
    "---",
    "===",
    "```sh",
    "`code` ~~gone~~ **bold** _it_ __it__ *it*",
    "http://example.org and www.example.org",
    "&lt;b&gt; &amp; &#60;",
    "\\ \\* \\\\",
    "<!-- -->",
    "</table></body>",
    '" onload="x',
    "\u202egnp.exe\u2066",
    "\x1b[31m \x00 \x9b",
    "    four spaces",
    "$x$ :smile: ^1",
    "- [ ] box",
    "|---|",
    "Ünïcödé 筋 🙂",
]


def page_of(text: str) -> Page:
    """A page that holds a text everywhere."""
    table = Table((text, "By week"), ((text, Spark((0.0, None, 10.0))),))
    return Page(text, (text, text), (Section(text, (text,), table, (text, text), text, narrow=True),), (text,))


def rendered(text: str) -> list[tuple[str, str]]:
    """What Markdown makes of a text: kinds of pieces, and what each shows."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [(child.type, child.content) for token in tokens for child in token.children or ()]


def shown(text: str) -> str:
    return clean(text).strip()


def check_markdown(text: str) -> None:
    """As a paragraph, an item and a cell, it is text and nothing else, and shows what was typed."""
    for around in ("{}", "- {}", "| {} |\n| --- |\n| x |", "# {}", "before\\\n{}"):
        pieces = rendered(around.format(plain(text)))
        assert {kind for kind, _ in pieces} <= {"text", "text_special", "hardbreak"}, (around, pieces)
        joined = "".join(content for kind, content in pieces if kind != "hardbreak")
        joined = joined.removesuffix("x") if around.startswith("|") else joined.removeprefix("before")
        assert joined == shown(text), around


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_what_was_typed(text: str) -> None:
    """No name or note becomes markup."""
    check_markdown(text)


@given(
    st.text(st.sampled_from("ab1 -+*_`~<>[]()!|#.=:/\\&;\n\t\"'$^@{}"), max_size=12).filter(lambda text: shown(text))
)
def test_markdown_shows_any_text(text: str) -> None:
    """Nor does any mixture of what Markdown knows."""
    check_markdown(text)


@pytest.mark.parametrize("address", ["http://example.org", "HTTPS://x.y", "www.example.org", "ftp://x"])
def test_an_address_is_no_link(address: str) -> None:
    """Where Markdown makes links of bare addresses, these are broken up."""
    assert re.search(r"\\[.:]", plain(address))


def test_own_words_are_left_readable() -> None:
    """Dates, numbers and arrows need no backslash."""
    for text in ("2026-03-01: 8 of 10, after Bridge (left)", "less, 5.8 → 3.6", "1.7", "50 % → 90 %", "and 4 more"):
        assert plain(text) == text


class Shown(HTMLParser):
    """The elements of a page, and its texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta",) and not self.get_starttag_text().endswith("/>"):  # type: ignore[union-attr]
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1] != "style":
            self.texts.append(data)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def seen(page: Page) -> Shown:
    parser = Shown()
    parser.feed("".join(html(page)))
    parser.close()
    assert parser.open == []
    return parser


ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "section", "div", "table", "thead"),
    *("tbody", "tr", "th", "td", "ul", "li", "svg", "line", "polyline", "circle", "footer"),
}


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_what_was_typed(text: str) -> None:
    """Everything that was typed is text in it, in each place, and no element comes of it."""
    found = seen(page_of(text))
    expected = clean(text)
    assert [one for one in found.texts if one != "By week"] == [expected] * 12
    assert {tag for tag, _ in found.tags} <= ELEMENTS


@given(st.text(max_size=30).filter(lambda text: clean(text).strip()))
def test_html_holds_any_text(text: str) -> None:
    """Nothing that can be typed breaks the page."""
    found = seen(page_of(text))
    assert {tag for tag, _ in found.tags} <= ELEMENTS
    assert "".join(found.texts).count(clean(text)) >= 10


def test_the_page_loads_and_runs_nothing() -> None:
    """One file: no address, no script, no handler, and a rule for the browser that forbids them."""
    whole = "".join(html(page_of("plain words")))
    found = seen(page_of("plain words"))
    for _, attributes in found.tags:
        assert not {"src", "href", "srcset", "style"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
    assert "url(" not in whole
    assert "@import" not in whole
    assert "//" not in whole
    assert (
        "meta",
        {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"},
    ) in found.tags


def test_the_page_can_be_read_aloud_and_printed() -> None:
    """It names its language and title, tables name their columns and rows, a curve is passed over, and it prints."""
    found = seen(page_of("words"))
    assert ("html", {"lang": "en"}) in found.tags
    assert ("th", {"scope": "col"}) in found.tags
    assert ("th", {"scope": "row"}) in found.tags
    assert all(attributes["aria-hidden"] == "true" for tag, attributes in found.tags if tag == "svg")
    style = "".join(html(page_of("words")))
    assert "@media print" in style
    assert "prefers-color-scheme: dark" in style


def test_a_curve_has_a_gap_where_nothing_was_rated() -> None:
    """A line through what stands together, a dot for what stands alone."""
    row = ("x", Spark((0.0, 10.0, None, 5.0)))
    made = Page("t", (), (Section("s", table=Table(("a", "b"), (row,))),), ())
    tags = [tag for tag, _ in seen(made).tags]
    assert (tags.count("polyline"), tags.count("circle")) == (1, 1)
    assert "| x | ▁█·▅ |" in "".join(markdown(made))


def test_sections_that_are_narrow_stand_beside_each_other() -> None:
    """Only those that follow one another, and every element is closed."""
    narrow, wide = Section("n", ("x",), narrow=True), Section("w", ("x",))
    for sections, groups in (((narrow, narrow, wide), 1), ((wide, narrow), 1), ((narrow, wide, narrow), 2), ((), 0)):
        assert [tag for tag, _ in seen(Page("t", (), sections, ())).tags].count("div") == groups


def test_markdown_in_full() -> None:
    """The whole form, once."""
    table = Table(("Rated", "By week"), (("Before", Spark((6.0, 3.0))),))
    sections = (Section("Pain", table=table, after="and 2 more"), Section("Notes", items=("a", "b")))
    assert "".join(markdown(Page("Log", ("one", "two"), sections, ("about",)))) == (
        "# Log\n\none\\\ntwo\n\n## Pain\n\n| Rated | By week |\n| --- | --- |\n| Before | ▅▃ |\n\nand 2 more\n\n"
        "## Notes\n\n- a\n- b\n\n---\n\nabout\n"
    )
