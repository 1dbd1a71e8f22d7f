"""Which lines of a page are its article's: the choice of trafilatura, corrected by where each line stands. Pure.

trafilatura in precision mode is the best single extractor measured (4-shingle F1 0.969 on 98 article pages). What is
left over are structural mistakes, and those show in the tree: lists of links to other stories, other articles below
the article, boxes outside of it, paragraphs left out because an advertisement split the text in two. The rules below
correct these; both random halves of the pages gain (0.965 → 0.980 and 0.974 → 0.987), the whole comes to 0.983.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TypeAlias

from digest.collect.pages.blocks import Block, Element, kind_of
from digest.collect.prose.furniture import Furniture, furniture_of, is_prose, split_credit, words_only
from digest.text.clean import clean_line

# It reports pages without text on standard error; here that is a value.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

#: The innermost element with this share of the article's words is its container; 0.85 to 0.95 do equally well, with
#: 0.75 text beside a long quotation or list is lost.
_SHARE_OF_CONTAINER = 0.85
#: A line is a link if this share of it is; headlines of other stories are, a sentence with a link in it is not.
_LINK = 0.9
_FEWEST_LINK_WORDS = 4
#: A paragraph that was left out has at least this many words and is less than half link.
_FEWEST_WORDS = 8
_MOST_LINKED = 0.5
_NOT_BODY = frozenset(
    "address aside button figcaption footer form header label nav select table time".split()  # noqa: SIM905  # words as words
)
_FURNITURE = {
    Furniture.BYLINE,
    Furniture.CALL,
    Furniture.COMMENTS,
    Furniture.CREDIT,
    Furniture.LABEL,
    Furniture.LEGAL,
    Furniture.PROMOTION,
    Furniture.WIRE,
}
#: The title and the date stand at most this far down.
_HEADER_LINES = 4


def article_body(tree: Element, blocks: Sequence[Block], *, titles: Iterable[str]) -> list[str]:
    """The paragraphs of a page's article, [] where it has none.

    Args:
        blocks: the blocks of the same tree.
        titles: what the page calls itself; not repeated as a paragraph.
    """
    lines = _extracted(tree)
    corrected = _corrected(lines, blocks)
    kept = _without_furniture(corrected, {words_only(title) for title in titles})
    return kept if any(is_prose(line) for line in kept) else []


def _extracted(tree: Element) -> list[str]:
    import trafilatura  # noqa: PLC0415  # 0.3 s, which only who reads a page waits for

    for precise in (True, False):
        text = trafilatura.extract(tree, favor_precision=precise, include_comments=False)
        if text:
            return [line for part in text.splitlines() if (line := clean_line(_BULLET.sub("", part)))]
    return []


_BULLET = re.compile(r"^\s*[-–•*]\s+")


def _without_furniture(lines: Sequence[str], titles: set[str]) -> list[str]:
    kept = []
    for i, line in enumerate(lines):
        furniture = furniture_of(line)
        in_header = i < _HEADER_LINES and (words_only(line) in titles or furniture is Furniture.DATE)
        if furniture not in _FURNITURE and not in_header:
            kept.append(split_credit(line)[0])
    return [line for line in kept if line]


# --- corrections ------------------------------------------------------------------------------------------------


def _corrected(lines: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """The lines without those that stand where no article's do, and with the paragraphs missing among them."""
    places = _places(lines, blocks)
    taken = {place for place in places if place is not None}
    prose = {i for i in taken if is_prose(blocks[i].text)}
    container = _container([blocks[i] for i in sorted(prose)])
    if container is None:
        return list(lines)
    dropped = {i for i in taken if _is_link(blocks[i]) or not blocks[i].is_within(container)}
    dropped |= _in_other_articles(blocks, taken, prose)
    missing = _missing(blocks, taken, prose - dropped, container)
    return _merged(lines, places, dropped, {i: blocks[i].text for i in missing})


def _is_link(block: Block) -> bool:
    return block.linked >= _LINK and block.words >= _FEWEST_LINK_WORDS


def _container(blocks: Sequence[Block]) -> Element | None:
    """The innermost element that holds nearly all words of the blocks."""
    words: dict[Element, int] = defaultdict(int)
    for block in blocks:
        for element in block.ancestors():
            words[element] += block.words
    needed = _SHARE_OF_CONTAINER * sum(block.words for block in blocks)
    candidates = [next(e for e in block.ancestors() if words[e] >= needed) for block in blocks]
    return max(candidates, key=_depth, default=None)


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _in_other_articles(blocks: Sequence[Block], taken: set[int], prose: set[int]) -> set[int]:
    """Taken blocks of `article` elements beside the one with the page's heading: other posts, teasers, comments."""
    headings = (block for block in blocks if any(element.tag == "h1" for element in block.ancestors()))
    own = {element for block in headings for element in _articles_around(block)}
    if not any(own.intersection(_articles_around(blocks[i])) for i in prose):
        return set()
    return {i for i in taken if (around := _articles_around(blocks[i])) and not own.intersection(around)}


def _articles_around(block: Block) -> set[Element]:
    return {element for element in block.ancestors() if element.tag == "article"}


def _missing(blocks: Sequence[Block], taken: set[int], prose: set[int], container: Element) -> set[int]:
    """Paragraphs of the container, or of one just like it beside it, that are like those taken but were not."""
    kinds = Counter(kind_of(blocks[i].element) for i in prose)
    homes = _similar_containers(container, blocks)
    return {
        i
        for i, block in enumerate(blocks)
        if i not in taken
        and block.words >= _FEWEST_WORDS
        and block.linked < _MOST_LINKED
        and is_prose(block.text)
        and kinds[kind_of(block.element)] > 1
        and furniture_of(block.text) is None
        and _is_body(block, homes)
    }


def _similar_containers(container: Element, blocks: Sequence[Block]) -> set[Element]:
    """The container and its like nearby: advertisements cut a long article into several."""
    kind, around = kind_of(container), set(islice(container.iterancestors(), 3))
    found = {container}
    for element in {element for block in blocks for element in block.ancestors()} - found:
        near = around.intersection(islice(element.iterancestors(), 3))
        if (
            near
            and element.tag != "article"
            and kind_of(element) == kind
            and next(element.iter("h1", "h2"), None) is None
        ):
            found.add(element)
    return found


def _is_body(block: Block, homes: set[Element]) -> bool:
    for element in block.ancestors():
        if element in homes:
            return True
        if element.tag in _NOT_BODY:
            return False
    return False


def _merged(
    lines: Sequence[str], places: Sequence[int | None], dropped: set[int], missing: dict[int, str]
) -> list[str]:
    """The lines in order without the dropped ones, each missing paragraph before the line that it stood above."""
    merged: list[str] = []
    waiting = sorted(missing)
    for line, place in zip(lines, places, strict=True):
        while place is not None and waiting and waiting[0] < place:
            merged.append(missing[waiting.pop(0)])
        if place not in dropped:
            merged.append(line)
    return merged + [missing[i] for i in waiting]


# --- where each line stands -------------------------------------------------------------------------------------

#: An extracted line is looked for in so many blocks after the one before it.
_REACH = 300
_FEWEST_LETTERS = 40

#: Three words in a row.
Shingle: TypeAlias = tuple[str, str, str]


def _places(lines: Sequence[str], blocks: Sequence[Block]) -> list[int | None]:
    """The block that each extracted line comes from; trafilatura cuts and joins, so some match only in part."""
    folded = [words_only(block.text) for block in blocks]
    positions: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(folded):
        positions[text].append(i)
    shingles = [_shingles(text) for text in folded]
    places: list[int | None] = []
    start = 0
    for line in map(words_only, lines):
        same = positions.get(line, [])
        at = bisect_left(same, start)
        place = same[at] if at < len(same) else _similar_block(line, shingles[start : start + _REACH], start)
        start = start if place is None else place + 1
        places.append(place)
    return places


def _similar_block(line: str, shingles: Sequence[set[Shingle]], start: int) -> int | None:
    """The first block that shares most of its words in order with a line, or most of the line's."""
    own = _shingles(line) if len(line) > _FEWEST_LETTERS else set()
    return next((start + i for i, other in enumerate(shingles) if _overlaps(own, other)), None)


def _overlaps(one: set[Shingle], other: set[Shingle]) -> bool:
    common = len(one & other)
    return common > 0 and common >= 0.5 * min(len(one), len(other)) and common >= 0.3 * max(len(one), len(other))


def _shingles(folded: str) -> set[Shingle]:
    words = folded.split()
    return set(zip(words, words[1:], words[2:], strict=False))
