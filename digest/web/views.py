"""An edition as its author looks at it: with an example subscriber, light or dark, with and without styles. Pure.

A mail is only ever shown in a frame without scripts, under a policy that lets it load nothing.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from digest.model import GMAIL_CLIPS_AT, Edition

View = Literal["both", "phone", "desktop", "text"]
VIEWS: tuple[View, ...] = get_args(View)

_PAGES = Path(__file__).parent / "pages"
_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)")
_STYLES = re.compile(r"<style\b.*?</style>", re.DOTALL)
_OUTLOOK = re.compile(r"<!--\[if mso\]>.*?<!\[endif\]-->", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the author asked to see."""

    view: View = "both"
    dark: bool = False
    #: False: as programs show it that drop all styles in the head.
    styles: bool = True

    @property
    def query(self) -> str:
        return f"view={self.view}&dark={self.dark:d}&styles={self.styles:d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The subscriber whose mail is shown."""

    greeting: str = "Hello Anna,"
    email: str = "anna@example.org"
    unsubscribe_url: str = "https://example.org/unsubscribe/example"


def mail(edition: Edition, example: Example, *, dark: bool, styles: bool = True) -> str:
    """The HTML for a frame, where the preference for dark is asked of the author instead of their system."""
    shown = _OUTLOOK.sub("", html(edition, example))
    if not styles:
        shown = _STYLES.sub("", shown)
    shown = _DARK.sub("@media all" if dark else "@media not all", shown)
    shown = shown.replace('content="light dark"', f'content="{"dark" if dark else "light"}"')
    # Links open beside the preview: in a frame most sites refuse to be shown.
    return shown.replace("<head>", '<head><base target="_blank">', 1)


def html(edition: Edition, example: Example) -> str:
    """The HTML as it is mailed to somebody."""
    return edition.placeholders.filled(edition.html, markup=True, **asdict(example))


def text(edition: Edition, example: Example) -> str:
    return edition.placeholders.filled(edition.text, markup=False, **asdict(example))


def self_contained(edition: Edition, example: Example | None = None) -> str:
    """One page that needs no server and no network: the mail on a phone and a desktop, light and dark, and its text."""
    shown = example or Example()
    return _page_html(
        "once.html.j2",
        edition=edition,
        mails={"light": mail(edition, shown, dark=False), "dark": mail(edition, shown, dark=True)},
        text=text(edition, shown),
    )


def page(edition: Edition | None, example: Example, look: Look, *, problem: str, version: str) -> str:
    """The page of the local server around the mail."""
    return _page_html(
        "live.html.j2",
        edition=edition,
        text=text(edition, example) if edition else "",
        look=look,
        views=VIEWS,
        problem=problem,
        version=version,
    )


def asset(name: str) -> str:
    return (_PAGES / name).read_text(encoding="utf-8")


def _page_html(template: str, *, edition: Edition | None, **values: object) -> str:
    environment = Environment(loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined)
    size = len(edition.html.encode("utf-8", "replace")) if edition else 0
    return environment.get_template(template).render(
        edition=edition, kib=round(size / 1024), clipped=size >= GMAIL_CLIPS_AT, **values
    )
