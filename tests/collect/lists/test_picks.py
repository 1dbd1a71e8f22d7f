"""Files of links with notes, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.lists.picks import parse_picks

A, B = "https://a.example/story", "https://b.example/other"


def picks(text: str) -> list[tuple[str, str, str]]:
    found = parse_picks(text)
    assert found.problems == ()
    return [(pick.url, pick.title, pick.note) for pick in found.picks]


@pytest.mark.parametrize(
    "line",
    [
        f"{A} — A fine read",
        f"{A} – A fine read",
        f"{A} - A fine read",
        f"{A}: A fine read",
        f"{A} A fine read",
        f"- {A} — A fine read",
        f"* <{A}> A fine read",
        f"1. {A}: A fine read",
        f"- [ ] {A} A fine read",
        f"{A}\nA fine read",
        f"{A}\n\nA fine read",
        f"{A}\n   A fine\n   read",
        f"A fine read: {A}",
        f"A fine read ({A}).",
        f"A fine read\n{A}",
        f"\ufeff{A}\tA fine read\r\n",
        f"# My picks\n\n{A} A fine read\n\n---\n",
        f"<!-- {B} not yet\n-->\n{A} A fine read",
    ],
)
def test_a_link_and_a_note_are_understood_however_they_are_written(line: str) -> None:
    assert picks(line) == [(A, "", "A fine read")]


def test_a_link_of_markdown_brings_its_headline() -> None:
    assert picks(f"- [The bridge]({A}) It took *years*.\n- [Pool]({B} 'x') — Cold.".replace("'", '"')) == [
        (A, "The bridge", "It took *years*."),
        (B, "Pool", "Cold."),
    ]


def test_a_link_whose_words_are_its_address_has_no_headline() -> None:
    assert picks(f"[{A}]({A}) Read it.") == [(A, "", "Read it.")]


def test_notes_go_on_until_the_next_link() -> None:
    text = f"{A} First,\nsecond (see {B} as well),\n\nand third.\n\n{B}\n"
    assert picks(text) == [(A, "", f"First, second (see {B} as well), and third."), (B, "", "")]


def test_brackets_of_an_address_are_its_own() -> None:
    assert picks("https://wiki.example/Bridge_(dentistry) Teeth.")[0][0] == "https://wiki.example/Bridge_(dentistry)"
    assert (
        picks("[B](https://wiki.example/Bridge_(dentistry)) Teeth.")[0][0] == "https://wiki.example/Bridge_(dentistry)"
    )


def test_markup_in_a_note_is_text() -> None:
    assert picks(f"{A} <script>alert(1)</script>") == [(A, "", "‹script›alert(1)‹/script›")]


@pytest.mark.parametrize(
    "line", ["www.example.org/a Nice", "example.org/a Nice", "[Nice](javascript:x())", "ftp://a.example/b"]
)
def test_a_line_whose_address_is_none_is_told_and_takes_nothing_with_it(line: str) -> None:
    assert parse_picks(f"{A} Mine\n{line}\nbelow it\n{B} Yours").picks[1].note == "Yours"
    found = parse_picks(f"{A} Mine\n{line}\nbelow it\n\n{B}")
    assert [(pick.url, pick.note) for pick in found.picks] == [(A, "Mine"), (B, "")]
    [(number, problem)] = found.problems
    assert number == 2
    assert "begins with no web address: write it in full" in problem


def test_words_above_the_first_link_are_told() -> None:
    found = parse_picks(f"Hello there\n\n{A}")
    assert found.problems == ((1, '"Hello there" belongs to no link: write it below or behind one'),)


def test_a_link_that_stands_there_twice_is_one_with_both_notes() -> None:
    found = parse_picks(f"{A} Good.\n{B}\n- http://www.a.example/story?utm_source=x Very good.")
    assert [(pick.url, pick.note) for pick in found.picks] == [(A, "Good. Very good."), (B, "")]
    assert found.problems[0][0] == 3
    assert "stands on line 1 already" in found.problems[0][1]


def test_a_note_without_end_is_cut_and_told() -> None:
    found = parse_picks(f"{A} " + "very " * 1_000)
    assert len(found.picks[0].note) <= 2_000
    assert found.problems == ((1, "its note is longer than 2,000 characters: cut there"),)


def test_a_file_without_end_is_read_as_far_as_it_is_one() -> None:
    found = parse_picks("\n".join(f"https://a.example/{number}" for number in range(2_100)))
    assert len(found.picks) == 2_000
    assert found.problems == ((2_001, "only the first 2,000 links of a file are taken"),)


LINES = st.sampled_from([A, B, f"- [T]({A})", "a note", "www.x.example/y", "# heading", "", "<!--", "-->", "1. x"])


@given(st.lists(LINES | st.text(max_size=40), max_size=12).map("\n".join))
def test_every_word_ends_up_in_a_pick_or_in_a_problem_or_in_a_comment(text: str) -> None:
    found = parse_picks(text)
    assert all(pick.url.startswith(("http://", "https://")) for pick in found.picks)
    assert all(1 <= line <= text.count("\n") + text.count("\r") + 1 for line, _ in found.problems)
    if "a note" in text and "<!--" not in text and "-->" not in text and "\ufeff" not in text:
        told = [*(pick.note for pick in found.picks), *(problem for _, problem in found.problems)]
        assert any("a note" in words for words in told) or "www" in text


@given(st.text(alphabet="[]()<>h tps:/.a-*#\n!\\", max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    parse_picks(text)


def test_hostile_text_takes_no_time() -> None:
    assert parse_picks("[" * 50_000).picks == ()
    assert parse_picks("(" * 50_000 + "https://a.example/" + ")" * 50_000).picks
    assert parse_picks("[a](" + "(" * 20_000).picks == ()
    assert parse_picks("a." * 50_000).picks == ()
