from datetime import UTC, datetime

from digest.model import Article
from digest.summarize.choosing.candidates import candidates
from digest.summarize.sentences.article_sentences import read_sentences
from digest.text.stems import stems

LEAD = "The council of Ashford voted on Monday to build a second bridge."
LONG = "Mayor Ann Miller, who has asked for it for eleven years, said that it would cost 14 million pounds."


def article(text, title="", name="a"):
    return Article(
        id=name * 16,
        source="feed",
        publisher="Paper",
        title=title,
        url=None,
        canonical=f"file:{name}",
        published=datetime(2026, 2, 19, tzinfo=UTC),
        text=text,
        language="en",
    )


def pool(*articles, words=60, repeating=False):
    headlines = [stems(one.title) for one in articles]
    return candidates(read_sentences(articles), headlines, words=words, repeating=repeating)


def texts(found):
    return [one.sentence.text for one in found]


def test_usable_sentences_are_candidates_in_the_order_of_their_articles():
    assert texts(pool(article(f"{LEAD} Why?"), article(LONG, name="b"))) == [LEAD, LONG]


def test_what_the_headline_says_is_a_candidate_only_where_it_may_be_repeated():
    one = article(f"{LEAD} {LONG}", title="Council of Ashford votes to build second bridge on Monday")
    assert texts(pool(one)) == [LONG]
    assert texts(pool(one, repeating=True)) == [LEAD, LONG]


def test_where_all_that_fit_lean_one_that_is_too_long_is_better():
    assert texts(pool(article(f"{LONG} She was elected in 2014."), words=10)) == [LONG]


def test_talk_leans_but_for_the_first_usable_sentence():
    talk = pool(article("Hello! I live by the river Stour. The bridge is long and narrow. I cross it every day."))
    assert [one.leans for one in talk] == [False, False, True]


def test_a_surname_is_unmet_unless_the_headline_has_it():
    text = f"{LONG} On Monday Miller opened it."
    assert pool(article(text))[1].unmet == {"miller"}
    assert pool(article(text, title="Miller builds"))[1].unmet == set()
