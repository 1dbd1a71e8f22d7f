"""One cell of a list."""

from hypothesis import given
from hypothesis import strategies as st

from digest.audience.cells import clean_name, guard, shown


def test_a_name_cannot_turn_the_greeting_around():
    assert clean_name("\u202eadA\u2066 \u200bLovelace\ufeff") == "adA Lovelace"


def test_a_persian_name_keeps_its_joiner():
    assert clean_name("علی\u200cرضا") == "علی\u200cرضا"


@given(st.text(max_size=60))
def test_a_guarded_name_is_read_as_it_was_and_is_no_formula(text):
    try:
        name = clean_name(text)
    except ValueError:
        return
    assert clean_name(guard(name)) == clean_name(name)
    assert not guard(name).startswith(("=", "+", "-", "@"))


@given(st.text())
def test_what_is_shown_is_one_short_printable_line(text):
    line = shown(text)
    assert len(line) <= 80
    assert len(line.splitlines()) <= 1
    assert "\x1b" not in line
    line.encode()
