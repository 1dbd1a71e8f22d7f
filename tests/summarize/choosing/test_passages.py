from digest.summarize.choosing.passages import length, makeshift, opening
from digest.summarize.sentences.article_sentences import read_sentences
from tests.summarize.papers import article

FIRST = "About a year ago I moved to Ashford to write a book about bridges."
SECOND = "But the river Stour is loud, and nobody sleeps."


def lines(text, **values):
    return read_sentences([article(text, **values)])


def told(text, words=60, **values):
    return [line.text for line in opening(lines(text, **values), words)]


def test_an_opening_goes_on_as_long_as_there_is_room():
    assert told(f"Why? {FIRST} {SECOND} {FIRST}", words=25) == [FIRST, SECOND]


def test_it_may_begin_with_a_few_words():
    assert told(f"Bridges are loud. {SECOND}") == ["Bridges are loud.", SECOND]


def test_it_does_not_begin_with_the_headline():
    assert told(f"My bridge, my river! {FIRST}", title="My bridge, my river") == [FIRST]


def test_it_does_not_begin_with_what_leans_on_a_sentence_that_is_left_out():
    leaning = "This is only the latest of many floods that keep the town awake."
    assert told(f"Earlier today the river Stour rose again. {leaning} {FIRST}") == [FIRST]


def test_it_ends_before_a_heading_a_question_or_a_call():
    for end in ("The rules", "Who sleeps?", "Subscribe to our newsletter."):
        assert told(f"{FIRST}\n\n{end}\n\n{SECOND}") == [FIRST]


def test_it_ends_with_a_fact_and_with_no_open_quotation():
    assert told(f"{FIRST} {SECOND} That was it.") == [FIRST, SECOND]
    assert told(f"{FIRST} “Look. {SECOND}") == [FIRST]


def test_an_abstract_that_says_enough_is_told_instead():
    abstract = "A writer fights with ten thousand frogs for one night of rest in the hills of Kent."
    assert told(f"{FIRST} {SECOND}", teaser=abstract) == [abstract]
    assert told(f"{FIRST} {SECOND}", teaser="Frogs are loud.") == [FIRST, SECOND]


def test_the_makeshift_is_the_first_that_says_something_and_asks_nothing():
    assert [line.text for line in makeshift(lines("Why is it loud? the river Stour sings"))] == [
        "the river Stour sings"
    ]
    assert makeshift(lines("Why is it loud? “Should I move to Ashford?”")) == []
    assert makeshift(lines("Introduction")) == []


def test_the_makeshift_is_no_cut_off_sentence_if_there_is_another():
    cut = "the river of Ashford sings to […]"
    assert [line.text for line in makeshift(lines(f"{cut}\n\nthe river Stour sings"))] == ["the river Stour sings"]
    assert [line.text for line in makeshift(lines(cut))] == [cut]


def test_length_is_counted_in_words():
    assert length(lines("The river is loud. Nobody sleeps.")) == 6


def test_the_makeshift_is_nothing_that_leads_up_to_a_list_nor_a_short_item() -> None:
    assert makeshift(lines("What Ashford wants:\n- a bridge of stone\n- a ferry")) == []
    song = "the river Stour sings to all who sleep"
    assert [line.text for line in makeshift(lines(f"- a bridge\n- a ferry\n\n{song}"))] == [song]
    assert makeshift(lines("12. The Stour - Night\n\nfolk, sea songs")) == []


def test_of_a_list_alone_the_makeshift_is_the_first_item_without_its_mark() -> None:
    items = "• Ashford’s mayor denies that she ever called the bridge an enemy\n• The river rises"
    assert [line.text for line in makeshift(lines(items))] == [items.partition("\n")[0].removeprefix("• ")]
