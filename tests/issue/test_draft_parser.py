import pytest

from digest.errors import UsageError
from digest.issue.draft_parser import ParsedLink, ParsedSection, ParsedStory, front_value, parse_draft

DRAFT = """\
---
subject: A: "b" #c
preheader: "quoted \\" text"
---

Hello
there.

## World

### A bridge {#cafe}
[Paper](https://paper.example "x")
It is
new.

It is long.
Also: [A](https://a.example), [B](https://b.example "\\"B\\""); [C]()
"""


def test_an_outline_says_what_stands_where():
    found = parse_draft(DRAFT, name="draft.md")
    assert found.front == {"subject": 'A: "b" #c', "preheader": 'quoted " text'}
    assert found.introduction == ["Hello there."]
    assert found.sections == [
        ParsedSection(
            title="World",
            line=9,
            stories=[
                ParsedStory(
                    headline="A bridge",
                    id="cafe",
                    line=11,
                    link=ParsedLink(text="Paper", url="https://paper.example", title="x", line=12),
                    body="It is new. It is long.",
                    also=[
                        ParsedLink(text="A", url="https://a.example", line=17),
                        ParsedLink(text="B", url="https://b.example", title='"B"', line=17),
                        ParsedLink(text="C", url="", line=17),
                    ],
                )
            ],
        )
    ]


def test_the_items_of_a_list_in_an_introduction_are_paragraphs():
    text = "Dear readers:\n- a bridge\n  of stone\n- a ferry\n1. Come!"
    found = parse_draft(DRAFT.replace("Hello\nthere.", text), name="draft.md")
    assert found.introduction == ["Dear readers:", "- a bridge of stone", "- a ferry", "1. Come!"]


@pytest.mark.parametrize("address", ["https://a.example/b_(c)", "<https://a.example/b_(c)>"])
def test_a_bare_address_is_a_link(address):
    [section] = parse_draft(f"---\nsubject: x\n---\n## S\n### H\n{address}\ntext", name="d").sections
    assert section.stories[0].link == ParsedLink(text="", url="https://a.example/b_(c)", line=6)
    assert section.stories[0].body == "text"


def test_a_link_further_down_is_text():
    [section] = parse_draft("---\nsubject: x\n---\n## S\n### H\ntext\n\n[a](https://b.example)", name="d").sections
    assert section.stories[0].link is None
    assert section.stories[0].body == "text [a](https://b.example)"


@pytest.mark.parametrize(
    ("written", "value"),
    [("plain", "plain"), ('"a"', "a"), ('"a" or "b"', '"a" or "b"'), ('"\\u00e9"', "é"), ("", ""), ('"', '"')],
)
def test_values_of_the_front_matter_may_be_quoted(written, value):
    assert front_value(written) == value


def test_an_empty_file_is_named_with_what_to_write():
    with pytest.raises(UsageError, match=r"^draft\.md:1: ") as caught:
        parse_draft("", name="draft.md")
    assert "subject" in caught.value.hint
