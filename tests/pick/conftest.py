"""Articles as `collect` hands them over, made in a line."""

from datetime import UTC, datetime, timedelta

import pytest

from digest.model import Article, SentArticle, Window

UNTIL = datetime(2026, 2, 19, tzinfo=UTC)

#: One event, told by three outlets in their own words, within a day.
QUAKE = (
    (
        "Strong earthquake strikes Lisbon, dozens injured",
        (
            "A strong earthquake of magnitude 6.1 struck Lisbon early on Tuesday. Dozens were injured as chimneys fell "
            "in the Alfama district, the Portuguese civil protection agency said."
        ),
    ),
    (
        "Dozens injured as earthquake shakes Lisbon",
        (
            "Dozens of people were injured when an earthquake of magnitude 6.1 shook Lisbon. Chimneys and walls fell "
            "in Alfama, Portuguese civil protection reported, and schools stay closed."
        ),
    ),
    (
        "Lisbon earthquake: dozens injured, schools closed",
        (
            "Schools in Lisbon stay closed after the magnitude 6.1 earthquake that injured dozens. The Portuguese "
            "government sent engineers to the Alfama district, where chimneys fell."
        ),
    ),
)

#: Another event of the same topic.
FLOOD = (
    "Typhoon floods leave thousands homeless in Manila",
    (
        "Thousands lost their homes in Manila when a typhoon brought three days of rain. Rescue boats reached Quezon "
        "City and the Philippine army handed out food."
    ),
)

#: What else the week brought.
ELSEWHERE = (
    ("Central bank holds interest rates", "Inflation slowed again and bankers see no reason to move before summer."),
    ("New telescope finds a distant galaxy", "Astronomers in Chile measured light older than any seen before."),
    ("Orchestra plays unknown Schubert march", "The manuscript lay in a Vienna attic for almost two centuries."),
    ("Cyclists ask for wider lanes", "The council of Ghent will vote on a plan for safer junctions next month."),
    ("Chess champion retires at thirty", "She leaves after eleven titles to teach mathematics in Tbilisi."),
    ("Bakers fear a poor harvest", "Wheat prices rose for the sixth week, and flour mills cut their shifts."),
)


@pytest.fixture(scope="session")
def until():
    return UNTIL


@pytest.fixture(scope="session")
def window():
    return Window(since=UNTIL - timedelta(days=7), until=UNTIL)


@pytest.fixture(scope="session")
def article():
    """article("herald", title=..., hours=5) → an article of The Herald, five hours before the end of the window."""

    def make(name, *, hours=24.0, **more):
        values = {
            "id": name,
            "source": f"https://{name}.example/feed",
            "publisher": name.title(),
            "title": f"Something about {name}",
            "url": f"https://{name}.example/1",
            "canonical": f"https://{name}.example/1",
            "published": UNTIL - timedelta(hours=hours),
        }
        return Article(**values | more)

    return make


@pytest.fixture(scope="session")
def sent_article():
    def make(name, **more):
        values = {
            "id": name,
            "canonical": f"https://{name}.example/1",
            "title": "",
            "lead": "",
            "issue": "0001-2026-02-12",
            "sent_on": (UNTIL - timedelta(days=7)).date(),
        }
        return SentArticle(**values | more)

    return make


@pytest.fixture(scope="session")
def prose():
    """prose("a", 80) → eighty words that no other letter's prose has."""

    def make(letter, words):
        return " ".join(f"{letter}{n}" for n in range(words))

    return make


@pytest.fixture(scope="session")
def elsewhere(article):
    return [article(f"else{n}", title=title, text=text) for n, (title, text) in enumerate(ELSEWHERE)]


@pytest.fixture(scope="session")
def quake(article):
    return [article(f"quake{n}", title=title, text=text, hours=24.0 + n) for n, (title, text) in enumerate(QUAKE)]


@pytest.fixture(scope="session")
def flood(article):
    title, text = FLOOD
    return article("flood", title=title, text=text, hours=25.0)
