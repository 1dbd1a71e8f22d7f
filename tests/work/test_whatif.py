"""What would have changed an issue, held to what does: each change is really made, and the stories picked again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from digest.issue.archive import Archive
from digest.issue.ballot import Ballot, ballot_of
from digest.model import Article, Picked, Why, Window
from digest.pick.picking import pick
from digest.settings import PickSettings, Settings
from digest.work.whatif import Change, Choice, full_sections, to_get_in, to_get_out, together_in

UNTIL = datetime(2026, 2, 19, 6, tzinfo=UTC)
WINDOW = Window(since=UNTIL - timedelta(days=7), until=UNTIL)
SOURCES = {"gazette": 1.0, "herald": 1.0, "courier": 2.0, "observer": 0.5, "listed": 1.0}
SETTINGS = Settings.model_validate(
    {
        "newsletter": {"title": "T", "sender": "a@example.org"},
        "sources": [{"feed": name, "weight": weight} for name, weight in SOURCES.items() if name != "listed"]
        + [{"opml": "list.opml"}],
        "sections": [{"name": "World", "keywords": ["treaty", "summit"], "max_stories": 3}, {"name": "Science"}],
        "pick": {"max_stories": 8, "per_source": 3, "per_section": 4, "boost": ["harbour"]},
    }
)


CHOSEN_AGAINST = {Why.BELOW_CUT, Why.SECTION_CAP, Why.SOURCE_CAP, Why.TOPIC_CAP, Why.TOO_WEAK}


def week(seed: int, size: int = 34) -> list[Article]:
    """Articles of five sources: some on one event, some on one subject, some with words of the owner's."""
    chance = random.Random(seed)  # noqa: S311 -- no secret
    words = [
        f"{a}{b}{c}" for a in ("bar", "lin", "mor", "tes") for b in "aeiou" for c in ("ka", "ro", "st", "nd", "mi")
    ]
    events = [chance.sample(words, 14) for _ in range(size * 3)]
    articles = []
    for number in range(size):
        event = chance.choice(events)
        title = [*chance.sample(event, 4), f"only{number}x", *chance.choice(([], [], ["treaty"], ["harbour"]))]
        text = " ".join(
            chance.choice(event if chance.random() < 0.6 else words) for _ in range(chance.choice((20, 160)))
        )
        articles.append(
            Article(
                id=f"{number:016x}",
                source=(source := chance.choice([*SOURCES])),
                publisher=source.title(),
                title=" ".join(title).capitalize(),
                url=f"https://{source}.example/{number}",
                canonical=f"https://{source}.example/{number}",
                published=UNTIL - timedelta(hours=chance.uniform(0, 160)),
                text=text,
                section=chance.choice((None, None, None, "Science", "Odds")),
                weight=SOURCES[source],
                language="en",
            )
        )
    return articles


def picked_with(articles: Sequence[Article], settings: Settings) -> Picked:
    return pick(articles, window=WINDOW, settings=settings.pick, sections=settings.sections)


def really(change: Change, articles: list[Article], settings: Settings) -> Picked:
    """Pick again with a change made to the settings themselves."""
    if change.table == "sources":
        weight = float(change.value)
        return picked_with([replace(a, weight=weight) if a.source == change.of else a for a in articles], settings)
    return picked_with(articles, changed(change, settings))


def changed(change: Change, settings: Settings) -> Settings:
    if change.table == "sections":
        sections = [
            section.model_copy(update={change.key: change.value} if section.name == change.of else {})
            for section in settings.sections
        ]
        return settings.model_copy(update={"sections": tuple(sections)})
    value = (*getattr(settings.pick, change.key), change.value) if isinstance(change.value, str) else change.value
    return settings.model_copy(update={"pick": settings.pick.model_copy(update={change.key: value})})


def held(picked: Picked) -> set[str]:
    return {article.id for story in picked.stories for article in story.articles}


def ballot(articles: Sequence[Article], settings: Settings = SETTINGS) -> Ballot:
    return ballot_of(picked_with(articles, settings), window=WINDOW, settings=settings)


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 6])
@pytest.mark.parametrize("usual", [{}, {"per_section": 4}])
def test_the_number_that_a_full_section_is_told_makes_room_for_as_many_as_is_told(seed: int, usual) -> None:
    settings = SETTINGS.model_copy(update={"pick": PickSettings(max_stories=8, **usual)})
    articles = [replace(article, section="World") if n % 2 else article for n, article in enumerate(week(seed))]
    before = sum(story.section == "World" for story in picked_with(articles, settings).stories)

    [(more, change)] = [told for told in full_sections(Choice(ballot(articles, settings))) if told[1].of == "World"]

    after = picked_with(articles, changed(change, settings))
    assert sum(story.section == "World" for story in after.stories) == before + more
    assert change.value == before + more


@pytest.mark.parametrize("seed", range(2))
def test_the_choice_made_again_is_the_choice_that_was_made(seed: int) -> None:
    articles = week(seed)
    picked = picked_with(articles, SETTINGS)

    again = Choice(ballot(articles)).made_again()

    assert [[a.id for a in story.articles] for story in again or ()] == [
        [a.id for a in s.articles] for s in picked.stories
    ]
    assert [story.score for story in again or ()] == pytest.approx([story.score for story in picked.stories])


@pytest.mark.parametrize("seed", range(2))
def test_what_would_bring_an_article_in_does(seed: int) -> None:
    articles = week(seed)
    picked = picked_with(articles, SETTINGS)
    choice, tried = Choice(ballot(articles)), Counter()
    chosen_against = [dropped.article.id for dropped in picked.dropped if dropped.why in CHOSEN_AGAINST]

    for article in chosen_against[::2]:
        changes = to_get_in(choice, article)
        for change in changes:
            assert article in held(really(change, articles, SETTINGS)), (article, str(change))
            tried[change.key] += 1

    assert len(tried) > 1


@pytest.mark.parametrize("seed", range(2))
def test_what_would_keep_an_article_out_does(seed: int) -> None:
    articles = week(seed)
    picked = picked_with(articles, SETTINGS)
    choice, tried = Choice(ballot(articles)), Counter()

    for article in held(picked):
        for change in to_get_out(choice, article):
            assert article not in held(really(change, articles, SETTINGS)), (article, str(change))
            tried[change.key] += 1

    assert len(tried) > 1


@pytest.mark.parametrize("seed", range(2))
def test_numbers_that_bring_an_article_in_together_do(seed: int) -> None:
    articles, tried = week(seed), 0
    choice = Choice(ballot(articles))
    out = {article.id for article in articles} - held(picked_with(articles, SETTINGS))

    for article in sorted(out)[::2]:
        together = together_in(choice, article)
        settings = SETTINGS
        for change in together:
            settings = changed(change, settings)
        assert not together or article in held(picked_with(articles, settings)), (article, [*map(str, together)])
        tried += len(together) > 1

    assert tried > 1


def test_a_weight_that_is_told_does_what_is_told() -> None:
    articles = week(1)
    choice = Choice(ballot(articles))
    inside = held(picked_with(articles, SETTINGS))
    changes = (
        (article.id, change)
        for article in articles
        for change in (to_get_out if article.id in inside else to_get_in)(choice, article.id)
        if change.key == "weight"
    )

    tried = [*islice(changes, 4)]

    assert len(tried) > 1
    for article, change in tried:
        assert (article in held(really(change, articles, SETTINGS))) != (article in inside), (article, str(change))


def test_the_nearest_value_is_told() -> None:
    articles = week(0)
    out = {article.id for article in articles} - held(picked_with(articles, SETTINGS))
    choice = Choice(ballot(articles))
    changes = ((article, change) for article in sorted(out) for change in to_get_in(choice, article))

    article, change = next((article, change) for article, change in changes if change.key == "max_stories")

    less = replace(change, value=float(change.value) - 1)
    assert article in held(really(change, articles, SETTINGS))
    assert article not in held(really(replace(less, value=int(less.value)), articles, SETTINGS))


def test_a_source_of_a_list_has_no_weight_to_change() -> None:
    articles = week(1)
    choice = Choice(ballot(articles))

    changes = [change for article in articles[::2] for change in to_get_in(choice, article.id)]

    assert "listed" not in {change.of for change in changes}
    assert {change.of for change in changes if change.key == "weight"}


def test_what_the_owner_picked_stays_in() -> None:
    articles = [replace(article, pinned=number == 0) for number, article in enumerate(week(2))]

    assert to_get_out(Choice(ballot(articles)), articles[0].id) == ()


def test_an_article_that_was_never_a_candidate_is_not_brought_in() -> None:
    assert to_get_in(Choice(ballot(week(3))), "unicorn") == ()
    assert to_get_out(Choice(ballot(week(3))), "unicorn") == ()


def test_without_sections_the_issue_is_one() -> None:
    settings = SETTINGS.model_copy(update={"sections": ()})
    articles = week(0)
    picked = picked_with(articles, settings)
    choice = Choice(ballot(articles, settings))
    below = [dropped.article.id for dropped in picked.dropped if dropped.why == Why.BELOW_CUT]

    for article in below[:5]:
        for change in to_get_in(choice, article):
            assert article in held(really(change, articles, settings)), str(change)


def test_a_ballot_is_the_same_from_disk(tmp_path) -> None:
    cast = ballot(week(0))
    archive = Archive(tmp_path)

    archive.save_ballot("0001-2026-02-19", cast)

    assert archive.load_ballot("0001-2026-02-19") == replace(
        cast, near=tuple(tuple(map(float, near)) for near in cast.near)
    )
    assert archive.load_ballot("0002-2026-02-26") is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(table="pick", key="max_stories", value=23), "max_stories = 23"),
        (Change(table="pick", key="boost", value="ferry"), '"ferry" in boost'),
        (
            Change(table="sources", key="weight", value=1.4, of="x", called="The Gazette"),
            "weight = 1.4 for The Gazette",
        ),
        (Change(table="sections", key="max_stories", value=4, of="World"), "max_stories = 4 for the section World"),
    ],
)
def test_a_change_is_said_as_it_is_written(change: Change, words: str) -> None:
    assert str(change) == words
