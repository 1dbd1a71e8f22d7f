"""Listed articles."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.lists.listed import Listed, each_once, listed_moment

DAY = datetime(2026, 2, 17, tzinfo=UTC)


def test_an_article_listed_twice_is_the_entry_that_says_more() -> None:
    plain = Listed(url="https://gazette.example/a/")
    dated = Listed(url="http://www.gazette.example/a", published=DAY)
    titled = Listed(url="https://gazette.example/a?utm_source=map", title="A", published=DAY)
    other = Listed(url="https://gazette.example/b")
    assert each_once([plain, dated, titled, other]) == {
        "https://gazette.example/a": titled,
        "https://gazette.example/b": other,
    }


@pytest.mark.parametrize("written", ["", "17", "soon", "2026-99-99T10:00:00Z"])
def test_what_is_no_date_is_none(written: str) -> None:
    assert listed_moment(written) is None


@given(st.text(max_size=60) | st.datetimes().map(str) | st.datetimes().map(datetime.isoformat))
def test_every_moment_is_aware_and_in_the_calendar(written: str) -> None:
    moment = listed_moment(written)
    assert moment is None or (moment.tzinfo is not None and moment.year >= 1970)
