import pytest

from digest.pick.events.series import are_numbered_alike, are_of_one_series


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Open thread 411", "Open thread 412"),
        ("Release 1.9.9", "Release 1.10.0"),
        ("Briefing of 9 March", "briefing of 10 MARCH"),
        ("Épisode 7 : les abeilles", "Episode 8 : les abeilles"),
    ],
)
def test_titles_that_differ_in_their_numbers_only_are_numbered_alike(title, other):
    assert are_numbered_alike(title, other)
    assert are_numbered_alike(other, title)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Open thread 411", "Open thread 411"),
        ("Open thread 411", "OPEN THREAD 411"),
        ("Open thread", "Open thread 411"),
        ("Episode 7: bees", "Episode 8: rivers"),
        ("", ""),
    ],
)
def test_equal_titles_and_titles_with_other_words_are_not(title, other):
    assert not are_numbered_alike(title, other)


def test_only_articles_of_one_source_are_of_one_series(article):
    first = article("a", title="Day 7 of the strike")
    elsewhere = article("b", title="Day 8 of the strike")
    next_one = article("c", title="Day 8 of the strike", source=first.source)

    assert are_of_one_series(first, next_one)
    assert not are_of_one_series(first, elsewhere)
