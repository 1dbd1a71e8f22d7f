from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digest.model import Article, Picked, SentArticle, Why, Window
from digest.pick.picking import pick
from digest.settings import PickSettings, SectionSettings

UNTIL = datetime(2026, 2, 19, tzinfo=UTC)
WINDOW = Window(since=UNTIL - timedelta(days=7), until=UNTIL)


def article(name, *, title="", hours=24.0, **more):
    values = {
        "id": name,
        "source": f"https://{name}.example/feed",
        "publisher": name.title(),
        "title": title or f"Something about {name}",
        "url": f"https://{name}.example/1",
        "canonical": f"https://{name}.example/1",
        "published": UNTIL - timedelta(hours=hours),
    }
    return Article(**values | more)


def picked(*articles, sections=(), sent=(), **settings):
    return pick(articles, window=WINDOW, settings=PickSettings(**settings), sections=sections, sent=sent)


def test_every_article_is_in_a_story_or_dropped_with_a_sentence():
    articles = [article(f"a{i}", title=f"Title {i} of {i * 7}", hours=i * 9) for i in range(40)]

    result = picked(*articles, max_stories=5)

    told = [a.id for story in result.stories for a in story.articles]
    assert sorted(told + [d.article.id for d in result.dropped]) == sorted(a.id for a in articles)
    assert all(d.detail.endswith(".") for d in result.dropped)


def test_an_article_sent_before_is_not_sent_again():
    sent = SentArticle(
        id="x", canonical="https://a.example/1", title="", lead="", issue="0001-2026-02-12", sent_on=UNTIL.date()
    )

    result = picked(article("a"), sent=[sent])

    assert [d.why for d in result.dropped] == [Why.SENT_BEFORE]


def test_a_muted_word_keeps_an_article_out():
    result = picked(article("a", title="Your daily horoscope"), mute=["horoscope"])

    assert [d.why for d in result.dropped] == [Why.MUTED]


def test_a_story_knows_its_section_and_why():
    result = picked(
        article("a", title="Minister resigns after the election"),
        sections=[SectionSettings(name="World", keywords=("election",))],
    )

    assert result.stories[0].section == "World"
    assert "election" in result.stories[0].section_reason


def test_without_sections_the_catch_all_is_the_issue():
    articles = [article(f"a{i}", title=f"Title {i} of {i * 7}") for i in range(12)]

    assert len(picked(*articles).stories) == 12


def test_the_same_articles_in_any_order_give_the_same_stories(quake, elsewhere, flood):
    given = [*quake, *elsewhere, flood]
    sections = [SectionSettings(name="World", keywords=("earthquake", "typhoon"))]

    forth, back = picked(*given, sections=sections), picked(*reversed(given), sections=sections)

    assert forth.stories == back.stories
    assert {d.article.id: d.detail for d in forth.dropped} == {d.article.id: d.detail for d in back.dropped}


def test_an_event_is_one_story_and_its_score_says_how_many_tell_it(quake, elsewhere):
    first = picked(*quake, *elsewhere).stories[0]

    assert {a.id for a in first.articles} == {a.id for a in quake}
    assert "told by 3 publishers" in [term.detail for term in first.terms]
    assert first.score == sum(term.value for term in first.terms)


def test_an_article_sent_before_under_another_address_is_not_sent_again(quake):
    again = quake[0]
    sent = SentArticle(
        id="x",
        canonical="https://elsewhere.example/9",
        title=again.title,
        lead=again.text,
        issue="0001-2026-02-12",
        sent_on=UNTIL.date(),
    )

    result = picked(again, sent=[sent])

    assert [d.why for d in result.dropped] == [Why.SENT_BEFORE]
    assert "0001-2026-02-12" in result.dropped[0].detail


def test_a_copy_is_no_story_but_counts_as_coverage(quake):
    copy = replace(
        quake[0], id="copy", source="https://wire.example/feed", publisher="Wire", canonical="https://w.example"
    )

    result = picked(quake[0], copy)

    assert [d.why for d in result.dropped] == [Why.DUPLICATE]
    assert "copied by 1" in " ".join(term.detail for term in result.stories[0].terms)


def test_an_empty_week_gives_nothing():
    assert picked() == Picked(stories=(), dropped=())


def test_a_follow_up_with_nothing_new_is_out_and_one_with_news_names_the_earlier_story(quake, elsewhere):
    sent = SentArticle(
        id="x",
        canonical="https://elsewhere.example/9",
        title=quake[1].title,
        lead=quake[1].text,
        issue="0001-2026-02-12",
        sent_on=UNTIL.date(),
    )
    again = article(
        "again",
        title="Dozens injured after earthquake shakes Lisbon",
        text="Chimneys and walls fell in Alfama, and dozens of people were injured. Schools stay closed.",
    )

    result = picked(quake[0], *elsewhere, sent=[sent])
    assert [story.follows for story in result.stories if story.id == quake[0].id] == [sent]

    result = picked(again, *elsewhere, sent=[sent])
    assert [dropped.why for dropped in result.dropped if dropped.article.id == "again"] == [Why.NOTHING_NEW]


def test_progress_only_grows_and_ends_at_its_total(quake, elsewhere, flood):
    told = []
    pick(
        [*quake, *elsewhere, flood],
        window=WINDOW,
        settings=PickSettings(),
        sections=(),
        progress=lambda done, total: told.append((done, total)),
    )

    done = [one for one, _ in told]
    assert done == sorted(done)
    assert len(set(done)) > 3
    assert told[-1] == (10, 10)
    assert {total for _, total in told} == {10}
