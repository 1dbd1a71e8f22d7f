"""Series and stock wording through the whole of picking, beside true copies."""

import pytest

from digest.pick.admission.dedupe import find_copies
from digest.pick.admission.sent import SentBefore
from digest.pick.picking import group_by_event
from tests.pick.series import COPIES, SERIES


def printed(article, pair, *, outlets=("gazette", "gazette"), days=(3, 1)):
    """Both articles of a pair as they were published, so many days before the end of the window."""
    return [
        article(
            f"{outlet}{n}",
            source=outlet,
            canonical=f"https://{outlet}.example/{n}",
            title=title,
            text=text,
            hours=24 * day,
        )
        for n, ((title, text), outlet, day) in enumerate(zip(pair, outlets, days, strict=True))
    ]


@pytest.mark.parametrize("kind", SERIES)
def test_parts_of_a_series_are_two_articles_and_two_events(article, elsewhere, kind):
    both = printed(article, SERIES[kind])

    events = group_by_event([*both, *elsewhere])

    assert events.copies == []
    assert all(len(group) == 1 for group in events.groups)


@pytest.mark.parametrize("kind", SERIES)
@pytest.mark.parametrize("turned", [False, True])
def test_a_later_part_of_a_series_was_not_sent_before(article, sent_article, kind, turned):
    first, second = printed(article, SERIES[kind][::-1] if turned else SERIES[kind])
    sent = sent_article("sent", canonical=first.canonical, title=first.title, lead=first.text[:3000])

    assert SentBefore.of([second], [sent]).sent_as(second) is None


@pytest.mark.parametrize("kind", COPIES)
@pytest.mark.parametrize("outlets", [("gazette", "gazette"), ("gazette", "herald")])
@pytest.mark.parametrize("days", [(1, 1), (3, 1)])
def test_prints_of_one_article_are_copies(article, kind, outlets, days):
    kept, copies = find_copies(printed(article, COPIES[kind], outlets=outlets, days=days))

    assert (len(kept), len(copies)) == (1, 1)


@pytest.mark.parametrize("kind", COPIES)
@pytest.mark.parametrize("outlets", [("gazette", "gazette"), ("gazette", "herald")])
def test_a_print_of_an_article_that_was_sent_was_sent_before(article, sent_article, kind, outlets):
    first, second = printed(article, COPIES[kind], outlets=outlets)
    sent = sent_article("sent", canonical=first.canonical, title=first.title, lead=first.text)

    assert SentBefore.of([second], [sent]).sent_as(second) == sent
