import pytest

from digest.pick.forms import common_form, form_of

SAID = {
    "an advertisement": (
        "The 12 best early Prime Day deals",
        "Save 40% off this mattress",
        "Die besten Schnäppchen der Woche",
        "Les bons plans du week-end",
    ),
    "a quiz or puzzle": ("Quiz of The Week: 7 – 13 February", "Today's Wordle", "Das große Kreuzworträtsel"),
    "a horoscope": ("Horoscope for Tuesday", "Das Horoskop für heute", "L'oroscopo di oggi", "Гороскоп на неделю"),
    "a viewing guide or table": (
        "How to watch the Winter Olympics",
        "Medaillenspiegel: Norwegen vorn",
        "Dónde ver la final",
    ),
    "a list of links or a briefing": ("Weekly links", "Friday reads", "The week in science", "Revue de presse"),
    "a release note": ("Babashka 1.12.215: Revenge of the TUIs", "Ardour 8.12 released", "Release notes for spring"),
    "a part of a series": (
        "Bookshelf #17",
        "The boat, Part 3",
        "The keep: session 157",
        "Podcast Folge 12",
        "2026.07: Aggregators and AI",
    ),
    "pictures or a video": ("Photos of Lunar New Year", "Carnival in pictures", "Watch: crew docks", "Fotos del día"),
    "a running blog": (
        "Live: markets fall",
        "Oath-taking highlights: a new PM",
        "Opening ceremony as it happened",
        "Ukraine updates: Talks 'very tense'",
        "Liveticker zur Wahl",
        "Guerre en Ukraine, en direct",
    ),
    "an opinion": ("Opinion | The tide turns", "Kommentar: Zu spät", "Editorial: a poor deal"),
    "a list of tips": ("7 lessons I learned from editing", "5 consejos para viajar", "Best laptops for work in 2026"),
}
REPORTS = (
    "Ferry sinks off Rhodes, forty rescued",
    "US and Iran agree on guiding principles for deal",
    "Trump deals blow to trade talks",
    "Meeting on 17.02.2026 ends without result",
    "Part of bridge collapses in Genoa",
    "Police watch border after shooting",
    "Opinion polls put Labour ahead",
    "Five things happened at once in Lisbon",
    "28 killed in drone attack on market",
    "Germany inflation rises 2.1% at start of 2026",
    "Links between bank and minister found",
)


@pytest.mark.parametrize(("name", "title"), [(name, title) for name, titles in SAID.items() for title in titles])
def test_a_headline_tells_the_form(article, name, title):
    form = form_of(article("a", title=title, url=None))

    assert form is not None
    assert form.name == name


@pytest.mark.parametrize("title", REPORTS)
def test_a_headline_of_news_is_of_no_form(article, title):
    assert form_of(article("a", title=title, url=None)) is None


def test_a_part_of_the_address_tells_the_form_in_any_language(article):
    form = form_of(article("a", title="Масленица", url="https://example.org/videos/c9"))

    assert form is not None
    assert form.name == "pictures or a video"


def test_a_story_with_one_report_is_of_no_form(article):
    gallery, report = article("a", title="Carnival in pictures"), article("b", title="Carnival begins in Rio")

    assert common_form([gallery, report]) is None
    assert common_form([gallery]) == form_of(gallery)


def test_a_story_of_several_forms_is_of_the_one_that_costs_least(article):
    quiz, gallery = article("a", title="Quiz on the carnival"), article("b", title="Carnival in pictures")

    assert common_form([quiz, gallery]) == form_of(gallery)
