"""A real browser, and an edition of the default size to look at in it."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from digest.issue.archive import Archive
from digest.model import Edition, Issue
from digest.render.html import render
from digest.render.placeholders import new_placeholders
from digest.settings import NewsletterSettings, RenderSettings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def screenshot() -> ModuleType:
    spec = importlib.util.spec_from_file_location("screenshot", ROOT / "docs" / "screenshot.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Not for the session: while it lasts, the thread has a running event loop, and no other test may start one.
@pytest.fixture(scope="module")
def chromium(screenshot: ModuleType) -> Iterator[Browser]:
    path = screenshot.find_chromium()
    if path is None:
        pytest.skip("no Chromium on the PATH: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(screenshot.ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def show(chromium: Browser, screenshot: ModuleType) -> Iterator[Callable[..., Page]]:
    """`show(html, width=375, dark=False)` → the page, after which any request fails the test."""
    asked: list[str] = []
    contexts = []

    def shown(markup: str, *, width: int, dark: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.set_content(screenshot.with_examples(markup))
        return page

    yield shown
    for context in contexts:
        context.close()
    assert asked == []


@pytest.fixture(scope="session")
def issue() -> Issue:
    return Archive(ROOT / "tests" / "golden" / "editions").load_issue("0007-2026-02-19")


@pytest.fixture(scope="session")
def draw() -> Callable[..., Edition]:
    """`draw(issue, accent="#123456")` → its edition."""

    def drawn(issue: Issue, **settings: Any) -> Edition:
        return render(
            issue,
            newsletter=NewsletterSettings(
                title=issue.newsletter,
                sender="news@weeklysignal.example",
                address="1 Example Street, Exampletown",
                website="https://weeklysignal.example/",
            ),
            settings=RenderSettings(**settings),
            templates=(),
            placeholders=new_placeholders("0123456789abcdef"),
        )

    return drawn


@pytest.fixture(scope="session")
def edition(issue: Issue, draw: Callable[..., Edition]) -> Edition:
    return draw(issue)


@pytest.fixture(scope="session")
def arabic(issue: Issue, draw: Callable[..., Edition]) -> Edition:
    return draw(replace(issue, language="ar", newsletter="نشرة الأسبوع"))
