import pytest

from digest.summarize.sentences.given_information import given_stems, opens_with_stranger


def given(*sentences, language="en"):
    return [set(one) for one in given_stems(sentences, language)]


def test_a_surname_is_taken_as_given_where_the_name_stood_in_full_before():
    told = given("Finance Minister Lars Klingbeil spoke.", "On Monday Klingbeil left.", "Lars Klingbeil is back.")
    assert told == [set(), {"klingbe"}, set()]


def test_a_name_that_never_stands_in_full_is_known_to_everybody():
    assert given("In Europe it rained.", "In Europe it snowed.") == [set(), set()]


def test_who_is_called_mr_or_ms_was_named_before_wherever_that_was():
    assert given("It rained.", "Mr Owen and Ms. Lee left.") == [set(), {"owen", "lee"}]
    assert given("Mr Owen left.") == [set()]
    assert given("Ann Miller came.", "Then Ms Miller left.")[1] == {"miller"}
    assert given("It rained.", "Ms Ann Miller left.")[1] == set()


def test_names_in_quotations_introduce_nobody():
    assert given("She said “Ann Miller left”.", "Then Miller came.")[1] == set()


def test_where_all_nouns_have_capitals_no_surname_is_known():
    assert given("Bürgermeisterin Ann Miller kam.", "Dann ging Miller.", language="de") == [set(), set()]


@pytest.mark.parametrize(
    "sentence", ["The proposed ban, they say, is new.", "The ban was lifted.", "The ban angered him."]
)
def test_the_ban_is_taken_as_given_where_a_ban_was_spoken_of(sentence):
    assert given("Spain wants a ban on phones.", sentence)[1] == {"ban"}


@pytest.mark.parametrize("sentence", ["The ban on silence was lifted.", "The flood was high.", "A ban was lifted."])
def test_what_says_which_or_is_new_takes_nothing_as_given(sentence):
    assert given("Spain wants a ban on phones.", sentence)[1] == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "Following an update to the chatbot in March, it rained.",
        "Kent has blocked the chatbot.",
        "A town sued the chatbot.",
    ],
)
def test_the_chatbot_is_taken_as_given_wherever_it_stands_behind_a_chatbot(sentence):
    assert given("Ashford built an AI chatbot that rhymes.", sentence)[1] == {"chatbot"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Kent has blocked the chatbot of Ashford.",
        "Kent has blocked the chatbot industry.",
        "Kent has a chatbot and loves the chatbot.",
        "“Block the chatbot,” said Kent.",
        "Kent has blocked the bridge.",
    ],
)
def test_what_says_which_chatbot_or_introduces_its_own_takes_nothing_as_given(sentence):
    assert given("Ashford built an AI chatbot that rhymes.", sentence)[1] == set()


def test_a_full_name_that_nothing_explains_is_a_strangers():
    assert opens_with_stranger("Ann Miller had spent 17 years abroad.", frozenset(), "en")
    for known in (
        "Ann Miller, the mayor, had spent 17 years abroad.",
        "Mayor Ann Miller had spent 17 years abroad.",
        "Voters chose Ann Miller.",
        "The Council had voted.",
        "White House officials had voted.",
    ):
        assert not opens_with_stranger(known, frozenset(), "en")
    assert not opens_with_stranger("Ann Miller had spent 17 years abroad.", frozenset({"miller"}), "en")
