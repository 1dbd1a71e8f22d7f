"""The language of articles whose feed does not say: needed to know stop words from telling ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.model import Article
from digest.text.language import detect_language

# A feed is in one language; a few of its articles tell which, and cost less than all.
_ARTICLES = 5
_CHARACTERS = 120


def with_languages(articles: Sequence[Article]) -> list[Article]:
    """The articles, those without a language given that of their source, as far as it can be told."""
    samples: dict[str, list[str]] = {}
    for article in articles:
        if not article.language:
            samples.setdefault(article.source, []).append(
                f"{article.title} {(article.text or article.teaser)[:_CHARACTERS]}"
            )
    detected = {source: detect_language("\n".join(texts[:_ARTICLES])) for source, texts in samples.items()}
    return [a if a.language else replace(a, language=detected[a.source]) for a in articles]
