"""Floors for the text of pages and files, on third-party pages with gold texts. A change may not go below them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from digest.collect.pages.page import extract_page
from digest.collect.prose.plaintext import clean_plaintext

DATA = Path(__file__).parents[2] / "../shared/data"
PAGES = DATA / "pages/scrapinghub.jsonl.gz"

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not PAGES.exists(), reason="needs the article pages of ../shared/data/pages"),
]


@pytest.fixture(scope="module")
def score() -> ModuleType:
    """The definition of the figures, kept beside the data."""
    spec = importlib.util.spec_from_file_location("score", DATA / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(score):
    return score.load(PAGES)


def test_the_article_of_a_page_is_found(score, pages):
    # 0.983 measured; trafilatura alone has 0.969.
    found = score.text_f1([(extract_page(page["html"], url=page["url"]).text, page["text"]) for page in pages])

    assert found["f"] >= 0.98


def test_the_article_is_found_in_a_page_s_bare_text(score, pages):
    # 0.937 measured; lines of five words and a full stop have 0.826.
    found = score.text_f1([(clean_plaintext(score.flatten(page["html"])).text, page["text"]) for page in pages])

    assert found["f"] >= 0.93


def test_a_text_that_needs_no_cleaning_comes_out_whole(score, pages):
    kept = [clean_plaintext(f"The title of the page\n\n{page['text']}").text for page in pages]
    found = score.text_f1([(text, page["text"]) for text, page in zip(kept, pages, strict=True)])

    assert found["r"] >= 0.995
