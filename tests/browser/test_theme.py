"""The default theme as a browser shows it: nothing here looks at markup, all of it at what comes out."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from digest.model import Link, Section, Sentence
from digest.render import html as renderer
from digest.render.colours import MINIMUM_CONTRAST, contrast

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: Every visible piece of text: [text, its colour, the colour behind it, its size in pixels].
TEXTS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    let behind = element;
    while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
    found.push([text, style.color, getComputedStyle(behind).backgroundColor, parseFloat(style.fontSize)]);
  }
  return found;
}"""


def hexadecimal(colour: str) -> str:
    return "#" + "".join(f"{int(channel):02x}" for channel in re.findall(r"\d+", colour)[:3])


def without_head_styles(markup: str) -> str:
    return re.sub(r"<style\b.*?</style>", "", markup, flags=re.DOTALL)


@pytest.mark.parametrize("width", [320, 375, 640, 1280])
@pytest.mark.parametrize("language", ["english", "arabic"])
def test_nothing_is_wider_than_the_window(show, edition, arabic, width, language):
    page = show((edition if language == "english" else arabic).html, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_word_of_ten_thousand_letters_does_not_widen_the_page(show, issue, draw):
    cites = Link(publisher="w" * 300, title="", url="https://w.example/")
    told = (Sentence(text="Short.", article="b", cites=cites),)
    item = replace(issue.items[0], headline="x" * 10_000, publisher="y" * 300, sentences=told)
    page = show(draw(replace(issue, sections=(Section(title="z" * 300, items=(item,)),))).html, width=375)
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_the_time_to_read_stands_on_one_line_whatever_is_before_it(show, issue, draw):
    items = tuple(replace(issue.items[0], publisher="P" + "aper " * (n // 5) + "s" * (n % 5)) for n in range(40))
    page = show(draw(replace(issue, sections=(Section(title="S", items=items),))).html, width=375)
    lines = """found => found.map(about => {
      const text = about.lastChild, range = document.createRange();
      range.setStart(text, text.length - "6 min read ".length);
      range.setEnd(text, text.length - 1);
      const said = range.toString().replaceAll("\u00a0", " ");
      return [said, new Set([...range.getClientRects()].map(box => box.top)).size];
    })"""
    assert page.locator(".about").evaluate_all(lines) == [["6 min read", 1]] * 40


@pytest.mark.parametrize("width", [375, 640])
def test_without_the_styles_in_the_head_the_letter_fits_as_well(show, edition, width):
    page = show(without_head_styles(edition.html), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.querySelector('.sheet').offsetWidth") == min(width, 600)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("accent", ["#0f5c8c", "#ffee00", "#000000", "#ff0000"])
def test_all_text_can_be_read(show, issue, draw, dark, accent):
    texts = show(draw(issue, accent=accent).html, width=640, dark=dark).evaluate(TEXTS)
    assert len(texts) > 100
    for text, colour, behind, size in texts:
        assert contrast(hexadecimal(colour), hexadecimal(behind)) >= MINIMUM_CONTRAST, text
        assert size >= 13, text


def test_dark_is_dark_and_light_is_light(show, edition):
    grounds = [
        show(edition.html, width=640, dark=dark).evaluate("getComputedStyle(document.body).backgroundColor")
        for dark in (False, True)
    ]
    assert [contrast(hexadecimal(ground), "#ffffff") > 10 for ground in grounds] == [False, True]


def test_links_are_known_without_colour(show, edition):
    page = show(edition.html, width=640)
    lines = page.eval_on_selector_all("a", "links => links.map(link => getComputedStyle(link).textDecorationLine)")
    assert set(lines) == {"underline"}


def test_the_preheader_is_not_seen(show, edition, issue):
    assert not show(edition.html, width=375).get_by_text(issue.preheader).is_visible()


def test_on_a_phone_the_text_has_the_whole_width_but_for_a_margin(show, edition):
    box = show(edition.html, width=375).locator("h1").bounding_box()
    assert (box["x"], box["width"]) == (20, 335)


def test_an_arabic_letter_begins_at_the_right(show, arabic):
    right = "element => { const r = document.createRange(); r.selectNodeContents(element);"
    right += " return r.getBoundingClientRect().right; }"
    assert show(arabic.html, width=375).locator("h1").evaluate(right) == pytest.approx(355, abs=1)


@pytest.fixture
def source(monkeypatch, issue, draw) -> str:
    """The edition's HTML before its styles were inlined."""
    monkeypatch.setattr(renderer, "inline", lambda source: source)
    return draw(issue).html


@pytest.mark.parametrize(("width", "dark"), [(375, False), (640, False), (375, True)])
def test_inlining_changes_nothing_that_is_seen(show, source, edition, width, dark):
    assert source != edition.html
    pictures = [show(markup, width=width, dark=dark).screenshot(full_page=True) for markup in (source, edition.html)]
    assert pictures[0] == pictures[1]


def test_a_picture_of_an_edition_can_be_taken_from_the_command_line(tmp_path, edition):
    (tmp_path / "edition.html").write_text(edition.html, encoding="utf-8")
    script = Path(__file__).parents[2] / "docs" / "screenshot.py"
    command = [
        sys.executable,
        script,
        tmp_path / "edition.html",
        tmp_path / "a.png",
        "--width",
        "375",
        "--height",
        "600",
    ]
    subprocess.run(command, check=True)
    picture = (tmp_path / "a.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (375, 600)
