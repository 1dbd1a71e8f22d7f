"""Which elements of a page speak of its article, and which of others: comments, related stories, the frame. Pure.

A date below a comment, the author of a teaser and the name of a publisher are marked up just as the article's own. They
are told by what they stand in: a `Comment` of schema.org or a box that calls itself "related".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from digest.collect.pages.blocks import Element
from digest.languages.tables import either, merged

#: Things of schema.org that are, or hold, the article; all other things on its page are about something else.
_OWN_TYPE = re.compile(r"(?!Job)\w*(?:Article|Posting|Report|Page|Blog|WebSite|CreativeWork)$|hentry$|h-entry$")
#: What an article's own things are called within another; "comment", "author", "isPartOf" and the like are others.
_OWN_NAMES = frozenset({"mainentity", "mainentityofpage", "blogpost", "blogposts", "liveblogupdate"})
_AUTHOR = frozenset({"author", "creator"})
_ASIDE = frozenset({"aside", "nav"})


class OwnElements:
    """Tells a page's own elements from those of others.

    Args:
        tree: the page.
    """

    def __init__(self, tree: Element) -> None:
        heading = _heading(tree)
        #: What holds the main heading can be no box beside the article, whatever it calls itself.
        self._around = {heading, *heading.iterancestors()} if heading is not None else set()
        self._has_article = any(element.tag == "article" for element in self._around)

    def holds(self, element: Element, *, byline: bool = False) -> bool:
        """Whether an element is not within a comment, another story, or the frame around the article.

        Args:
            byline: whether what is said of the author counts as the article's.
        """
        around = (element, *element.iterancestors())
        return not any(self._is_of_others(place) for place in around if not (byline and _is_of_author(place)))

    def named(self, tree: Element, *names: str) -> Iterator[Element]:
        """The own elements with a property of schema.org, as microdata or RDFa."""
        for element in tree.iter():
            if isinstance(element.tag, str) and not set(names).isdisjoint(_properties(element)) and self.holds(element):
                yield element

    def _is_of_others(self, place: Element) -> bool:
        if not isinstance(place.tag, str) or place in self._around:
            return False
        if _is_thing(place) and not _is_own_thing(place):
            return True
        if place.tag in _ASIDE or (place.tag == "footer" and not self._within_own_article(place)):
            return True
        if place.tag == "article" and self._has_article:
            return True
        names = " ".join(filter(None, (place.get("class"), place.get("id"), place.get("role"))))
        return place.tag not in {"html", "body"} and _others().search(names) is not None

    def _within_own_article(self, place: Element) -> bool:
        return any(around.tag == "article" and around in self._around for around in place.iterancestors())


def _heading(tree: Element) -> Element | None:
    """The main heading: of several, the one in an article, not in the frame."""
    headings = list(tree.iter("h1"))
    inside = [h for h in headings if any(around.tag in {"article", "main"} for around in h.iterancestors())]
    return next(iter(inside or headings), None)


def _is_of_author(place: Element) -> bool:
    return not _properties(place).isdisjoint(_AUTHOR)


def _is_thing(place: Element) -> bool:
    return "itemscope" in place.attrib or "typeof" in place.attrib


def _is_own_thing(place: Element) -> bool:
    names = _properties(place)
    if names and names.isdisjoint(_OWN_NAMES):
        return False
    types = (place.get("itemtype") or place.get("typeof") or "").split()
    return not types or any(_OWN_TYPE.match(re.split(r"[/#:]", kind)[-1]) for kind in types)


def _properties(element: Element) -> set[str]:
    """What an element is called of the thing around it, in small letters and without the address of the vocabulary."""
    written = f"{element.get('itemprop') or ''} {element.get('property') or ''}"
    return {re.split(r"[/#:]", name)[-1].lower() for name in written.split()}


@cache
def _others() -> re.Pattern[str]:
    """Words in classes, ids and roles of boxes beside an article."""
    return re.compile(rf"(?:^|[\s_-]){either(merged('furniture')['boxes'])}(?=$|[\s_-])", re.IGNORECASE)
