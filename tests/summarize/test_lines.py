from datetime import UTC, datetime

import pytest

from digest.model import Article
from digest.summarize.lines import HORIZON, content, is_usable, leans, read_lines, stems


def article(text, title="", language="en"):
    return Article(
        id="a" * 16,
        source="feed",
        publisher="Paper",
        title=title,
        url=None,
        canonical="file:a",
        published=datetime(2026, 2, 19, tzinfo=UTC),
        text=text,
        language=language,
    )


def lines(text, **values):
    return read_lines([article(text, **values)])


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


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is long and",
        "The bridge is long and...",
        "Is the bridge of Ashford long enough?",
        "The bridge is long.",
        "the bridge is long and narrow.",
        "3. The bridge is long and narrow.",
        "## The bridge is long and narrow.",
        "The bridge was opened by Dr.",
        "[The bridge of Ashford is long and narrow.]",
        "The bridge (of Ashford is long and narrow.",
    ],
)
def test_fragments_questions_and_items_of_lists_are_not_usable(text):
    assert not any(is_usable(line) for line in lines(text))


def test_a_whole_statement_is_usable_and_may_lean():
    first, second = lines("Ann Miller opened the long bridge. She had paid for it herself.")
    assert is_usable(first)
    assert is_usable(second)
    assert (leans(first), leans(second)) == (False, True)


def test_forms_of_a_word_have_a_stem_in_common():
    assert stems("bridges bridge bridging bridged") == ("bridg",) * 4


def test_content_is_what_carries_meaning():
    [line] = lines("The council and the mayor were there.")
    assert content(line) == {"council", "mayor"}
