from dataclasses import replace
from itertools import permutations

import pytest

from digest.pick.events.vectors import term_vectors
from digest.pick.ranking.lead import with_lead_first


def lead(*articles):
    return with_lead_first(articles, term_vectors(articles).rows)[0].id


def test_the_owners_weight_decides_first(article):
    dear = article("dear", weight=2.0, url=None, hours=1)

    assert lead(article("plain", text="A full text of it. " * 20, hours=9), dear) == "dear"


def test_an_article_that_can_be_opened_leads_one_without_a_link(article):
    closed = article("closed", url=None, text="A full text of it. " * 20, hours=9)

    assert lead(closed, article("open", text="A few words.", hours=1)) == "open"


def test_an_article_with_less_than_half_of_the_fullest_text_does_not_lead(article):
    thin = article("thin", text="word " * 40, hours=9)

    assert lead(thin, article("full", text="word " * 100, hours=1)) == "full"


def test_a_report_of_the_day_before_does_not_lead_what_the_others_tell_today(article):
    before = article("before", text="word " * 100, hours=30)
    today = [article("noon", text="word " * 30, hours=8), article("evening", text="word " * 30, hours=2)]

    assert lead(before, *today) == "noon"


def test_a_late_comment_does_not_make_old_what_everybody_tells(article):
    reports = [article("first", text="word " * 100, hours=30), article("second", text="word " * 90, hours=29)]

    assert lead(*reports, article("comment", text="word " * 30, hours=1)) == "first"


def test_of_two_the_later_one_need_be_no_newer_state_of_things(article):
    report, feature = article("report", text="word " * 90, hours=30), article("feature", text="word " * 100, hours=2)

    assert lead(feature, report) == "report"


def test_without_dates_none_is_behind(article):
    unknown = article("unknown", text="word " * 100, hours=30, dated=False)

    today = [article("today", text="word " * 30, hours=2), article("now", text="word " * 30, hours=1)]

    assert lead(unknown, *today) == "unknown"


def test_beyond_enough_text_more_of_it_makes_no_better_lead(article):
    earlier = article("earlier", text="word " * 700, hours=9)

    assert lead(article("endless", text="word " * 9_000, hours=1), earlier) == "earlier"


def test_an_aside_does_not_lead_what_the_others_tell(article, quake):
    aside = article("aside", title="What my grandmother cooked in Lisbon", text="Soup, mostly. " * 12, hours=99)

    assert lead(aside, *quake) != "aside"


def test_the_earlier_one_leads_where_all_else_is_equal(article):
    assert lead(article("late", title="Same", hours=1), article("early", title="Same", hours=9)) == "early"


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_order_given_changes_nothing_and_nothing_is_lost(quake, order):
    articles = [quake[i] for i in order]

    assert with_lead_first(articles, term_vectors(articles).rows) == with_lead_first(quake, term_vectors(quake).rows)
    assert {a.id for a in with_lead_first(articles, term_vectors(articles).rows)} == {a.id for a in quake}


def test_a_single_article_leads(article):
    assert lead(article("alone")) == "alone"


def test_what_is_announced_does_not_lead_once_another_reports_it(article):
    told = "The talks in Geneva are held at the hotel of the delegations. "
    ahead = article("ahead", title="Expectations are low for the talks in Geneva", text=told * 9, hours=9)
    report = article("report", title="The talks in Geneva go on", text=told, hours=2)

    assert lead(ahead, report) == "report"
    assert lead(ahead, replace(report, published=ahead.published)) == "ahead"
    assert lead(ahead, replace(report, title="The talks in Geneva to resume")) == "ahead"
