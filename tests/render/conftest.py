"""An issue of the default size, and its edition."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest.issue.archive import Archive
from digest.model import Edition, Issue, Item, Section, Sentence
from digest.render.html import render
from digest.render.placeholders import new_placeholders
from digest.settings import NewsletterSettings, RenderSettings

EDITIONS = Path(__file__).parents[1] / "golden" / "editions"


@pytest.fixture
def regenerate_golden() -> bool:
    """Set REGENERATE_GOLDEN to write the golden files anew; read what changed before it is committed."""
    return bool(os.environ.get("REGENERATE_GOLDEN"))


@pytest.fixture(scope="session")
def issue() -> Issue:
    return Archive(EDITIONS).load_issue("0007-2026-02-19")


@pytest.fixture(scope="session")
def newsletter() -> NewsletterSettings:
    return NewsletterSettings(
        title="The Weekly Signal",
        sender="The Weekly Signal <news@weeklysignal.example>",
        timezone="Europe/Berlin",
        address="1 Example Street\nExampletown",
        website="https://weeklysignal.example/",
    )


@pytest.fixture(scope="session")
def draw(newsletter: NewsletterSettings) -> Callable[..., Edition]:
    """`draw(issue, templates=[...], accent="#123456", newsletter=...)` → its edition."""

    def drawn(issue: Issue, *, templates: tuple[Path, ...] = (), **changes: Any) -> Edition:
        return render(
            issue,
            newsletter=changes.pop("newsletter", newsletter),
            settings=RenderSettings(**changes),
            templates=templates,
            placeholders=new_placeholders("0123456789abcdef"),
        )

    return drawn


@pytest.fixture(scope="session")
def edition(issue: Issue, draw: Callable[..., Edition]) -> Edition:
    return draw(issue)


@pytest.fixture
def with_item(issue: Issue) -> Callable[..., Issue]:
    """`with_item(headline=..., url=..., ...)` → an issue of this one item; `language` is the item's."""

    def made(**changes: Any) -> Issue:
        item: Item = issue.items[0]
        if isinstance(summary := changes.pop("summary", None), str):
            changes["sentences"] = (Sentence(text=summary, article=item.id),)
        section = Section(title=changes.pop("section", "World"), items=(replace(item, **changes),))
        return replace(issue, sections=(section,))

    return made
