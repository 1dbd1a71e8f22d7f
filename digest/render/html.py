"""An issue drawn with the theme: one edition, the same bytes for every subscriber.

Issue ── safe_issue ──▶ values ── Jinja2 ──▶ HTML ── inline ──▶ Edition.html
                               └─ Jinja2 ──▶ text ───────────▶ Edition.text
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from digest import bundled
from digest.model import Edition, Issue, Item, Placeholders
from digest.render.colours import dark_shades, light_shades
from digest.render.inline import inline
from digest.render.links import html_with_links, text_with_links
from digest.render.outlets import coverage, summary_pieces
from digest.render.safety import safe_issue, safe_link
from digest.render.script import direction, has_capitals, tag
from digest.render.text import underlined, wrap
from digest.render.theme import Theme
from digest.render.words import Words, find_words
from digest.settings import NewsletterSettings, RenderSettings
from digest.text.clean import clean_line
from digest.text.language import primary_subtag

#: Characters after which mail clients have no room left in their list: behind the preheader they would show the
#: first words of the message, so it is padded to this length with invisible ones.
_PREHEADER_LENGTH = 140
_INVISIBLE = "\u034f\u200c\u00a0"


def render(
    issue: Issue,
    *,
    newsletter: NewsletterSettings,
    settings: RenderSettings,
    templates: Sequence[Path],
    placeholders: Placeholders,
) -> Edition:
    """Draw an issue as HTML with inlined styles and as text.

    Args:
        templates: folders searched before the packaged theme, the owner's first.
        placeholders: new for this edition; they stand in both parts for the values of one subscriber.

    Raises:
        UsageError: a template or a file of words is wrong; the message names file and line.
    """
    folders = (*templates, bundled.templates())
    safe = safe_issue(issue)
    values = _values(safe, newsletter, settings, placeholders, find_words(safe.language, folders))
    theme = Theme(folders)
    return Edition(
        issue=issue.key,
        subject=safe.subject,
        html=inline(_without_indents(theme.draw("issue.html.j2", values))),
        text=_without_gaps(theme.draw("issue.txt.j2", values)),
        placeholders=placeholders,
    )


def _values(
    issue: Issue,
    newsletter: NewsletterSettings,
    settings: RenderSettings,
    placeholders: Placeholders,
    words: Words,
) -> dict[str, Any]:
    """Everything a template may use; described for owners at the top of issue.html.j2."""
    language = tag(issue.language, otherwise=words.language)
    flow = direction(language)
    return {
        "issue": issue,
        "title": issue.newsletter or clean_line(newsletter.title),
        "introduction": issue.introduction.split("\n\n") if issue.introduction else [],
        "address": _address(newsletter),
        "website": safe_link(newsletter.website),
        "placeholders": placeholders,
        "words": words,
        "language": language,
        "direction": flow,
        "capitals": has_capitals(language),
        "start": "left" if flow == "ltr" else "right",
        "light": light_shades(settings.accent),
        "dark": dark_shades(settings.accent),
        "preheader_padding": _INVISIBLE * max(0, _PREHEADER_LENGTH - len(issue.preheader)),
        "about": _about(issue, newsletter, words),
        "coverage": coverage,
        "cited": summary_pieces,
        "summary": lambda item: "".join(piece.text for piece in summary_pieces(item)),
        "update": lambda item: words.update_to(item.follows.number, item.follows.date, issue=issue.date),
        "foreign": lambda tongue: _foreign(tongue, at_home=language),
        "linked": html_with_links,
        "spelled": text_with_links,
        "wrap": wrap,
        "underlined": underlined,
    }


def _about(issue: Issue, newsletter: NewsletterSettings, words: Words) -> Callable[..., list[str]]:
    def about(item: Item, publisher: bool = False) -> list[str]:
        """What stands below a headline; the publisher too, where asked for."""
        facts = [item.publisher] if publisher and item.publisher else []
        if item.published is not None:
            facts.append(words.date_near(_day(item.published, newsletter.zone), issue=issue.date))
        # Of a recording there is only a description to read: its time says nothing.
        minutes = item.reading_minutes if item.medium == "text" else item.playing_minutes
        if minutes:
            facts.append(words.minutes(minutes, item.medium))
        return facts

    return about


def _day(published: datetime, zone: ZoneInfo) -> date:
    """The day of a moment where the newsletter is at home."""
    here, there = published.astimezone(zone).date(), published.astimezone(UTC)
    # Feeds that know only the day write midnight in Greenwich, where the Americas still have the day before.
    return max(here, there.date()) if there.time() == time() else here


def _foreign(language: str, *, at_home: str) -> Markup:
    """The attributes of an element in another language than the issue: screen readers change their voice by them."""
    named = tag(language)
    if not named or primary_subtag(named) == primary_subtag(at_home):
        return Markup()
    flow = direction(named)
    # As an attribute, for a paragraph that runs the other way: a style would need a class of its own in each theme.
    side = Markup(' align="{}"').format("left" if flow == "ltr" else "right") if flow != direction(at_home) else ""
    return Markup(' lang="{}" dir="{}"{}').format(named, flow, side)


def _address(newsletter: NewsletterSettings) -> list[str]:
    """The lines of the postal address; mail law wants the sender's name above it."""
    lines = [line for line in map(clean_line, newsletter.address.splitlines()) if line]
    name = clean_line(newsletter.title)
    named = any(line.partition(",")[0].rstrip() == name for line in lines)
    return lines if named or not lines else [name, *lines]


def _without_indents(markup: str) -> str:
    return re.sub(r"\n\s*", "\n", markup).strip() + "\n"


def _without_gaps(text: str) -> str:
    """At most two blank lines in a row, none at the ends, no space before a line's end."""
    return re.sub(r"\n{4,}", "\n\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip() + "\n"
