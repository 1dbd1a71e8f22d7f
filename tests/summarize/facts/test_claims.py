"""Names, quotations and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarize.facts.claims import quotations, read_claims, verbatim, without_quotations


@pytest.mark.parametrize(
    ("sentence", "language", "names"),
    [
        ("President Joe R. Biden met NATO allies.", "en", [("president", "joe", "r", "biden"), ("nato",)]),
        ("The mayor of Port Elsin's board left.", "en", [("port", "elsin")]),
        ("According to police, Rosa van Engelby left.", "en", [("rosa",), ("engelby",)]),
        ("O'Neill and D’Souza met.", "en", [("oneill",), ("dsouza",)]),
        ("“Macron is right,” the minister said.", "en", []),
        ("Jean-Luc Ferry moved to Hallowby-on-Sea.", "en", [("jean", "luc", "ferry"), ("hallowby",), ("sea",)]),
        ("The US and MI5 use the iPhone.", "en", [("us",), ("mi5",), ("iphone",)]),
        ("Владимир Иванов прибыл в Москву.", "ru", [("владимир", "иванов"), ("москву",)]),
        ("The Élysée Palace.", "en", [("elysee", "palace")]),
    ],
)
def test_capitalised_words_are_names(sentence: str, language: str, names: list[tuple[str, ...]]) -> None:
    assert list(read_claims(sentence, language).names) == names


@pytest.mark.parametrize(
    "text",
    [
        'He said "it is done" twice.',
        "He said “it is done” twice.",
        "He said „it is done“ twice.",
        "He said «it is done» twice.",
        "He said »it is done« twice.",
        "He said ‘it is done’ twice.",
        "He said 'it is done' twice.",
        "He said 「it is done」 twice.",
    ],
)
def test_quotations_are_found_in_all_marks(text: str) -> None:
    assert list(quotations(text)) == [" it is done "]
    assert "done" not in without_quotations(text)


def test_apostrophes_quote_nothing() -> None:
    assert list(quotations("The dogs' owners didn't say it wasn't Rosa's.")) == []


def test_a_quotation_is_the_same_in_other_marks_dashes_case_and_accents() -> None:
    assert verbatim("Café – it’s  OK…") == verbatim("cafe - it's ok")


@given(st.text(max_size=200), st.sampled_from(["en", "de", "ru", "zh", "hi", ""]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    read_claims(text, language)
