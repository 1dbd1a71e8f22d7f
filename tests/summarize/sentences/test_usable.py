import pytest

from digest.summarize.sentences.article_sentences import read_sentences
from digest.summarize.sentences.usable import is_talk_throughout, is_usable, leans, says_little
from tests.summarize.papers import article


def lines(text, title=""):
    return read_sentences([article(text, title=title)])


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
        "THE BRIDGE OF ASHFORD IS OPEN AGAIN.",
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


@pytest.mark.parametrize(
    "text", ["Not everything went to plan.", "The truth is far more detailed.", "That this works was well known."]
)
def test_a_sentence_that_only_leads_on_says_little(text):
    [line] = lines(text)
    assert says_little(line)


@pytest.mark.parametrize(
    "text",
    [
        "It cost 14 million pounds.",
        "She came to Ashford.",
        "Lorries crossed the narrow bridge and sank into the river.",
    ],
)
def test_a_name_a_figure_or_some_words_say_something(text):
    [line] = lines(text)
    assert not says_little(line)


def test_an_essay_is_talk_throughout_and_a_report_with_one_call_is_not():
    report = ["The council of Ashford voted on Monday.", "The bridge is long.", "Work begins in March."]
    essay = ["About a year ago I moved to Ashford.", "My bridge is long.", "Nobody crosses it."]
    assert is_talk_throughout(lines(" ".join(essay)))
    assert not is_talk_throughout(lines(" ".join(report)))
    assert not is_talk_throughout(lines(" ".join([*report, "Sign up for our newsletter about bridges."])))
