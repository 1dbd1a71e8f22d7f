from __future__ import annotations

import pytest

from digest.errors import UsageError
from digest.render.inline import inline, with_short_lines

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>T</title>
<style>p {{ color: #111111; }} td {{ width: 100%; text-align: left; background-color: #ffffff; }} {inlined}</style>
<style data-premailer="ignore">{kept}</style>
</head><body>{body}</body></html>
"""


def page(*, inlined: str = "", kept: str = "", body: str = "<p>Text</p>") -> str:
    return PAGE.format(inlined=inlined, kept=kept, body=body)


def test_styles_go_into_the_elements():
    assert '<p style="color:#111111">Text</p>' in inline(page())


def test_a_kept_style_stays_to_the_letter():
    kept = "@media (min-width: 620px) { .a > b, [data-ogsc] .a { color: #123456 !important; } }"
    assert f"<style>{kept}</style>" in inline(page(kept=kept))


def test_attributes_written_by_hand_stay():
    body = '<table width="600" align="center"><tr><td width="30" height="20" align="right">x</td></tr></table>'
    inlined = inline(page(body=body))
    assert '<table width="600" align="center">' in inlined
    assert 'width="30" height="20" align="right"' in inlined


def test_backgrounds_become_attributes_for_outlook():
    assert 'bgcolor="#ffffff"' in inline(page(body="<table><tr><td>x</td></tr></table>"))


def test_what_outlook_alone_reads_is_kept():
    body = '<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]--><p>x</p>'
    assert body.partition("<p>")[0] in inline(page(body=body))


def test_sentinels_in_text_and_links_are_kept():
    body = '<p>xgreeting0123456789abcdefx</p><a href="xunsubscribeurl0123456789abcdefx">Leave</a>'
    inlined = inline(page(body=body))
    assert ">xgreeting0123456789abcdefx<" in inlined
    assert 'href="xunsubscribeurl0123456789abcdefx"' in inlined


def test_text_that_looks_like_markup_stays_text():
    assert "&lt;script&gt; &amp;lt; {{ x }}" in inline(page(body="<p>&lt;script&gt; &amp;lt; {{ x }}</p>"))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (page().replace("DOCTYPE", "doctype"), "does not begin with <!DOCTYPE html>"),
        ("\n" + page(), "does not begin with <!DOCTYPE html>"),
        (page(kept=".a { color: #123456 }"), "lacks !important"),
        (page(kept="@media all { .a { top: 0 !important; color: #123456 } }"), "lacks !important"),
        (page(body='<img alt="" height="auto">'), 'width or height is "auto"'),
        (page(body='<link rel="stylesheet" href="https://a.example/a.css">'), "style sheet is loaded"),
        (page(body='<p style="color: rgb(1 2 3 / 50%)">x</p>'), "not hexadecimal"),
        (page(kept="/* " + "x" * 16_000 + " */"), "over 16 KB"),
    ],
)
def test_what_a_mail_program_would_show_broken_is_refused(source, message):
    with pytest.raises(UsageError, match=message):
        inline(source)


def test_an_article_may_be_about_what_a_template_must_not_have():
    told = '&lt;img width="auto"&gt; @import rgb(1 2 3) &lt;link&gt; &lt;table align=left&gt; style="rgb(1 2 3)"'
    assert "@import rgb(1 2 3)" in inline(page(body=f"<p>{told}</p>"))


def test_nothing_is_asked_of_the_network_or_the_disk(tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: #654321 }")
    with pytest.raises(UsageError, match="style sheet is loaded"):
        inline(page(body=f'<link rel="stylesheet" href="{secret}"><p>x</p>'))


def test_lines_too_long_for_mail_are_broken_at_spaces():
    long = "<p>" + "word é " * 400 + "</p>"
    broken = with_short_lines(long)
    assert max(len(line.encode()) for line in broken.split("\n")) <= 998
    assert broken.split() == long.split()


def test_short_lines_stay_as_they_are():
    text = ("word " * 150 + "\n") * 3
    assert with_short_lines(text) == text
