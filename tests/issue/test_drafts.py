from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import UsageError
from digest.issue.drafts import has_own_notes, read_draft, write_draft
from digest.issue.markup import plain
from digest.model import Earlier, Issue, Item, Link, Section, Sentence

HOSTILE = st.sampled_from(
    ["#", "##", "### x", "---", "{#ab}", "<!--", "-->", "\\", "Also:", "also :", "Update to #", "[a](b)", "http://x",
     "(", ")", '"', "]", " ", "\n", "\n\n", "\r", "\u2028", "\u00a0", "\ufeff", "A.", "No. 1", "\x00", "|", ">", "- ",
     "1. ", "é", "* * *", "- - -", "_ _ _"]
)  # fmt: skip
TEXT = st.one_of(st.text(max_size=20), st.lists(HOSTILE, max_size=6).map("".join))
TITLE = TEXT.filter(plain)
URL = st.one_of(st.none(), TEXT.map(lambda tail: f"https://example.org/{tail}"))
LINK = st.builds(Link, publisher=TEXT, title=TEXT, url=URL)
SENTENCE = st.builds(Sentence, text=TEXT, article=st.just("a" * 16), cites=st.none() | LINK)
ITEM = st.builds(
    Item,
    id=st.just(""),
    headline=TITLE,
    url=URL,
    publisher=TEXT,
    published=st.just(datetime(2026, 2, 19, tzinfo=UTC)),
    sentences=st.lists(SENTENCE, max_size=4).map(tuple),
    also=st.lists(LINK, max_size=3).map(tuple),
    note=TEXT,
    follows=st.none() | st.builds(Earlier, number=st.integers(1, 9999), date=st.dates(), headline=TITLE, url=URL),
)
SECTION = st.builds(
    Section,
    title=TITLE,
    items=st.lists(ITEM, min_size=1, max_size=3).map(tuple),
    introduction=st.one_of(st.just(""), TEXT),
)


@st.composite
def issues(draw):
    ids = iter(range(1000))
    sections = draw(st.lists(SECTION, min_size=1, max_size=3))
    numbered = [
        replace(s, items=tuple(_numbered(i, next(ids) if draw(st.booleans()) else None) for i in s.items))
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


@pytest.mark.parametrize("rule", ["* * *", "- - - -", "_ _ _", "***", "-- -", "*  **"])
def test_a_text_that_looks_like_a_rule_is_kept(rule):
    issue = replace(ISSUE, introduction=f"One\n\n{rule}\n\nTwo")
    assert read_draft(write_draft(issue), original=issue, name="draft.md") == issue


def test_notes_of_ones_own_are_told_from_that_of_the_program():
    draft = write_draft(ISSUE)
    assert not has_own_notes(draft)
    assert not has_own_notes(draft.replace("Edit this file", "Edit it").replace("\n", "\r\n"))
    assert has_own_notes(draft + "<!-- Ask Anna! -->\n")
    assert not has_own_notes(draft + "\\<!-- about HTML --\\>\n")


@given(issues(), st.sampled_from(["\r\n", "\r", " \n", "\t\n"]))
def test_what_editors_do_to_the_ends_of_lines_does_no_harm(issue, ending):
    draft = "\ufeff" + write_draft(issue).replace("\n", ending)
    assert read_draft(draft, original=issue, name="draft.md") == issue


A, B = "a" * 16, "b" * 16
LEAD = Sentence(text="The council voted for a bridge.", article=A)
GAZETTE = Link(publisher="Gazette", title="A bridge at last", url="https://gazette.example/1")
COST = Sentence(text="It costs 14 million pounds.", article=B, cites=GAZETTE)
BRIDGE = Item(
    id=A,
    headline="Ashford gets its bridge",
    url="https://paper.example/bridge",
    publisher="Kent Paper",
    published=datetime(2026, 2, 18, tzinfo=UTC),
    sentences=(LEAD, COST),
    also=(GAZETTE,),
    articles=(A, B),
    language="en",
    reading_minutes=4,
)
RAIN = Item(id=B, headline="Rain on Sunday", url=None, publisher="", published=None, sentences=(), language="en")
ISSUE = Issue(
    number=7,
    date=date(2026, 2, 19),
    newsletter="Signal",
    language="en",
    subject="Ashford gets its bridge",
    preheader="Rain on Sunday",
    introduction="",
    sections=(Section(title="Local", items=(BRIDGE,)), Section(title="Weather", items=(RAIN,))),
    reading_minutes=1,
)
DRAFT = write_draft(ISSUE)


def edited(*changes, draft=DRAFT):
    for old, new in changes:
        assert draft.count(old) == 1, old
        draft = draft.replace(old, new)
    return read_draft(draft, original=ISSUE, name="draft.md")


def test_a_draft_is_pleasant_to_read():
    assert DRAFT[DRAFT.index("-->") :] == (
        "-->\n"
        "\n## Local\n"
        "\n### Ashford gets its bridge {#aaaaaaaaaaaaaaaa}\n"
        "\n[Kent Paper](https://paper.example/bridge)\n"
        "\nThe council voted for a bridge. It costs 14 million pounds.\n"
        '\nAlso: [Gazette](https://gazette.example/1 "A bridge at last")\n'
        "\n## Weather\n"
        "\n### Rain on Sunday {#bbbbbbbbbbbbbbbb}\n"
    )


def test_subject_and_preheader_can_be_rewritten():
    issue = edited(
        ("subject: Ashford gets its bridge", "Subject:  At last: a bridge "), ("preheader: Rain on Sunday\n", "")
    )
    assert (issue.subject, issue.preheader) == ("At last: a bridge", "")


def test_a_story_can_be_dropped_and_its_empty_section_goes_with_it():
    issue = edited((DRAFT[DRAFT.index("### Rain") :], ""))
    assert issue.sections == ISSUE.sections[:1]


def test_a_story_can_be_moved_to_a_new_section():
    issue = edited(("## Weather", "## Out of doors"))
    assert issue.sections[1] == Section(title="Out of doors", items=(RAIN,))


def test_stories_can_change_places():
    head, local, weather = DRAFT.partition("## Local")[0], DRAFT[DRAFT.index("## Local") :].split("## Weather"), ""
    weather = "## Weather" + local[1]
    issue = read_draft(head + weather + "\n" + local[0], original=ISSUE, name="draft.md")
    assert issue.sections == ISSUE.sections[::-1]


def test_a_headline_can_be_rewritten():
    assert edited(("### Rain on Sunday", "### Take an umbrella")).items[1] == replace(RAIN, headline="Take an umbrella")


def test_a_sentence_that_was_left_alone_keeps_its_article_and_one_that_was_changed_has_none():
    issue = edited(("It costs 14 million pounds.", "It costs a lot. Too much?"))
    assert issue.items[0].sentences == (
        LEAD,
        Sentence(text="It costs a lot.", article=""),
        Sentence(text="Too much?", article=""),
    )


def test_a_sentence_whose_outlet_sets_no_stop_is_shown_with_one_and_keeps_its_article():
    bare = Sentence(text="Rain is on its way", article=LEAD.article)
    lead = replace(ISSUE.items[0], sentences=(bare, COST))
    original = replace(ISSUE, sections=(replace(ISSUE.sections[0], items=(lead,)),))
    draft = write_draft(original)
    assert f"Rain is on its way. {COST.text}" in draft
    changed = read_draft(draft.replace(COST.text, "It costs a lot."), original=original, name="draft.md")
    assert changed.items[0].sentences == (bare, Sentence(text="It costs a lot.", article=""))


def test_sentences_can_be_swapped_split_over_lines_and_added_to():
    issue = edited((f"{LEAD.text} {COST.text}", f"{COST.text}\nOh\ndear.\n\n{LEAD.text}"))
    assert issue.items[0].sentences == (COST, Sentence(text="Oh dear.", article=""), LEAD)


def test_an_introduction_of_two_paragraphs_can_be_added():
    issue = edited(("-->\n", "-->\n\nDear readers,\nhello.\n\n\\# is a hash.\n"))
    assert issue.introduction == "Dear readers, hello.\n\n# is a hash."


def test_a_story_of_ones_own_can_be_added():
    own = "### My own news\n\nhttps://www.own.example/a?b=(c)\n\nI saw it. It was red.\n\n### Rain"
    issue = edited(("### Rain", own))
    assert issue.items[1] == Item(
        id="",
        headline="My own news",
        url="https://www.own.example/a?b=(c)",
        publisher="own.example",
        published=None,
        sentences=(Sentence(text="I saw it.", article=""), Sentence(text="It was red.", article="")),
        language="en",
    )


def test_a_link_can_be_changed_and_another_publisher_taken_out():
    issue = edited(
        ("[Kent Paper](https://paper.example/bridge)", "[Kent](https://kent.example)"),
        ('[Gazette](https://gazette.example/1 "A bridge at last")', ""),
    )
    assert (issue.items[0].publisher, issue.items[0].url, issue.items[0].also) == ("Kent", "https://kent.example", ())


def test_whose_a_sentence_is_stays_where_the_list_of_others_is_deleted_or_mended():
    listed = 'Also: [Gazette](https://gazette.example/1 "A bridge at last")'
    assert edited((listed, "")).items[0].sentences == (LEAD, COST)
    cites = edited((listed, listed.replace("Gazette", "The Gazette"))).items[0].sentences[1].cites
    assert cites == replace(GAZETTE, publisher="The Gazette")


def test_a_story_that_gets_another_leading_article_cites_the_one_that_its_sentences_are_from():
    ours = Link(publisher=BRIDGE.publisher, title=BRIDGE.headline, url=BRIDGE.url)
    leading = "[Kent Paper](https://paper.example/bridge)"
    swapped = edited((leading, "[Gazette](https://gazette.example/1)")).items[0]
    assert swapped.sentences == (replace(LEAD, cites=ours), COST)
    for mended in ("[Kent](https://paper.example/bridge)", "[Kent Paper](https://paper.example/2)"):
        assert edited((leading, mended)).items[0].sentences == (LEAD, COST)


def test_sentences_can_be_moved_to_another_story_or_one_of_ones_own_with_their_source():
    ours = Link(publisher=BRIDGE.publisher, title=BRIDGE.headline, url=BRIDGE.url)
    text = f"{LEAD.text} {COST.text}"
    moved = edited((text, "See below."), (f"{{#{B}}}\n", f"{{#{B}}}\n\nA word. {text}\n")).items[1]
    assert moved.sentences == (Sentence(text="A word.", article=""), replace(LEAD, cites=ours), COST)
    own = edited((text, "See below."), ("### Rain", f"### Mine\n\n{COST.text}\n\n### Rain")).items[1]
    assert own.sentences == (COST,)


def test_a_story_whose_mark_was_deleted_is_still_that_story():
    assert edited((f" {{#{A}}}", "")) == ISSUE


BEFORE = Earlier(number=5, date=date(2026, 2, 5), headline="A bridge, but when?", url="https://paper.example/when")
FOLLOWING = replace(
    ISSUE, sections=(Section(title="Local", items=(replace(BRIDGE, follows=BEFORE),)), *ISSUE.sections[1:])
)
UPDATE = "Update to #5 (2026-02-05): [A bridge, but when?](https://paper.example/when)\n"


def following(old, new):
    draft = write_draft(FOLLOWING)
    assert draft.count(old) == 1
    return read_draft(draft.replace(old, new), original=FOLLOWING, name="draft.md").items[0]


def test_an_update_names_the_earlier_story_below_the_link():
    assert following(UPDATE, UPDATE).follows == BEFORE


def test_an_editor_who_deletes_the_line_says_that_it_is_no_update():
    assert following(UPDATE, "") == BRIDGE


def test_the_earlier_story_can_be_another_one():
    other = "update to #3 (2026-01-22): [The old bridge closes](https://paper.example/closed)\n"

    assert following(UPDATE, other).follows == Earlier(
        number=3, date=date(2026, 1, 22), headline="The old bridge closes", url="https://paper.example/closed"
    )


@pytest.mark.parametrize(
    "line",
    [
        "Update to #5: [A](https://b.example)",
        "Update to #5 (2026-02-30): [A](https://b.example)",
        "Update to #5 (2026-02-05): A",
    ],
)
def test_an_update_that_names_no_story_is_told_with_its_line(line):
    with pytest.raises(UsageError, match=r"draft.md:\d+: .* does not say which story it is an update to") as caught:
        following(UPDATE, line + "\n")
    assert "Update to #12 (2026-02-05): [Headline](https://...)" in caught.value.hint


def test_a_note_stands_above_the_summary_and_can_be_changed_or_deleted():
    issue = replace(ISSUE, sections=(Section(title="Local", items=(replace(BRIDGE, note="I was there > twice."),)),))
    draft = write_draft(issue)
    assert "\n\n> I was there > twice.\n\nThe council voted" in draft
    assert read_draft(draft, original=issue, name="draft.md") == issue
    changed = draft.replace("> I was there > twice.", "> I was there\n> three times.")
    assert read_draft(changed, original=issue, name="draft.md").items[0].note == "I was there three times."
    deleted = draft.replace("> I was there > twice.\n", "")
    assert read_draft(deleted, original=issue, name="draft.md").items == (BRIDGE,)


def test_the_editor_can_say_a_word_on_any_story():
    assert edited(("The council voted", "> At last!\n\nThe council voted")).items[0] == replace(BRIDGE, note="At last!")


def test_a_summary_may_begin_with_such_words():
    body = Sentence(text="Update to #5 of the list.", article="")
    issue = replace(ISSUE, sections=(Section(title="Local", items=(replace(BRIDGE, sentences=(body,)),)),))

    assert read_draft(write_draft(issue), original=issue, name="draft.md") == issue


def test_what_stands_in_a_note_is_not_sent():
    assert edited(("## Weather", "<!-- ask Ann\n## about this -->\n\n***\n\n## Weather")) == ISSUE


def test_the_reading_time_follows_the_text():
    assert edited(("It costs", "word " * 238 * 3 + "It costs")).reading_minutes == 3


MISTAKES = {
    "no front matter": (("---\nsubject", "subject"), 1, "subject"),
    "front matter without end": (("Sunday\n---\n", "Sunday\n"), 1, '"---"'),
    "no subject": (("subject: Ashford gets its bridge\n", ""), 1, "subject:"),
    "misspelt key": (("preheader:", "preheadr:"), 3, '"preheader: ..."'),
    "unknown key": (("preheader:", "from:"), 3, "Only"),
    "key twice": (("preheader:", "subject:"), 3, "Delete"),
    "note without end": (("-->", ""), 6, '"-->"'),
    "note without beginning": (("<!--", ""), 18, '"<!--"'),
    "story without section": (("## Local\n", "\n"), 22, '"## Section"'),
    "section without space": (("## Local", "##Local"), 20, "with a space"),
    "heading of the page": (("## Local", "# Local"), 20, "neither"),
    "section without title": (("## Local", "## "), 20, "title"),
    "story without headline": (("### Rain on Sunday", "###"), 32, "title"),
    "unknown story": (("{#" + B, "{#cafe"), 32, "{#...}"),
    "broken mark": (("{#" + B, "{" + B), 32, "{#" + B + "}"),
    "story twice": (("{#" + B, "{#" + A), 32, "Delete"),
    "a link below a section": (
        ("## Weather\n", "## Weather\n\n[Gazette](https://gazette.example/9)\n"),
        32,
        "headline",
    ),
    "a note below a section": (("## Weather\n", "## Weather\n\n> It rains.\n"), 32, "headline"),
    "no web address": (("https://paper.example/bridge", "javascript:alert(1)"), 24, "https://"),
    "no web address elsewhere": (("https://gazette.example/1", "gazette"), 28, "https://"),
    "no link among the others": (("Also: ", "Also: the Post, "), 28, "Also:"),
}


def test_a_text_below_a_section_introduces_it():
    read = edited(("## Weather\n", "## Weather\n\nIt rains\nin the north.\n\nIt is dry elsewhere.\n"))

    assert read.sections[1].introduction == "It rains in the north.\n\nIt is dry elsewhere."
    assert [section.introduction for section in read.sections[:1]] == [""]


def test_an_introduction_can_be_written_over_and_deleted():
    original = replace(
        ISSUE, sections=(replace(ISSUE.sections[0], introduction="A bridge, and more."), *ISSUE.sections[1:])
    )
    draft = write_draft(original)

    assert read_draft(draft, original=original, name="draft.md") == original
    changed = read_draft(draft.replace("A bridge, and", "Bridges, and"), original=original, name="draft.md")
    assert changed.sections[0].introduction == "Bridges, and more."
    without = read_draft(draft.replace("A bridge, and more.", ""), original=original, name="draft.md")
    assert without.sections[0].introduction == ""


@pytest.mark.parametrize(("change", "line", "hint"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_by_file_and_line_with_what_to_write(change, line, hint):
    with pytest.raises(UsageError, match=rf"^draft\.md:{line}: ") as caught:
        edited(change)
    assert hint in caught.value.message + caught.value.hint


def test_a_draft_without_stories_is_a_mistake():
    with pytest.raises(UsageError, match="no story"):
        edited((DRAFT[DRAFT.index("## Local") :], ""))


def complaint(text):
    """What is wrong with a draft, None where nothing is."""
    try:
        read_draft(text, original=ISSUE, name="draft.md")
    except UsageError as error:
        return error
    return None


@given(st.text(max_size=300))
def test_any_file_is_read_or_refused_with_its_name_and_a_hint(text):
    error = complaint(text)
    assert error is None or (error.message.startswith("draft.md:") and error.hint)


@given(st.lists(st.sampled_from(DRAFT.splitlines(keepends=True)), max_size=40).map("".join))
def test_lines_of_a_draft_in_any_order_are_read_or_refused(text):
    error = complaint(text)
    assert error is None or (error.message.startswith("draft.md:") and error.hint)
