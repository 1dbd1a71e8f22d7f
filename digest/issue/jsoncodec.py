"""The values of `digest.model` ↔ what JSON can hold, by their declared types, exactly both ways.

Our own, because pydantic takes the field `Issue.date` for the type of that name in a slotted class.
"""

from __future__ import annotations

import dataclasses
import types
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


class JsonFormatError(ValueError):
    """A JSON value does not have the form its type asks for; the message says where and what."""

    def __init__(self, where: str, wanted: str) -> None:
        super().__init__(f"{where}: {wanted} expected")


def to_json(value: Any) -> Any:
    """A value as dicts, lists, strings, numbers, booleans and None."""
    if dataclasses.is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, (tuple, list)):
        return [to_json(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def from_json(kind: Any, value: Any, *, where: str) -> Any:
    """The value of type `kind` that `to_json` made this from. Raises JsonFormatError.

    A field that is missing takes its default, so that a file of an older program can be read.
    """
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, value, where)
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple(get_args(kind)[0], value, where)
    if origin in {Union, types.UnionType}:
        return _optional(get_args(kind), value, where)
    if origin is Literal:
        if value not in get_args(kind):
            raise JsonFormatError(where, " or ".join(f'"{known}"' for known in get_args(kind)))
        return value
    return _plain_value(kind, value, where)


def _dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise JsonFormatError(where, "an object")
    hints = _hints(kind)
    given = {
        field.name: from_json(hints[field.name], value[field.name], where=f"{where}.{field.name}")
        for field in dataclasses.fields(kind)
        if field.name in value
    }
    missing = [field.name for field in dataclasses.fields(kind) if _is_required(field) and field.name not in given]
    if missing:
        raise JsonFormatError(f"{where}.{missing[0]}", "a value")
    return kind(**given)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _tuple(part: Any, value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise JsonFormatError(where, "a list")
    return tuple(from_json(part, one, where=f"{where}[{at}]") for at, one in enumerate(value))


def _optional(kinds: tuple[Any, ...], value: Any, where: str) -> Any:
    if value is None and type(None) in kinds:
        return None
    [kind] = [kind for kind in kinds if kind is not type(None)]
    return from_json(kind, value, where=where)


_NAMES = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def _plain_value(kind: Any, value: Any, where: str) -> Any:
    if kind in {date, datetime} or issubclass(kind, Enum):
        return _parsed(kind, value, where)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise JsonFormatError(where, _NAMES[kind])
    return value


def _parsed(kind: Any, value: Any, where: str) -> Any:
    read = kind.fromisoformat if kind in {date, datetime} else kind
    try:
        return read(value)
    except (TypeError, ValueError):
        raise JsonFormatError(where, f"a {kind.__name__.lower()}") from None
