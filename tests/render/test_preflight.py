from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from digest.model import GMAIL_CLIPS_AT, Earlier, Edition, Finding, Issue, Link, Sentence
from digest.render.placeholders import new_placeholders
from digest.render.preflight import NEARLY_CLIPPED_AT, check

Checked = Callable[..., dict[str, Finding]]


@pytest.fixture
def checked(edition, issue, newsletter) -> Checked:
    """`checked(html=..., issue=..., address=...)` → the findings of the changed edition, by code."""

    def run(*, issue: Issue = issue, **changes: str) -> dict[str, Finding]:
        told = newsletter.model_copy(update={name: changes.pop(name) for name in list(changes) if name in SETTINGS})
        return {finding.code: finding for finding in check(replace(edition, **changes), issue=issue, newsletter=told)}

    return run


SETTINGS = ("address", "title", "sender", "reply_to")


def levels(findings: dict[str, Finding]) -> dict[str, str]:
    return {code: finding.level for code, finding in findings.items()}


def padded(edition: Edition, size: int) -> str:
    missing = size - len(edition.html.encode())
    return edition.html.replace("</body>", "<p>" + "word \n" * (missing // 6) + "</p></body>")


@pytest.mark.parametrize(
    ("size", "level"), [(NEARLY_CLIPPED_AT - 5_000, None), (NEARLY_CLIPPED_AT, "warning"), (GMAIL_CLIPS_AT, "error")]
)
def test_a_letter_that_gmail_would_clip_is_told_before_and_refused(checked, edition, size, level):
    assert levels(checked(html=padded(edition, size))).get("size") == level


def test_the_size_is_that_with_the_longest_values_for_sentinels(checked, edition):
    link = edition.placeholders.unsubscribe_url
    many = "".join(f'<a href="{link}">Leave</a>\n' for _ in range(300))
    assert levels(checked(html=edition.html.replace("</body>", f"{many}</body>")))["size"] == "error"


@pytest.mark.parametrize("part", ["html", "text"])
def test_a_letter_that_nobody_can_unsubscribe_from_is_refused(checked, edition, part):
    without = getattr(edition, part).replace(edition.placeholders.unsubscribe_url, "https://example.org/")
    assert levels(checked(**{part: without})) == {"unsubscribe": "error"}


def test_an_unsubscribe_link_that_is_only_text_is_none(checked, edition):
    link = edition.placeholders.unsubscribe_url
    html = edition.html.replace(f'href="{link}"', 'href="https://example.org/"').replace("</body>", f"{link}</body>")
    assert "unsubscribe" in checked(html=html)


def test_an_unsubscribe_link_may_hold_more_than_the_sentinel(checked, edition):
    link = edition.placeholders.unsubscribe_url
    assert checked(html=edition.html.replace(f'"{link}"', f'"{link}&amp;from=footer"')) == {}


def test_a_letter_without_postal_address_is_refused_with_the_key_to_write(checked):
    finding = checked(address=" ")["postal-address"]
    assert finding.level == "error"
    assert "[newsletter] address" in finding.hint


@pytest.mark.parametrize("part", ["html", "text"])
def test_a_template_that_does_not_show_the_postal_address_is_refused(checked, edition, part):
    assert levels(checked(**{part: getattr(edition, part).replace("Exampletown", "")})) == {"postal-address": "error"}


@pytest.mark.parametrize("city", ["Ma\u0301laga", "Example\u00adtown", "Exa\u200bmpletown", "\u00a0Hallowby "])
def test_an_address_is_looked_for_as_it_is_shown(draw, issue, newsletter, city):
    told = newsletter.model_copy(update={"address": f"1 Example Street\n{city}"})
    assert check(draw(issue, newsletter=told), issue=issue, newsletter=told) == ()


@pytest.mark.parametrize(
    ("subject", "code", "level"),
    [
        ("", "subject", "error"),
        (" ", "subject", "error"),
        ("word " * 31, "subject", "warning"),
        ("a\r\nBcc: x@example.org", "header", "error"),
        ("a\x00", "header", "error"),
        ("a\u202eb", "header", "error"),
    ],
)
def test_a_subject_that_does_harm_is_told(checked, subject, code, level):
    assert levels(checked(subject=subject)) == {code: level}


def test_a_control_character_in_a_header_is_refused_with_its_key(checked):
    finding = checked(title="The Signal\r\nBcc: x@example.org")["header"]
    assert "newsletter.title" in finding.message


@pytest.mark.parametrize(
    "mark",
    ["{{ name }}", "{% if x %}", "%%{uuid}%%", "*|UNSUB|*", "%recipient.name%", "xemailffffffffffffffffx"],
)
@pytest.mark.parametrize("part", ["html", "text"])
def test_a_mark_that_nobody_fills_in_is_refused(checked, edition, part, mark):
    changed = getattr(edition, part)
    changed = changed.replace("</body>", f"<p>{mark}</p></body>") if part == "html" else f"{changed}\n{mark}\n"
    finding = checked(**{part: changed})["unresolved"]
    assert finding.level == "error"
    assert mark in finding.message


def test_a_mark_in_a_link_is_refused(checked, edition):
    html = edition.html.replace("</body>", '<a href="https://example.org/?u=%7B%7Bid%7D%7D">Mine</a></body>')
    assert "unresolved" in checked(html=html)


MARKS = "{{ name }} {% if x %} %%{uuid}%% *|UNSUB|* %recipient.name% xemailffffffffffffffffx"


@pytest.mark.parametrize(
    "told",
    [
        {"headline": MARKS},
        {"summary": MARKS},
        {"publisher": MARKS},
        {"note": MARKS},
        {"also": (Link(publisher="{{ a }}", title="{{ b }}", url=None),)},
        {"sentences": (Sentence(text="A.", article="b", cites=Link(publisher="{{ a }}", title="", url=None)),)},
        {"follows": Earlier(number=6, date=date(2026, 2, 12), headline=MARKS)},
        {"url": "https://example.org/{{id}}/%7B%7Bname%7D%7D"},
        {"headline": "Write {{\u00adname }}"},
    ],
)
def test_an_article_about_such_marks_may_be_sent(draw, with_item, newsletter, told):
    issue = with_item(**told)
    assert check(draw(issue), issue=issue, newsletter=newsletter) == ()


def test_an_editor_may_write_about_such_marks_above_a_section(draw, with_item, newsletter):
    issue = with_item()
    issue = replace(issue, introduction=MARKS, sections=(replace(issue.sections[0], introduction=MARKS),))
    assert check(draw(issue), issue=issue, newsletter=newsletter) == ()


def test_an_article_that_holds_a_sentinel_of_the_edition_is_refused(draw, with_item, newsletter):
    issue = with_item(summary=f"Click {new_placeholders('0123456789abcdef').unsubscribe_url}")
    codes = [finding.code for finding in check(draw(issue), issue=issue, newsletter=newsletter)]
    assert codes == ["placeholder"]


def test_a_link_that_was_left_out_is_told(draw, with_item, newsletter):
    issue = with_item(url="javascript:alert(1)", also=(Link(publisher="P", title="", url="data:x"),))
    findings = check(draw(issue), issue=issue, newsletter=newsletter)
    assert [(finding.code, finding.level) for finding in findings] == [("dropped-link", "warning")] * 2
    assert "javascript:alert(1)" in findings[0].message


def test_a_link_that_a_sentence_cites_and_that_was_left_out_is_told_once(draw, with_item, newsletter):
    other = Link(publisher="P", title="", url="data:x")
    issue = with_item(also=(other,), sentences=(Sentence(text="It rains.", article="b", cites=other),))
    findings = check(draw(issue), issue=issue, newsletter=newsletter)
    assert [finding.code for finding in findings] == ["dropped-link"]
    unlisted = replace(issue, sections=(replace(issue.sections[0], items=(replace(issue.items[0], also=()),)),))
    findings = check(draw(unlisted), issue=unlisted, newsletter=newsletter)
    assert [finding.code for finding in findings] == ["dropped-link"]


@pytest.mark.parametrize("part", ["html", "text"])
def test_a_line_too_long_for_mail_is_told(checked, edition, part):
    changed = getattr(edition, part).replace("The Weekly Signal", "x" * 999 + " The Weekly Signal")
    assert "long-line" in checked(**{part: changed})


def test_errors_come_before_warnings(edition, issue, newsletter):
    html = edition.html.replace("</body>", '<p id="a"></p><p id="a"></p><script></script></body>')
    found = [finding.level for finding in check(replace(edition, html=html), issue=issue, newsletter=newsletter)]
    assert found == sorted(found)
    assert set(found) == {"error", "warning"}


@pytest.mark.parametrize(
    "html", ["", "<", "plain", "<!DOCTYPE html>", "\x00\ud800", "<?xml version='1.0'?>" + "<a>" * 9]
)
def test_any_html_gets_findings_and_no_crash(checked, html):
    assert "unsubscribe" in checked(html=html)
