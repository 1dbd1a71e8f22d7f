"""What is turned away before anything is compared: articles outside the window, empty, muted, or sent before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from digest.model import Article, Dropped, SentArticle, Why, Window
from digest.pick.admission.sent import SentBefore
from digest.pick.phrases import Tokens, phrases
from digest.settings import PickSettings

#: Why an article is turned away, None where it may pass.
Gate = Callable[[Article], Dropped | None]

# A muted word far down in a text does not make it an article about that.
_LEAD_CHARACTERS = 600


def admit(
    articles: Sequence[Article], *, window: Window, settings: PickSettings, sent: Sequence[SentArticle]
) -> tuple[list[Article], list[Dropped]]:
    """The articles that may be picked, by time and id, and those that may not."""
    rules = (_unless_pinned(_inside(window)), _with_content, _unless_pinned(_not_muted(settings.mute)))
    gates = (*rules, _not_sent(articles, sent))
    admitted, dropped = [], []
    for article in sorted(articles, key=lambda a: (a.published, a.id)):
        refusal = next((found for gate in gates if (found := gate(article))), None)
        if refusal:
            dropped.append(refusal)
        else:
            admitted.append(article)
    return admitted, dropped


def _unless_pinned(gate: Gate) -> Gate:
    """The owner's own picks come in whatever their time and words."""
    return lambda article: None if article.pinned else gate(article)


def _inside(window: Window) -> Gate:
    def gate(article: Article) -> Dropped | None:
        if window.holds(article.published):
            return None
        side = "before" if article.published <= window.since else "after"
        detail = f"It was published on {article.published:%Y-%m-%d %H:%M}, {side} the window."
        return Dropped(article=article, why=Why.OUTSIDE_WINDOW, detail=detail)

    return gate


def _with_content(article: Article) -> Dropped | None:
    if article.title.strip() or article.text.strip() or article.teaser.strip():
        return None
    return Dropped(article=article, why=Why.NO_CONTENT, detail="It has neither a title nor a text.")


def _not_muted(mute: Sequence[str]) -> Gate:
    wanted = phrases(mute)

    def gate(article: Article) -> Dropped | None:
        if not wanted:
            return None
        lead = (article.text or article.teaser)[:_LEAD_CHARACTERS]
        words = Tokens.of("\n".join((article.title, article.teaser, lead, *article.categories)))
        hit = next((phrase for phrase in wanted if phrase.count(words)), None)
        if hit is None:
            return None
        return Dropped(article=article, why=Why.MUTED, detail=f'It speaks of "{hit.written}", which is muted.')

    return gate


def _not_sent(articles: Sequence[Article], sent: Sequence[SentArticle]) -> Gate:
    archive = SentBefore.of(articles, sent)

    def gate(article: Article) -> Dropped | None:
        before = archive.sent_as(article)
        if before is None:
            return None
        detail = f'Issue {before.issue} carried it on {before.sent_on} as "{before.title}".'
        return Dropped(article=article, why=Why.SENT_BEFORE, detail=detail)

    return gate
