from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.colours import MINIMUM_CONTRAST, contrast, dark_shades, light_shades, readable
from digest.settings import RenderSettings

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59), ("#abcdef", "#abcdef", 1)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@given(accent=colours)
def test_every_text_can_be_read_whatever_colour_the_owner_likes(accent):
    for shades in (light_shades(accent), dark_shades(accent)):
        for text, ground in product(shades.texts, shades.grounds):
            assert contrast(text, ground) >= MINIMUM_CONTRAST, (text, ground)


def test_lines_under_links_can_be_seen():
    for shades in (light_shades("#000000"), dark_shades("#000000")):
        assert contrast(shades.underline, shades.sheet) >= 3


def test_the_default_accent_is_used_as_it_is_on_white():
    accent = RenderSettings().accent
    assert light_shades(accent).accent == accent


@given(colour=colours)
def test_a_colour_that_can_be_read_is_left_as_it_is(colour):
    kept = readable(colour, on=["#ffffff"], towards="#000000")
    assert (kept == colour) == (contrast(colour, "#ffffff") >= MINIMUM_CONTRAST)


def test_where_no_mixture_can_be_read_the_end_of_the_way_is_taken():
    assert readable("#808080", on=["#ffffff", "#000000"], towards="#000000", ratio=10) == "#000000"
