from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from digest.issue.drafts import read_draft, write_draft
from digest.issue.markup import plain
from digest.model import Issue, Item, Link, Section, Sentence

HOSTILE = st.sampled_from(
    ["#", "##", "### x", "---", "{#ab}", "<!--", "-->", "\\", "Also:", "also :", "[a](b)", "http://x", "(", ")", '"',
     "]", " ", "\n", "\n\n", "\r", "\u2028", "\u00a0", "\ufeff", "A.", "No. 1", "\x00", "|", ">", "- ", "1. ", "é"]
)  # fmt: skip
TEXT = st.one_of(st.text(max_size=20), st.lists(HOSTILE, max_size=6).map("".join))
TITLE = TEXT.filter(plain)
URL = st.one_of(st.none(), TEXT.map(lambda tail: f"https://example.org/{tail}"))
LINK = st.builds(Link, publisher=TEXT, title=TEXT, url=URL)
ITEM = st.builds(
    Item,
    id=st.just(""),
    headline=TITLE,
    url=URL,
    publisher=TEXT,
    published=st.just(datetime(2026, 2, 19, tzinfo=UTC)),
    sentences=st.lists(st.builds(Sentence, text=TEXT, article=st.just("a" * 16)), max_size=4).map(tuple),
    also=st.lists(LINK, max_size=3).map(tuple),
)
SECTION = st.builds(Section, title=TITLE, items=st.lists(ITEM, min_size=1, max_size=3).map(tuple))


@st.composite
def issues(draw):
    ids = iter(range(1000))
    sections = draw(st.lists(SECTION, min_size=1, max_size=3))
    numbered = [
        Section(title=s.title, items=tuple(_numbered(i, next(ids) if draw(st.booleans()) else None) for i in s.items))
        for s in sections
    ]
    return Issue(
        number=7,
        date=date(2026, 2, 19),
        newsletter="N",
        language="en",
        subject=draw(TITLE),
        preheader=draw(TEXT),
        introduction=draw(TEXT),
        sections=tuple(numbered),
        reading_minutes=3,
    )


def _numbered(item, number):
    return item if number is None else replace(item, id=f"{number:016x}")


@given(issues())
def test_a_draft_that_nobody_touched_reads_as_the_same_issue(issue):
    assert read_draft(write_draft(issue), original=issue, name="draft.md") == issue
