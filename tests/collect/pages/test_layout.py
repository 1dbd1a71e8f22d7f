"""Pages that are laid out by tables and by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from digest.collect.pages.layout import unwrap_layout
from digest.collect.pages.page import extract_page

TITLE = "Gulls of the fish market"
PARAGRAPHS = (
    "The market opens at five in the morning, and the gulls of the whole bay know it as well as every fishmonger does.",
    "A fishmonger who feeds one of them feeds them all, says <b>Rosa Engelby</b>, who has <i>sold</i> fish since 1984.",
    "The town has put up three signs in two languages, which the gulls have used as perches since the first evening.",
)
PLAIN = tuple(text.replace("<b>", "").replace("</b>", "").replace("<i>", "").replace("</i>", "") for text in PARAGRAPHS)
MENU = "<a href='/'>Home</a> <a href='/archive'>Archive</a> <a href='/about'>About us</a>"


def written(form: str, between: str = "") -> str:
    return between.join(form.format(paragraph) for paragraph in PARAGRAPHS)


def paragraphs_of(body: str) -> tuple[str, ...]:
    page = f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>"
    return tuple(extract_page(page).text.split("\n\n"))


@pytest.mark.parametrize(
    "cell",
    [
        f"<h1>{TITLE}</h1>{written('<p>{}')}",
        f"<b><font size=4>{TITLE}</font></b><br><br>{written('{}', '<br><br>')}",
        written("{}", "<br>"),
        written("<p><font face=Arial>{}</font></p>"),
        f"<table><tr><td><h2>{TITLE}</h2><tr><td>{written('<p>{}</p>')}</table>",
        f"<table>{written('<tr><td>{}')}</table>",
        written("<div>{}</div>"),
        f"<center><h1>{TITLE}</h1></center><blockquote>{written('{}<p>')}</blockquote>",
    ],
)
@pytest.mark.parametrize(
    "page",
    [
        "<table width='600'><tr><td>{}</td></tr></table>",
        f"<table><tr><td>{MENU}</td><td>{{}}</td></tr></table>",
        f"""<table><tbody><tr><td colspan=3>{MENU}</td></tr>
        <tr><td>{MENU}</td><td>{{}}</td><td><a href='/x'>Bridge opens again after years</a></td></tr>
        <tr><td colspan=3>Copyright 2026 Gazette</td></tr></tbody></table>""",
        f"<table><form><tr><td>{MENU}</td></tr><tr><td><table><tr><td>{{}}</td></tr></table></td></tr></form></table>",
    ],
)
def test_the_paragraphs_of_a_page_laid_out_by_tables_are_whole_and_alone(page: str, cell: str) -> None:
    assert paragraphs_of(page.format(cell)) == PLAIN


def test_preformatted_prose_is_read_by_its_blank_lines() -> None:
    text = "\n\n".join(paragraph.replace(", ", ",\n") for paragraph in PLAIN)
    assert paragraphs_of(f"<h1>{TITLE}</h1><pre>{text}</pre>") == PLAIN


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><th>Bird</th><th>Weight</th></tr><tr><td>gull</td><td>1 kg</td></tr></table>",
        "<table><caption>Birds</caption><tr><td>gull</td><td>1 kg</td></tr></table>",
        "<table><tr><td>gull</td><td>1 kg</td></tr><tr><td>tern</td><td>100 g</td></tr></table>",
        "<pre>if gull:\n    feed(gull)</pre>",
        "<pre><code>A line of code that reads as if it were a sentence of prose, which it is not.</code></pre>",
    ],
)
def test_data_and_code_stay_what_they_are(markup: str) -> None:
    tree = html.document_fromstring(f"<html><body>{markup}</body></html>")
    before = html.tostring(tree)
    unwrap_layout(tree)
    assert html.tostring(tree) == before


@pytest.mark.parametrize("role", ["presentation", "none"])
def test_a_table_that_says_that_it_only_lays_out_is_none(role: str) -> None:
    tree = html.document_fromstring(f"<html><body><table role='{role}'><tr><td>gull</td></tr></table></body></html>")
    unwrap_layout(tree)
    assert tree.find(".//table") is None
    assert tree.find(".//td") is None


@given(st.text(alphabet="<>/ tablerdphpre\n'=", max_size=200))
def test_no_markup_loses_a_word(markup: str) -> None:
    tree = html.document_fromstring(f"<html><body>.{markup}</body></html>")
    letters = "".join("".join(tree.itertext()).split())
    unwrap_layout(tree)
    assert "".join("".join(tree.itertext()).split()) == letters
