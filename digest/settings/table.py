"""What the tables of digest.toml have in common."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainValidator, SecretStr

_DURATION = re.compile(r"\s*(\d+)\s*([hdw])\s*")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
#: 191 years of weeks; with some more the window would begin before the calendar does.
_MOST_UNITS = 9_999


class Table(BaseModel):
    """Unknown keys are refused, values don't change, and blanks around them are not meant."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def parse_duration(value: Any) -> timedelta:
    """Read "36h", "7d" or "2w". Raises ValueError for anything else: a bare number has no unit."""
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(str(value))
    if match is None:
        raise ValueError(f'"{value}" is not a span of time: write a number and h, d or w, such as "36h" or "7d"')
    if int(match[1]) > _MOST_UNITS:
        raise ValueError(f'"{value}" is longer than any newsletter: write a shorter span, such as "36h" or "7d"')
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _refuse_no_time(value: timedelta) -> timedelta:
    if not value:
        raise ValueError('write a span of time that is longer than nothing, such as "36h" or "7d"')
    return value


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
#: One that is longer than nothing.
Span = Annotated[Duration, AfterValidator(_refuse_no_time)]


def _whole(value: Any) -> SecretStr:
    return value if isinstance(value, SecretStr) else SecretStr(str(value))


#: A password, whose blanks are meant.
Password = Annotated[SecretStr, PlainValidator(_whole)]
