"""What tells the items of a list from the lines of a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.listitems import split_items

WRAPPED = """\
The council of Ashford voted on Monday for a new bridge over the Exe,
which will cost 3 million. Ferries will go on until May 2028, when the
12. of the piers stands – and the last of them goes to the museum
- if it wants it."""
UNSPACED = """\
アシュフォードの市議会は月曜日、エクセ川に新しい橋を架けることを決めたと発表した
費用は三百万ポンドと見積もられているが市長によると国がその半分を負担することに
なっておりフェリーは二〇二八年五月まで運航を続ける見通しであると伝えられている"""


def groups(text: str) -> list[str]:
    return ["|".join(line.strip() for line in group) for group in split_items(text.split("\n"))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We need\n- bread\n- milk", ["We need", "- bread", "- milk"]),
        ("He asked for one thing:\n- bread", ["He asked for one thing:", "- bread"]),
        ("Three things decide it.\n1. Rain\n2. Wind", ["Three things decide it.", "1. Rain", "2. Wind"]),
        ("• The bridge\n• The ferry", ["• The bridge", "• The ferry"]),
        ("What Ashford and its council have to say\n•Well", ["What Ashford and its council have to say", "•Well"]),
        ("— Who came?\n— The mayor.", ["— Who came?", "— The mayor."]),
        ("1. Rain\n   - in May\n   - in June", ["1. Rain", "- in May", "- in June"]),
        ("Warm socks\nA good tent\nTwo maps", ["Warm socks", "A good tent", "Two maps"]),
        ("長靴\n傘\n地図", ["長靴", "傘", "地図"]),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)  # fmt: skip
def test_each_item_of_a_list_stands_alone(text: str, told: list[str]) -> None:
    assert groups(text) == told


@pytest.mark.parametrize(
    "text",
    [
        WRAPPED,
        "Warm socks\nA good tent",
        "It rained\nall day and\nThe river\nrose.",
        "Ferries do not go.\nThe bridge is shut.\nNobody minds.",
        "Die Bundesregierung hat am Montag\nEnergieversorger und Verbraucher zu\nGesprächen nach Berlin eingeladen",
        UNSPACED,
    ],
    ids=["wrapped", "two", "small", "sentences", "narrow", "unspaced"],
)
def test_a_paragraph_broken_to_fit_a_width_stays_whole(text: str) -> None:
    assert groups(text) == ["|".join(text.split("\n"))]


def test_an_item_goes_on_where_its_line_was_full() -> None:
    item = [
        "- The council of Ashford voted on Monday for a new bridge, to which",
        "  Ashford itself pays a third, and",
        "  which opens in May",
    ]
    after = ["- The ferry", "All else is as it was."]
    assert [*split_items([*item, *after])] == [item, *([line] for line in after)]


def test_a_text_of_many_lines_takes_time_in_proportion() -> None:
    lines = ["- a", "b."] * 50_000
    assert sum(len(group) for group in split_items(lines)) == len(lines)


@given(st.lists(st.text(st.sampled_from("-•1. Aaé:\t。橋"), max_size=50), max_size=12))
def test_every_line_is_in_one_group_and_in_its_place(lines: list[str]) -> None:
    assert [line for group in split_items(lines) for line in group] == lines
