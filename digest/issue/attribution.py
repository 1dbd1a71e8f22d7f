"""Whose the sentences of an edited summary are: an article's as long as they are its words, else the editor's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from digest.issue.markup import plain
from digest.model import Item, Link, Sentence
from digest.text.denials import denials
from digest.text.sentences import split_sentences
from digest.text.stops import with_stop
from digest.text.words import tokens

#: Words of a sentence that may be others, and of how many one may be, for it to be mended and not rewritten.
_MENDED = 2
_ONE_OF = 5

#: A sentence as a draft shows it, and what it is.
Printed = tuple[str, Sentence]


def shown_sentences(item: Item) -> list[Printed]:
    """The sentences of a story, each as a draft shows it."""
    return [(shown, sentence) for sentence in item.sentences if (shown := plain(with_stop(sentence, item.language)))]


def shown_summary(item: Item) -> str:
    """A summary as a draft shows it."""
    return " ".join(shown for shown, _ in shown_sentences(item))


def with_lead_cited(item: Item) -> Item:
    """The story with its leading article cited as well, for sentences that may come to stand below another one."""
    lead = Link(publisher=item.publisher, title=item.headline, url=item.url)
    return replace(
        item,
        sentences=tuple(
            replace(sentence, cites=lead) if sentence.article and sentence.article == item.id else sentence
            for sentence in item.sentences
        ),
    )


def attributed_sentences(text: str, was: Item, others: Sequence[Printed], language: str) -> tuple[Sentence, ...]:
    """The sentences of a summary that a person edited.

    Those that are as they were keep their article, wherever they were moved to, and so do those that were only mended.

    Args:
        was: the story as it was.
        others: sentences of other stories, which may have been moved here.
        language: of the editor's own words.
    """
    if text == shown_summary(was):
        return was.sentences
    own = shown_sentences(was)
    left = [known for known in own if f" {known[0]} " not in f" {text} "]
    found: list[Sentence] = []
    unread = text
    while unread:
        at, known = _next_known(unread, [*own, *others])
        found += _mended_or_own(unread[:at].strip(), left, language)
        if known is None:
            break
        shown, sentence = known
        found.append(sentence)
        unread = unread[at + len(shown) :].strip()
    return tuple(found)


def with_edited_links(sentences: Iterable[Sentence], was: Sequence[Link], now: Sequence[Link]) -> tuple[Sentence, ...]:
    """The sentences with the names and addresses that the editor mended in the list of who else tells the story."""
    left = {link: _link_left(link, now) for link in was}
    return tuple(
        replace(sentence, cites=left[sentence.cites]) if sentence.cites in left else sentence for sentence in sentences
    )


def _link_left(link: Link, now: Sequence[Link]) -> Link:
    """What became of a link; itself where it was deleted, as that does not change whose the words are."""
    same = (
        other
        for other in now
        if (link.url and other.url == link.url) or (link.publisher and other.publisher == link.publisher)
    )
    return link if link in now else next(same, link)


def _next_known(text: str, known: Sequence[Printed]) -> tuple[int, Printed | None]:
    """Where the next unchanged sentence begins, with how it is shown; the length of the text where there is none."""
    framed = f" {text} "
    places = [(framed.find(f" {shown} "), -len(shown), (shown, sentence)) for shown, sentence in known]
    found = min((place for place in places if place[0] >= 0), default=None, key=lambda place: place[:2])
    return (found[0], found[2]) if found else (len(text), None)


def _mended_or_own(text: str, left: list[Printed], language: str) -> Iterator[Sentence]:
    """What stands between unchanged sentences: those that were mended, and the editor's own."""
    pieces = split_sentences(text, language)
    while pieces:
        mended, length = _next_mended(pieces, left, language)
        yield mended or Sentence(text=pieces[0], article="")
        del pieces[:length]


def _next_mended(pieces: Sequence[str], left: list[Printed], language: str) -> tuple[Sentence | None, int]:
    """The sentence that begins some text, if it is one that was mended, and of how many pieces it is."""
    for at, (shown, sentence) in enumerate(left):
        # A sentence may be split where an editor's would be.
        length = len(split_sentences(shown, language))
        text = " ".join(pieces[:length])
        if sentence.article and _is_mended(shown, text, language):
            del left[at]
            return replace(sentence, text=text), length
    return None, 1


def _is_mended(was: str, now: str, language: str) -> bool:
    """Whether a sentence says what it said: a word or two are others, but no figure, no denial, no order of words."""
    before, after = tokens(was), tokens(now)
    gone: list[str] = []
    come: list[str] = []
    changed = 0
    for kind, begin, end, at, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += before[begin:end]
            come += after[at:to]
            changed += max(end - begin, to - at)
    return (
        len(before) > 0
        and changed <= min(_MENDED, len(before) // _ONE_OF)
        and not set(gone) & set(come)
        and not any(character.isnumeric() for character in "".join([*gone, *come]))
        and _count_denials(was, language) == _count_denials(now, language)
    )


def _count_denials(text: str, language: str) -> int:
    return sum(1 for _ in denials(text, language))
