from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.prose.furniture import Furniture, author_in, furniture_of, is_prose, split_credit, word_count


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Also read: The harbour froze before: five winters to remember", Furniture.CALL),
        ("READ MORE: Ice on the river", Furniture.CALL),
        ("Lesen Sie auch: Eis auf dem Fluss", Furniture.CALL),
        ("À lire aussi Le port est pris par les glaces", Furniture.CALL),
        ("Leia também | O porto congelou", Furniture.CALL),
        ("Читайте также: Лёд на реке", Furniture.CALL),
        ("यह भी पढ़ें: बर्फ", Furniture.CALL),
        ("Related stories", Furniture.CALL),
        ("[Related: Ice on the river]", Furniture.CALL),
        ("A fisherman on the ice. File image/Reuters", Furniture.CREDIT),
        ("A fisherman on the ice last week. It broke an hour later. File image/KCNA/Reuters", Furniture.CREDIT),
        ("A fisherman on the ice (AP Photo/Jane Roe)", Furniture.CREDIT),
        ("Photo: Jane Roe", Furniture.CREDIT),
        ("Foto: Jane Roe/dpa", Furniture.CREDIT),
        ("Image copyright Getty Images", Furniture.CREDIT),
        ("Sign up for our newsletter and get the day's news every morning.", Furniture.PROMOTION),
        ("Follow us on Twitter and Facebook", Furniture.LABEL),
        ("With inputs from agencies", Furniture.WIRE),
        ("(Reporting by Jane Roe; Editing by John Doe)", Furniture.WIRE),
        ("Jane Roe contributed to this report.", Furniture.WIRE),
        ("What’s Your Reaction?", Furniture.LABEL),
        ("like dislike love funny angry sad wow", Furniture.LABEL),
        ("Share on Facebook", Furniture.LABEL),
        ("Tags: ice, harbour, winter", Furniture.LABEL),
        ("0 18", Furniture.COUNTER),
        ("3,409 views", Furniture.COUNTER),
        ("5 min read", Furniture.COUNTER),
        ("Sep 11, 2023 - 17:30", Furniture.DATE),
        ("Published: 11 September 2023, 17:30 IST | Updated: 12 September 2023, 08:00 IST", Furniture.DATE),
        ("3 hours ago", Furniture.DATE),
        ("vor 3 Stunden", Furniture.DATE),
        ("By Jane Roe", Furniture.BYLINE),
        ("Von Jane Roe", Furniture.BYLINE),
        ("Comments (12)", Furniture.COMMENTS),
        ("Leave a Reply", Furniture.COMMENTS),
        ("© 2023 The Gazette. All rights reserved.", Furniture.LEGAL),
    ],
)
def test_furniture_is_known_by_its_phrases(line, kind):
    assert furniture_of(line) is kind


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by night is hard, she said, and the editing by day is no easier.",
        "First published in 1926, the novel was a success.",
        "He wanted to improve the country's image - and his own.",
        "The company lost two million subscribers on Monday.",
        "She said on Twitter: the deal is dead.",
        "By the numbers",
        "By 2030, all of them will be electric",
        "Related work",
        "More on Monday than on Tuesday",
        "Watch the sea",
        "Read more books this year",
        "The copyright law of the European Union is new, and so is the privacy policy of the company.",
        "What do you think will happen next?",
        "On 11 September 2023 the harbour froze, and nobody went out.",
        "Three hours ago the harbour froze for the first time in forty years.",
        "Photo editing is an art that takes years to learn.",
        "Like a rolling stone",
        "Comments by the minister were cut out of the broadcast.",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_none(line):
    assert furniture_of(line) is None


def test_a_paragraph_is_never_furniture():
    assert furniture_of("Also read: " + "word " * 60 + "end.") is None


def test_a_credit_is_cut_off_a_long_paragraph():
    paragraph = "The harbour froze on Sunday. " * 13

    assert split_credit(f"{paragraph}File photo: Reuters") == (paragraph.strip(), "File photo: Reuters")


def test_a_caption_goes_with_its_credit():
    assert split_credit("A man on the ice. File image/Reuters") == ("", "File image/Reuters")


def test_a_credit_between_two_sentences_is_cut_out():
    paragraph = "The harbour froze on Sunday. File image/Reuters Nobody went out to fish."

    assert split_credit(paragraph) == ("The harbour froze on Sunday. Nobody went out to fish.", "")


@pytest.mark.parametrize(
    "paragraph",
    [
        "The photo/video app of the company was sold.",
        "He told Reuters/AFP nothing new.",
        "She looked at the picture: it was a fake.",
        "The harbour (see image 3) froze.",
    ],
)
def test_a_paragraph_about_pictures_stays_whole(paragraph):
    assert split_credit(paragraph) == (paragraph, "")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Roe | Special to the Gazette", "Jane Roe"),
        ("Text: Jane Roe·11 October 2018", ""),
        ("Von Jane Roe, Hamburg", "Jane Roe"),
        ("By the sea", ""),
    ],
)
def test_the_author_is_the_name_in_a_byline(line, author):
    assert author_in(line) == author


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("The harbour froze over on Sunday.", True),
        ("“The harbour froze over on Sunday,” she said.", True),
        ("港は四十年ぶりに日曜日に凍り、漁に出た人は誰もいなかった。", True),
        ("बंदरगाह रविवार को चालीस साल में पहली बार जम गया।", True),
        ("He took with him what he had at home:", True),
        ("Frozen harbour", False),
        ("Home News Sport Weather Travel Video", False),
        ("Go out.", False),
    ],
)
def test_prose_is_made_of_sentences(line, prose):
    assert is_prose(line) is prose


@given(st.text())
def test_any_line_is_judged(line):
    assert furniture_of(line) is None or word_count(line) <= 60 or not any(c.isalpha() for c in line)
    assert len(split_credit(line)[0]) <= len(line)


@pytest.mark.parametrize(
    "unit", ["a ", " ", "(", "/AP", "photo: ", "by By ", "1 ", "comments ", "like ", "Also read: ", "@a"]
)
def test_a_hostile_line_is_judged_as_fast_as_another(unit):
    # A pattern that backtracks would run for hours.
    furniture_of(unit * 2000)
    split_credit(unit * 20_000)
