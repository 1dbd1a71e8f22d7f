from __future__ import annotations

import pytest

from digest.render.document import check_document

PAGE = """<!DOCTYPE html>
<html lang="en" dir="ltr"><head><title>T</title></head>
<body><div lang="en" dir="ltr"><h1>T</h1><h2>S</h2><h3>Story</h3><p>x</p></div></body></html>"""


def findings(markup: str) -> dict[str, str]:
    return {finding.code: finding.level for finding in check_document(markup, own_links=("xunsubx",))}


def with_body(markup: str) -> str:
    return PAGE.replace("<p>x</p>", markup)


def test_a_good_document_has_no_finding():
    assert findings(PAGE) == {}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<!DOCTYPE html>\n", "", "doctype"),
        ('<html lang="en"', "<html", "lang"),
        ('<html lang="en" dir="ltr"', '<html lang="en"', "dir"),
        ('<div lang="en"', "<div", "lang"),
        ('<div lang="en" dir="ltr"', '<div lang="en"', "dir"),
        ("<title>T</title>", "", "title"),
        ("<title>T</title>", "<title> </title>", "title"),
        ("<h1>T</h1>", "", "h1"),
        ("<h1>T</h1>", "<h1>T</h1><h1>U</h1>", "h1"),
        ("<h2>S</h2>", "", "heading-order"),
        ("<h2>S</h2>", "<h2> </h2>", "empty-heading"),
        ("<p>x</p>", "<table><tr><td>x</td></tr></table>", "table-role"),
        ("<p>x</p>", '<i id="a"></i><i id="a"></i>', "duplicate-id"),
        ("<p>x</p>", '<a href="http://example.org/">Example</a>', "http-link"),
        ("<p>x</p>", '<img src="https://example.org/a.png" alt="">', "alt"),
        ("<head>", '<head><meta name="viewport" content="width=device-width, user-scalable=no">', "zoom"),
    ],
)
def test_what_makes_a_letter_harder_to_read_is_a_warning(old, new, code):
    assert old in PAGE
    assert findings(PAGE.replace(old, new, 1)) == {code: "warning"}


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ('<img src="https://example.org/a.png">', "alt"),
        ('<a href="https://example.org/"> </a>', "link-text"),
        ('<a href="https://example.org/"><img src="a.png" alt=""></a>', "link-text"),
        ("<a>Example</a>", "link"),
        ('<a href="javascript:alert(1)">Example</a>', "unsafe-link"),
        ('<a href="data:text/html,x">Example</a>', "unsafe-link"),
        ('<a href="page.html">Example</a>', "unsafe-link"),
        ("<script>1</script>", "active-content"),
        ("<iframe></iframe>", "active-content"),
        ('<form action="https://example.org/"></form>', "active-content"),
        ('<p onclick="x()">x</p>', "active-content"),
    ],
)
def test_what_a_reader_cannot_use_or_must_not_get_is_an_error(markup, code):
    assert findings(with_body(markup))[code] == "error"


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="xunsubx">Leave</a>',
        '<a href="mailto:me@example.org">me</a>',
        '<a href="https://example.org/"><img src="https://example.org/a.png" alt="Example"></a>',
        '<a href="https://example.org/" aria-label="Example"></a>',
        '<table role="presentation"><tr><td>x</td></tr></table>',
        "<table><tr><th>Score</th></tr></table>",
        "<!--[if mso]><table><tr><td><![endif]-->",
    ],
)
def test_these_are_fine(markup):
    assert findings(with_body(markup)) == {}


def test_many_plain_links_are_one_finding():
    markup = '<a href="http://example.org/">Example</a>' * 9
    assert [f.message for f in check_document(with_body(markup))] == [
        "9 links are not encrypted (http:), such as http://example.org/."
    ]
