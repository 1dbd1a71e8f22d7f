from datetime import UTC, datetime

import pytest

from digest.model import Article
from digest.summarize.sentences.article_sentences import HORIZON, content, is_ended, read_sentences


def article(text, title="", language="en", teaser=""):
    return Article(
        id="a" * 16,
        source="feed",
        publisher="Paper",
        title=title,
        url=None,
        canonical="file:a",
        published=datetime(2026, 2, 19, tzinfo=UTC),
        text=text,
        teaser=teaser,
        language=language,
    )


def lines(text, **values):
    return read_sentences([article(text, **values)])


def test_only_the_first_sentences_of_an_article_are_looked_at():
    assert len(lines("The bridge is long. " * 500)) == HORIZON


@pytest.mark.parametrize(
    "dateline",
    [
        "LONDON (Reuters) - ",
        "(CNN) -- ",
        "Boston (CNN)",
        "WASHINGTON — ",
        "NEW YORK (AP) — ",
        "KYIV, Ukraine, Feb. 19 (AP) — ",
        "PARIS, Feb 19 - ",
        "ISLAMABAD: ",
        "NEW DELHI: ",
        "Nairobi -- ",
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(dateline):
    assert [line.text for line in lines(f"{dateline}The bridge is closed.")] == ["The bridge is closed."]


@pytest.mark.parametrize(
    "text",
    [
        "OMB (Office of Budget) Director Smith left.",
        "NATO - the alliance - met.",
        "A (b) c.",
        "The aim: PEACE: For all.",
    ],
)
def test_brackets_and_dashes_make_no_dateline(text):
    assert [line.text for line in lines(text)] == [text]


def test_sentences_inside_a_quotation_of_several_are_known():
    quoted = [line.quoted for line in lines("He wrote: «We go.\n\nNow we went.» It rained.", language="fr")]
    assert quoted[0] is False


def test_sentences_are_ranked_from_the_one_that_tells_the_headline():
    told = lines(
        "Winter is long in Kent. Ashford council will build a second bridge. Work begins soon.",
        title="Ashford builds second bridge",
    )
    assert [(line.rank, line.scene) for line in told] == [(3, True), (0, False), (1, False)]


def test_a_first_sentence_that_tells_a_little_of_the_headline_is_the_lead():
    told = lines("Ashford decides today. Ashford will build a second bridge.", title="Ashford builds second bridge")
    assert [line.rank for line in told] == [0, 1]


def test_an_abstract_stands_above_the_text():
    teaser = "Ashford has fought for ten years."
    abstract, *text = read_sentences([article("The bridge is very long. It is narrow.", teaser=teaser)])
    assert (abstract.text, abstract.place, abstract.rank) == (teaser, -1, 1)
    assert [(line.place, line.rank) for line in text] == [(0, 0), (1, 1)]
    assert [line.begins for line in (abstract, *text)] == [True, True, False]


@pytest.mark.parametrize(
    "teaser",
    ["", "The bridge is long. It is", "The bridge is long.", "The river has waited for", "Fought about for ten years"],
)
def test_a_teaser_that_is_a_piece_of_the_text_or_cut_off_is_no_abstract(teaser):
    told = read_sentences([article("The bridge is long. It is narrow. Nobody crosses it.", teaser=teaser)])
    assert [line.place for line in told] == [0, 1, 2]


def test_content_is_what_carries_meaning():
    [line] = lines("The council and the mayor were there.")
    assert content(line) == {"council", "mayor"}


@pytest.mark.parametrize("text", ["The bridge is long", "Is it?", "The bridge is ...", "It was opened by Dr.", "Why:"])
def test_a_heading_a_question_and_a_beginning_are_not_ended(text):
    assert not is_ended(text)
    assert is_ended(f"{text} They crossed it.")


TEASER = "The airport of Ashford opens again after its workers ended a strike"


def test_a_teaser_of_one_sentence_needs_no_stop():
    assert [line.ended for line in lines("", teaser=TEASER)] == [True]
    above, below = read_sentences([article("The bridge is very long. " * 9, teaser=TEASER)])[:2]
    assert (above.text, above.place, above.ended, below.ended) == (TEASER, -1, True, True)


@pytest.mark.parametrize(
    "teaser",
    [
        "All the news from Ashford",
        f"{TEASER} of the",
        f"{TEASER}…",
        f"{TEASER} [...]",
        f"{TEASER},",
        f"{TEASER} and Dr.",
        f"{TEASER}. Many passengers were glad about it and cheered",
        f"{TEASER}\n\nMany passengers were glad about it and cheered",
    ],
)
def test_a_heading_a_cut_teaser_and_one_of_several_sentences_need_theirs(teaser):
    assert not lines("", teaser=teaser)[-1].ended
