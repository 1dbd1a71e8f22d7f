"""Teasers beside full reports."""

from digest.pick.events.teasers import of_another_event

REPORT = "The council of Ashford voted on Monday to build a second bridge over the Stour. " * 15


def told_apart(*articles):
    [found] = of_another_event(articles, [(0, 1)])
    return found


def test_a_report_that_does_not_say_what_a_teasers_headline_says_tells_another_event(article):
    report = article("report", title="Second bridge for Ashford", text=REPORT)
    teaser = article("teaser", title="Charting the rise of Ashford's ferry", teaser="How the ferry came to the Stour.")
    assert told_apart(report, teaser)
    assert told_apart(teaser, report)


def test_a_report_of_what_a_teaser_announces_may_tell_the_same(article):
    report = article("report", title="Ashford decides", text=REPORT)
    assert not told_apart(report, article("teaser", title="Council votes for bridge", teaser="In Ashford."))


def test_two_teasers_or_two_reports_are_not_judged(article):
    teaser = article("teaser", title="Charting the rise of the ferry", teaser="How it came.")
    assert not told_apart(teaser, article("other", title="Second bridge for Ashford", teaser="Soon."))
    assert not told_apart(
        article("one", title="Charting the rise of the ferry", text=REPORT),
        article("other", title="Second bridge for Ashford", text=REPORT),
    )


def test_a_headline_written_as_one_word_is_not_judged(article):
    report = article("report", title="桥梁", text="议会周一投票决定在河上建造第二座桥。" * 80, language="zh")
    assert not told_apart(report, article("teaser", title="渡轮的兴起之路", teaser="很短。", language="zh"))
