from dataclasses import replace

import pytest

from digest.issue.attribution import (
    attributed_sentences,
    shown_sentences,
    shown_summary,
    with_edited_links,
    with_lead_cited,
)
from digest.model import Item, Link, Sentence

RADIO = Link(publisher="Radio Seven", title="Flood", url="https://radio.example/flood")
OWN = Sentence(text="The river rose by two metres on Sunday.", article="a")
THEIRS = Sentence(text="Some 300 people had to leave their homes in the old town of Veld.", article="b", cites=RADIO)
STORY = Item(
    id="a",
    headline="Flood in Veld",
    url="https://gazette.example/flood",
    publisher="Gazette",
    published=None,
    sentences=(OWN, THEIRS),
    language="en",
)


def edited(text, others=(), was=STORY):
    return attributed_sentences(text, was, others, "en")


def mine(text):
    return Sentence(text=text, article="")


def test_a_draft_shows_sentences_without_whom_they_cite():
    assert shown_summary(STORY) == f"{OWN.text} {THEIRS.text}"


def test_what_was_left_alone_or_moved_keeps_its_source():
    assert edited(shown_summary(STORY)) == STORY.sentences
    assert edited(f"{THEIRS.text} I was there. {OWN.text}") == (THEIRS, mine("I was there."), OWN)


@pytest.mark.parametrize(
    "text",
    [
        "Some 300 people had to leave their homes in the old town of Velde.",
        "Some 300 people had to leave their flats in the old part of Veld.",
        "Some 300 people had to leave their homes in Veld’s old town of Veld.",
        "Some 300 people – again – had to leave their homes in the old town of Veld.",
        "SOME 300 people had to leave their “homes”, in the old town of Veld!",
        "Some 300 people had to leave homes in the town of Veld.",
    ],
)
def test_a_sentence_in_which_a_word_or_two_were_mended_keeps_its_source(text):
    mended = Sentence(text=text, article="b", cites=RADIO)
    assert edited(f"{OWN.text} {text}") == (OWN, mended)
    assert edited(f"{text} Stay dry. {OWN.text}") == (mended, mine("Stay dry."), OWN)


@pytest.mark.parametrize(
    "text",
    [
        "Some 400 people had to leave their homes in the old town of Veld.",
        "Some people had to leave their homes in the old town of Veld.",
        "Some 300 people did not have to leave their homes in the old town of Veld.",
        "Some 300 people never had to leave their homes in the old town of Veld.",
        "Some 300 people had to leave Veld homes in the old town of their.",
        "Some 300 people had to leave the old town of Veld at night.",
        "Hundreds had to flee from the old town.",
        "Some 300 people had to leave their homes in the old town of Veld, and I was one of them.",
    ],
)
def test_a_sentence_that_says_something_else_or_in_other_words_is_the_editors(text):
    assert edited(f"{OWN.text} {text}") == (OWN, mine(text))


def test_of_a_short_sentence_not_even_a_word_may_be_another():
    short = Sentence(text="Nobody was hurt.", article="b", cites=RADIO)
    story = replace(STORY, sentences=(short,))
    assert edited("Nobody was killed.", was=story) == (mine("Nobody was killed."),)
    assert edited("Nobody was hurt!", was=story) == (Sentence(text="Nobody was hurt!", article="b", cites=RADIO),)


def test_a_sentence_is_mended_once_and_its_copy_is_the_editors():
    text = THEIRS.text.replace("homes", "flats")
    assert [sentence.cites for sentence in edited(f"{text} {text}")] == [RADIO, None]


def test_a_mended_sentence_may_hold_what_looks_like_the_end_of_one():
    theirs = replace(THEIRS, text="The town clerk said. It was the worst flood in Veld since the great one.")
    story = replace(STORY, sentences=(theirs,))
    text = theirs.text.replace("worst", "worst ever")
    assert edited(f"{text} So there.", was=story) == (Sentence(text=text, article="b", cites=RADIO), mine("So there."))


def test_a_chinese_sentence_is_mended_by_a_character():
    theirs = Sentence(text="约三百名居民周日不得不离开老城区的家园前往临时安置点。", article="b", cites=RADIO)
    story = replace(STORY, sentences=(theirs,), language="zh")
    assert attributed_sentences(theirs.text.replace("前往", "前去"), story, (), "zh")[0].cites == RADIO
    assert attributed_sentences(theirs.text.replace("三", "四"), story, (), "zh")[0].cites is None
    assert attributed_sentences("约三百名居民周日离开了家。", story, (), "zh")[0].cites is None


def test_a_sentence_that_was_moved_to_another_story_cites_what_it_is_from():
    others = shown_sentences(with_lead_cited(STORY))
    rain = Item(id="c", headline="Rain", url=None, publisher="Herald", published=None, sentences=(), language="en")
    lead = Link(publisher="Gazette", title="Flood in Veld", url="https://gazette.example/flood")
    assert edited(f"{OWN.text} {THEIRS.text}", others, rain) == (
        Sentence(text=OWN.text, article="a", cites=lead),
        THEIRS,
    )


def test_names_and_addresses_that_were_mended_in_the_list_are_mended_where_they_are_cited():
    renamed = Link(publisher="Radio 7", title="Flood", url=RADIO.url)
    moved = Link(publisher="Radio Seven", title="Flood", url="https://radio.example/2")
    for now in (renamed, moved):
        assert [sentence.cites for sentence in with_edited_links(STORY.sentences, (RADIO,), (now,))] == [None, now]


def test_an_outlet_that_was_deleted_from_the_list_is_still_cited():
    nameless = Link(publisher="", title="", url=None)
    assert with_edited_links(STORY.sentences, (RADIO,), ()) == STORY.sentences
    assert with_edited_links(STORY.sentences, (RADIO,), (nameless,)) == STORY.sentences
