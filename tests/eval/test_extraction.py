"""What cleaning leaves of texts that need none, on third-party pages with gold texts."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

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


def test_a_text_that_needs_no_cleaning_comes_out_whole(score, pages):
    kept = [clean_plaintext(f"The title of the page\n\n{page['text']}").text for page in pages]
    found = score.text_f1([(text, page["text"]) for text, page in zip(kept, pages, strict=True)])

    assert found["r"] >= 0.995
