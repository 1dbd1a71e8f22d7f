"""What people are called beside their names."""

from __future__ import annotations

import pytest

from digest.summarize.facts.roles import roles


@pytest.mark.parametrize(
    ("sentence", "language", "found"),
    [
        ("Rosa Engelby, the captain, left.", "en", [("captain", "engelby")]),
        ("It was late, said minister Engelby.", "en", [("minister", "engelby")]),
        ("The mayor left.", "en", [("mayor", "")]),
        ("Der Kapitän Engelby ging.", "de", [("kapitan", "engelby")]),
        ("La présidente Rosa Engelby est partie.", "fr", [("presidente", "rosa")]),
        ("Rosa Engelby left.", "en", []),
    ],
)
def test_a_part_is_read_with_the_name_beside_it(sentence: str, language: str, found: list[tuple[str, str]]) -> None:
    assert list(roles(sentence, frozenset(["rosa", "engelby"]), language)) == found
