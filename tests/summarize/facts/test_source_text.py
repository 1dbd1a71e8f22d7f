"""A text in which claims are looked up."""

from __future__ import annotations

from digest.summarize.facts.source_text import SourceText

TEXT = (
    "The ferry ran aground on Monday. Ann Miller saw it from the quay. “It leaned,” Miller said.\n\n"
    "On Tuesday it was towed."
)


def test_a_sentence_without_a_day_is_of_the_day_named_before_it() -> None:
    days = SourceText(TEXT, language="en").days

    assert days[0] == days[1] == days[2]
    assert days[3] != days[0]


def test_the_chief_name_is_the_one_in_most_sentences() -> None:
    assert SourceText(TEXT, language="en").chief == "miller"
    assert SourceText("it rained.", language="en").chief == ""


def test_words_that_stand_side_by_side_are_pairs() -> None:
    pairs = SourceText(TEXT, language="en").pairs

    assert ("ann", "miller") in pairs
    assert ("ann", "quay") not in pairs


def test_a_quotation_is_found_once_opened_and_closed() -> None:
    assert any("it leaned" in quoted for quoted in SourceText(TEXT, language="en").quoted)
    assert not any("ferry" in quoted for quoted in SourceText(TEXT, language="en").quoted)
