from dataclasses import replace
from datetime import UTC, date, datetime

from digest.issue.fates import fates
from digest.model import Article, Collection, Dropped, Issue, Item, Picked, Section, Story, Term, Why, Window

NOW = datetime(2026, 2, 19, tzinfo=UTC)


def article(number):
    return Article(
        id=f"{number:016x}",
        source="feed",
        publisher="Paper",
        title=f"Title {number}",
        url=None,
        canonical=f"file:{number}",
        published=NOW,
        text="Some words of it.",
    )


FIRST = Story(
    articles=(article(1), article(2)),
    section="Local",
    score=2.0,
    terms=(Term(name="recency", value=2.0),),
    section_reason="its source is local",
)
SECOND = Story(articles=(article(3),), section="World", score=1.0)
PICKED = Picked(
    stories=(FIRST, SECOND),
    dropped=(Dropped(article=article(4), why=Why.BELOW_CUT, detail="0.4 is too low", score=0.4),),
)
COLLECTION = Collection(
    window=Window(since=NOW, until=NOW),
    articles=(),
    sources=(),
    dropped=(Dropped(article=article(5), why=Why.OUTSIDE_WINDOW),),
)


def issue(*sections):
    return Issue(
        number=1,
        date=date(2026, 2, 19),
        newsletter="N",
        language="en",
        subject="S",
        preheader="",
        introduction="",
        sections=sections,
        reading_minutes=1,
    )


def item(story):
    return Item(id=story.id, headline="H", url=None, publisher="", published=None, sentences=())


def test_every_article_has_one_fate_and_those_of_the_issue_come_first():
    told = fates(COLLECTION, PICKED)
    assert [(fate.title, fate.fate) for fate in told] == [
        ("Title 1", "in"),
        ("Title 2", "also"),
        ("Title 3", "in"),
        ("Title 4", "out"),
        ("Title 5", "out"),
    ]


def test_a_fate_says_why():
    lead, other, _, below, outside = fates(COLLECTION, PICKED)
    assert (lead.section, lead.detail, lead.score, lead.terms) == ("Local", "its source is local", 2.0, FIRST.terms)
    assert (other.story, other.detail) == (FIRST.id, 'covered by "Title 1"')
    assert (below.why, below.detail, below.score) == (Why.BELOW_CUT, "0.4 is too low", 0.4)
    assert outside.why == Why.OUTSIDE_WINDOW


def test_a_story_that_the_editor_dropped_is_out_with_all_its_articles():
    told = fates(COLLECTION, PICKED, issue(Section(title="World", items=(item(SECOND),))))
    assert [(fate.title, fate.fate, fate.why) for fate in told[:3]] == [
        ("Title 3", "in", ""),
        ("Title 1", "out", "dropped by the editor"),
        ("Title 2", "out", "dropped by the editor"),
    ]


def test_a_story_that_the_editor_moved_is_in_its_new_section():
    told = fates(COLLECTION, PICKED, issue(Section(title="Elsewhere", items=(item(FIRST), item(SECOND)))))
    assert told[0].section == "Elsewhere"


def test_of_an_article_in_the_issue_enough_is_kept_to_know_its_next_letter_from_it():
    long = replace(article(1), text="word " * 900)
    outside = Dropped(article=replace(article(2), text="word " * 900), why=Why.BELOW_CUT)
    picked = replace(PICKED, stories=(replace(SECOND, articles=(long,)),), dropped=(outside,))

    inside, out, _ = fates(COLLECTION, picked)

    assert (len(inside.lead.split()), len(out.lead.split())) == (300, 100)
    assert (
        len(
            fates(
                COLLECTION, replace(picked, stories=(replace(SECOND, articles=(replace(long, text="字" * 9_000),)),))
            )[0].lead
        )
        == 3_000
    )
