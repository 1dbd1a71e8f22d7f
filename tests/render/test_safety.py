from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Link, Sentence
from digest.render.safety import safe_issue, safe_link


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("http://example.org", "http://example.org"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://example.org/\u202egpj.exe", "https://example.org/%E2%80%AEgpj.exe"),
        ("https://example.org/{{token}}", "https://example.org/%7B%7Btoken%7D%7D"),
        ("mailto:me@example.org", "mailto:me@example.org"),
    ],
)
def test_an_address_of_the_web_or_of_mail_is_given_in_ascii(url, shown):
    assert safe_link(url) == shown


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "data:text/html,x", "mailto:\u202eme@example.org", "ftp://a.example/"]
)
def test_any_other_address_is_not_given(url):
    assert safe_link(url) is None


@given(st.text())
def test_what_is_given_is_ascii_without_spaces_or_quotes(url):
    shown = safe_link(url)
    assert shown is None or (shown.isascii() and not set(shown) & set(' "<>\n'))


def test_an_issue_that_is_safe_stays_as_it_is(issue):
    assert safe_issue(issue) == issue


def test_every_text_of_an_issue_is_cleaned(with_item):
    dirty = "a\x00\u202e\n b"
    cleaned = safe_issue(
        replace(
            with_item(headline=dirty, publisher=dirty, summary=dirty, section=dirty),
            newsletter=dirty,
            subject=dirty,
            preheader=dirty,
            introduction=f"{dirty}\n\n{dirty}",
        )
    )
    [section] = cleaned.sections
    [item] = section.items
    texts = (cleaned.newsletter, cleaned.subject, cleaned.preheader, section.title, item.headline, item.publisher)
    assert {*texts, item.sentences[0].text} == {"a b"}
    assert cleaned.introduction == "a b\n\na b"


def test_what_a_sentence_cites_is_cleaned_too(with_item):
    hostile = Link(publisher="Ra\u202edio\n 7", title="a\x00", url="javascript:alert(1)")
    issue = with_item(sentences=(Sentence(text="It rains.", article="b", cites=hostile),))
    [sentence] = safe_issue(issue).items[0].sentences
    assert sentence.cites == Link(publisher="Radio 7", title="a", url=None)
