from digest.pick.events.evidence import gather
from digest.pick.events.vectors import term_vectors


def evidence_of(articles):
    return gather(articles, term_vectors(articles))


def pairs(evidence):
    return set(zip(evidence.first.tolist(), evidence.second.tolist(), strict=True))


def test_articles_more_than_three_days_apart_are_never_looked_at(article, quake):
    late = article("late", title=quake[0].title, text=quake[0].text, hours=24.0 + 80)

    assert pairs(evidence_of([quake[0], late])) == set()


def test_articles_that_share_no_telling_word_are_not_looked_at(article):
    one = article("one", title="Orchestra plays unknown march", url=None)
    other = article("other", title="Bakers fear poor harvest", url=None)

    assert pairs(evidence_of([one, other])) == set()


def test_the_third_article_like_both_is_their_bridge(quake):
    evidence = evidence_of(quake)

    assert pairs(evidence) == {(0, 1), (0, 2), (1, 2)}
    assert all(evidence.bridge > 0)


def test_where_much_is_alike_the_crowd_is_greater(quake, elsewhere):
    assert evidence_of(quake).crowd.min() > evidence_of(quake[:2]).crowd.max()


def test_what_could_be_the_same_event_is_a_rival(quake, elsewhere):
    alone, among = evidence_of([*quake[:2], *elsewhere]), evidence_of([*quake, *elsewhere])

    assert among.rivals.max() > alone.rivals.max()


def of_pairs(evidence, values):
    """Each pair → its value."""
    return dict(zip(zip(evidence.first.tolist(), evidence.second.tolist(), strict=True), values, strict=True))


def test_a_headline_counts_as_far_as_the_other_article_tells_of_it(article, quake, elsewhere):
    text = "Lisbon: an earthquake injures dozens and cuts the power."
    same = article("same", title="Earthquake injures dozens in Lisbon", text=text, url=None)
    aside = article("aside", title="Surgeons remember one long night", text=text, url=None)
    evidence = evidence_of([quake[0], same, aside, *elsewhere])

    headline = of_pairs(evidence, evidence.headline)
    assert headline[0, 1] > 0.5
    assert headline[0, 2] < 0.1


def test_two_that_begin_with_the_same_names_are_alike_in_names(article):
    text = "{} was condemned on Monday for what was said about immigrants."
    articles = [
        article(name, title="Remarks condemned", text=text.format(who), url=None)
        for name, who in (("a", "Senator Bob Miller"), ("b", "Lawmaker Bob Miller"), ("c", "Deputy Ann Hanson"))
    ]
    evidence = evidence_of(articles)

    names = of_pairs(evidence, evidence.names)
    assert names[0, 1] > 0.5 > names[0, 2]


def test_an_article_without_a_date_may_be_of_any_day(article, quake):
    undated = article("undated", title=quake[0].title, text=quake[0].text, hours=24.0 + 80, dated=False)

    assert pairs(evidence_of([quake[0], undated])) == {(0, 1)}


def test_no_articles_give_no_evidence():
    assert len(evidence_of([]).features()) == 0
