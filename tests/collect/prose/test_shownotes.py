"""Show notes as podcasts and channels write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.prose.shownotes import show_notes

PROSE = "A captain tells why he waited for one passenger, and what the company said about it."


@pytest.mark.parametrize(
    "line",
    [
        "00:00 Intro",
        "(1:02:03) The night",
        "• 03:12 – The night",
        "The night 03:12",
        "12:30 - 14:10 The company",
        "https://tides.example/12",
        "Instagram: https://instagram.example/tides",
        "The log book → https://tides.example/log",
        "Sponsor: Example Tea",
        "This episode is brought to you by Example Tea.",
        "Get 20% off with the code TIDE at checkout.",
        "Follow us on Instagram and write to us!",
        "Don't forget to subscribe, and rate the show.",
        "Please like and subscribe!",
        "Support us on Patreon: https://patreon.example/tides",
        "Leave us a review wherever you listen.",
        "Hosted on Acast. See acast.com/privacy for more information.",
        "Learn more about your ad choices. Visit megaphone.fm/adchoices",
        "#tides #ferries",
        "Music by The Example Band",
        "Folge uns auf Instagram.",
        "Abonniert den Kanal!",
        "Suivez-nous sur les réseaux.",
        "——————",
    ],
)
def test_lines_that_are_no_prose_go(line: str) -> None:
    assert show_notes(f"{PROSE}\n{line}\n{PROSE[:-1]} twice.") == f"{PROSE}\n\n{PROSE[:-1]} twice."
    assert show_notes(f"<p>{PROSE}</p><p>{line}<br>{line}</p>") == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "The bill's sponsor in the senate, a farmer, says he never read it.",
        "We follow the river from its source to the sea.",
        "At 10:30 the bell rang and the ferry left without him, as it had done every day for thirty years.",
        "She contacts her brother after forty years of silence.",
        "The code that runs the locks was written in 1971.",
    ],
)
def test_prose_stays(line: str) -> None:
    assert show_notes(f"{PROSE}\n{line}") == f"{PROSE}\n\n{line}"


def test_a_call_at_the_end_of_a_paragraph_goes_alone() -> None:
    assert show_notes(f"{PROSE} Follow us on Mastodon. Use code TIDE for tea.") == PROSE


def test_a_list_below_its_heading_goes_until_the_next_sentence() -> None:
    listed = "<p>Links:</p><ul><li><a href='https://x.example'>The log book</a></li><li>The map of 1911</li></ul>"
    assert show_notes(f"<p>{PROSE}</p>{listed}<p>{PROSE}</p>") == f"{PROSE}\n\n{PROSE}"


def test_notes_without_prose_are_none() -> None:
    assert show_notes("00:00 Intro\n01:00 End\nFollow us: https://x.example/tides") == ""


@given(st.text())
def test_no_text_breaks_it(written: str) -> None:
    assert "<script" not in show_notes(written)


def test_hostile_notes_take_no_time() -> None:
    for written in ("1:" * 20_000, "#a" * 20_000, "a." * 20_000, "<br>" * 20_000, "like, " * 10_000, "- " * 20_000):
        show_notes(written)
