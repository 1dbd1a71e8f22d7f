from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.prose.plaintext import clean_plaintext, unwrapped

SEEDS = Path(__file__).parents[3] / "../shared/data/seeds"

TITLE = "Saltmouth harbour freezes: Should the fishermen be worried?"
PROSE = [
    "The harbour of Saltmouth froze on Sunday for the first time in forty years, and nobody went out to fish.",
    "The ice is thick enough to walk on, said the harbour master, but she would not advise anybody to try it.",
    "Boats that were out in the night found shelter in the next bay and will stay there until the wind turns.",
    "“We have seen worse,” said Ada Pike, who has fished here since 1971. “But not often, and not in March.”",
]
REACTIONS = "What's Your Reaction?\n\nlike\n\ndislike\n\nlove\n\nfunny\n\nangry\n\nsad\n\nwow"
MENU = "Home\nNews\nSport\nWeather\nTravel\nVideo\nSign in\nSearch\nAbout us\n"


def paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def scraped(*body: str) -> str:
    """A file as the scraper of the seed leaves it."""
    header = f"{TITLE}\n\n{TITLE}\n\nSep 11, 2023\xa0-\xa017:30\n\xa00 \xa018\n{TITLE}\n\n"
    return header + "\n\n".join(body) + f"\n\nWith inputs from agencies\n\n{REACTIONS}"


def test_a_scraped_article_comes_out_with_its_title_once_and_its_paragraphs_whole():
    plain = clean_plaintext(scraped(*PROSE))

    assert plain.title == TITLE
    assert paragraphs(plain.text) == PROSE


def test_its_date_is_read_in_the_zone_of_the_newsletter():
    plain = clean_plaintext(scraped(*PROSE), zone=ZoneInfo("Asia/Kolkata"))

    assert plain.published is not None
    assert plain.published.moment.isoformat() == "2023-09-11T17:30:00+05:30"


def test_captions_credits_and_calls_are_taken_out_and_headings_stay():
    caption = "Boats in the ice of Saltmouth. It was the first time in forty years. File image/Reuters"
    plain = clean_plaintext(
        scraped(PROSE[0], caption, "A rare frost", PROSE[1], "Also read: Five winters to remember", PROSE[2])
    )

    assert paragraphs(plain.text) == [PROSE[0], "A rare frost", PROSE[1], PROSE[2]]
    assert plain.credits == (caption,)


def test_a_credit_stuck_to_a_paragraph_is_cut_off():
    long = " ".join(PROSE)
    plain = clean_plaintext(scraped(f"{long} File image/Reuters", f"{PROSE[0]} File photo: AP {PROSE[1]}"))

    assert paragraphs(plain.text) == [long, f"{PROSE[0]} {PROSE[1]}"]


def test_the_author_is_read_from_the_byline():
    plain = clean_plaintext(f"{TITLE}\n\nBy Jane Roe | 11 September 2023\n\n" + "\n\n".join(PROSE))

    assert plain.author == "Jane Roe"
    assert plain.published is not None
    assert paragraphs(plain.text) == PROSE


def test_of_a_whole_page_only_the_article_is_kept():
    page = (
        f"{TITLE} | The Gazette\n{MENU}{TITLE}\nBy Jane Roe\nPublished 11 September 2023, 17:30\nShare on Facebook\n"
        + "\n".join(PROSE)
        + f"\n3 comments\nNonsense. I walked over it only yesterday, and it broke.\n{MENU}© 2023 The Gazette"
    )
    plain = clean_plaintext(page)

    assert plain.title == TITLE
    assert plain.author == "Jane Roe"
    assert plain.published is not None
    assert plain.published.moment.isoformat() == "2023-09-11T17:30:00+00:00"
    assert paragraphs(plain.text) == PROSE


def test_a_box_of_links_within_a_page_s_article_is_left_out():
    box = "Related stories\nFive winters to remember in Saltmouth\nWhy harbours freeze and rivers do not\n"
    page = f"{TITLE}\n{MENU}{TITLE}\n{PROSE[0]}\n{PROSE[1]}\n{box}{PROSE[2]}\nA rare frost\n{PROSE[3]}\n{MENU}"

    assert paragraphs(clean_plaintext(page).text) == [*PROSE[:3], "A rare frost", PROSE[3]]


def test_a_page_in_another_language_needs_no_phrases():
    prose = [
        "Přístav ve Slaném Ústí v neděli poprvé po čtyřiceti letech zamrzl a nikdo nevyplul na moře.",
        "Led je dost silný, aby unesl člověka, řekla vedoucí přístavu, ale nikomu by to neradila zkoušet.",
        "Lodě, které byly v noci na moři, našly úkryt ve vedlejší zátoce a zůstanou tam, dokud se vítr neobrátí.",
    ]
    menu = "Domů\nZprávy\nSvět\nKultura\nSport\nPočasí\nPředplatné\nKontakty\nO nás\n"
    page = f"Přístav zamrzl - Noviny\n{menu}Přístav zamrzl\n" + "\n".join(prose) + f"\n{menu}"

    assert paragraphs(clean_plaintext(page).text) == prose


def test_lines_broken_to_fit_a_width_are_joined():
    broken = (
        "The harbour of Saltmouth froze on Sunday for the\nfirst time in forty years, and nobody went out to\nfish."
    )

    assert clean_plaintext(f"{TITLE}\n\n{broken}").text == PROSE[0]


def test_a_poem_and_a_list_keep_their_lines():
    poem = "The ice came in the night\nand held the boats\nas a hand holds a bird"
    items = "- rope for the small boats of the harbour\n- salt for the pier and for the steps\n- patience"

    assert unwrapped(f"{poem}\n\n{items}") == [*poem.splitlines(), *items.splitlines()]


def test_an_item_broken_to_fit_a_width_is_joined() -> None:
    items = "- rope for the small boats of the harbour, which\n  lie in the next bay\n- patience"
    assert unwrapped(f"Bring these with you\n{items}") == [
        "Bring these with you",
        "- rope for the small boats of the harbour, which lie in the next bay",
        "- patience",
    ]


def test_a_text_without_a_title_line_loses_nothing():
    assert clean_plaintext("\n\n".join(PROSE)).text == "\n\n".join(PROSE)
    assert clean_plaintext("\n\n".join(PROSE)).title == ""


def test_a_single_line_is_a_text_without_a_title():
    plain = clean_plaintext("A note to myself")

    assert (plain.title, plain.text) == ("", "A note to myself")


def test_an_empty_text_is_empty():
    assert clean_plaintext(" \n\n\t\n").text == ""


def test_the_list_at_the_end_of_an_honest_text_stays():
    text = f"{TITLE}\n\n{PROSE[0]}\n\nWhat to bring\n\n- rope\n- salt\n- patience"

    assert paragraphs(clean_plaintext(text).text) == [PROSE[0], "What to bring", "- rope", "- salt", "- patience"]


WORDS = st.sampled_from(
    [
        "ice",
        "harbour",
        "boat",
        "wind",
        "night",
        "rope",
        "salt",
        "bay",
        "fish",
        "pier",
        "the",
        "of",
        "and",
        "a",
        "in",
        "was",
    ]
)
SENTENCE = st.lists(WORDS, min_size=4, max_size=20).map(lambda words: " ".join(words).capitalize())
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map(lambda sentences: ". ".join(sentences) + ".")
HEADING = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: " ".join(words).capitalize())
LIST = st.lists(SENTENCE.map(lambda sentence: f"- {sentence}"), min_size=1, max_size=9).map("\n".join)


@given(title=HEADING, blocks=st.lists(st.one_of(PARAGRAPH, PARAGRAPH, HEADING, LIST), min_size=1, max_size=12))
def test_an_honest_text_comes_out_whole(title, blocks):
    """But for repetitions of its title, whatever headings, lists and paragraphs it is made of."""
    plain = clean_plaintext("\n\n".join([title, *blocks]))
    lines = [line for block in blocks for line in block.splitlines()]
    lines = [line for line in lines if line.strip("-. ").casefold() != title.casefold()]

    assert plain.title == title
    assert paragraphs(plain.text) == (lines or [""])


@given(st.text(max_size=2000))
def test_any_text_is_read(text):
    plain = clean_plaintext(text)

    assert all(paragraph == " ".join(paragraph.split()) for paragraph in paragraphs(plain.text))


def test_a_sentence_that_stands_there_twice_is_text_where_there_is_no_other():
    assert clean_plaintext(f"{PROSE[0]}\nVideo\n{PROSE[0]}").text.startswith(PROSE[0])


@given(st.lists(st.sampled_from([*PROSE, TITLE, *MENU.split("\n"), *REACTIONS.split("\n\n"), "0 18", ""]), max_size=60))
def test_a_text_with_prose_never_comes_out_empty(lines):
    text = "\n".join(lines)

    assert clean_plaintext(text).text or not set(lines) & set(PROSE)


@pytest.mark.data
@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the scraped articles of ../shared/data/seeds")
def test_a_real_scraped_article_comes_out_clean():
    [path] = SEEDS.glob("*.txt")
    raw = path.read_text()
    plain = clean_plaintext(raw)
    source = [" ".join(line.split()) for line in raw.splitlines()]

    assert plain.title == source[0]
    assert plain.title not in plain.text
    assert plain.published is not None
    assert plain.published.moment.isoformat() == "2023-09-11T17:30:00+00:00"
    assert [paragraph for paragraph in paragraphs(plain.text) if paragraph not in source] == []
    assert len(paragraphs(plain.text)) == 29
    for furniture in ("File image", "Also read", "Reaction", "wow", "inputs from"):
        assert furniture not in plain.text
