from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.issue.jsoncodec import JsonFormatError, from_json, to_json


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    name: str
    size: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    number: int
    date: date
    when: datetime | None
    open: bool
    colour: Colour
    kind: Literal["a", "b"]
    parts: tuple[Part, ...] = ()


WHOLE = st.builds(
    Whole,
    number=st.integers(),
    date=st.dates(),
    when=st.none() | st.datetimes(timezones=st.just(UTC)),
    open=st.booleans(),
    colour=st.sampled_from(Colour),
    kind=st.sampled_from(["a", "b"]),
    parts=st.lists(st.builds(Part, name=st.text(), size=st.floats(allow_nan=False))).map(tuple),
)


@given(WHOLE)
def test_values_come_back_as_they_were(whole):
    assert from_json(Whole, to_json(whole), where="whole") == whole


GOOD = {"number": 1, "date": "2026-02-19", "when": None, "open": True, "colour": "red", "kind": "a"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"number": True}, "whole.number: a whole number expected"),
        ({"number": "1"}, "whole.number: a whole number expected"),
        ({"date": "soon"}, "whole.date: a date expected"),
        ({"when": 5}, "whole.when: a datetime expected"),
        ({"open": 1}, "whole.open: true or false expected"),
        ({"colour": "blue"}, "whole.colour: a colour expected"),
        ({"kind": "c"}, 'whole.kind: "a" or "b" expected'),
        ({"parts": {}}, "whole.parts: a list expected"),
        ({"parts": ["x"]}, r"whole.parts[0]: an object expected"),
        ({"parts": [{}]}, r"whole.parts[0].name: a value expected"),
    ],
)
def test_a_wrong_form_is_named_by_its_place(change, message):
    with pytest.raises(JsonFormatError) as caught:
        from_json(Whole, GOOD | change, where="whole")
    assert str(caught.value) == message


def test_what_is_missing_takes_its_default_and_what_is_unknown_is_left_out():
    assert from_json(Whole, GOOD | {"new": 1}, where="whole").parts == ()
