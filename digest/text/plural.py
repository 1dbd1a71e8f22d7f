"""Counts as they are told: "1 article", "5,000 articles"."""

from __future__ import annotations


def number(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun; the plural is the noun with an s where none is given."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
