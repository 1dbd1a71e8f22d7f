"""Small HTML fragments, as feeds carry them, → plain text.

For whole pages there is trafilatura (`collect.pages`); a feed's fragment is the article already, so all that is needed
is which elements end a paragraph and which are no prose. Nothing of the markup survives, so nothing needs sanitizing.
"""

from __future__ import annotations

import html
import re

from lxml import etree

from digest.text.clean import clean_line, clean_paragraphs

#: Not the article's words: code that runs, forms, captions and credits of pictures, navigation.
_SKIPPED = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video "  # noqa: SIM905  # words as words
    "map head title button form select textarea figcaption nav aside footer dialog datalist rp rt".split()
)
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figure "  # noqa: SIM905  # words as words
    "h1 h2 h3 h4 h5 h6 header hr html "
    "legend li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
#: Classes of captions, highlighted code, share buttons and the like in what WordPress, Jekyll, Hugo and Ghost write.
_SKIPPED_CLASS = re.compile(
    r"(?:^|\s)(?:wp-caption-text|caption|highlight|highlighter-rouge|sourcecode|codehilite|code-block|sharedaddy|jp-relatedposts"
    r"|screen-reader-text|sr-only|visually-hidden|kg-bookmark-card|subscription-widget-wrap|footnotes|footnote-backref"
    r"|anchor|headerlink|header-anchor)(?:\s|$)",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z]|\*+|†|‡)[\])]?\s*")
_UNIT = re.compile(r"(?:\d|(?<![^\W\d_])[^\W\d_]{1,2})$")

#: Elements that people and programs put into titles to format them.
_FORMATTING = (
    "a abbr acronym b bdi bdo big br center cite code del dfn div em font h1 h2 h3 h4 h5 h6 i img ins kbd mark p q s "
    "samp small span strike strong sub sup time tt u var wbr"
).replace(" ", "|")
#: All the others: in a title they are what it is about ("The <select> element").
_OTHER_ELEMENTS = (
    "address area article aside audio base body button canvas caption col colgroup data dd details dialog dl dt embed "
    "fieldset figcaption figure footer form frame frameset head header hr html iframe input label legend li link main "
    "map math menu meta meter nav noscript object ol optgroup option output param picture portal pre progress rp rt "
    "ruby script section select slot source style summary svg table tbody td template textarea tfoot th thead title "
    "tr track ul video"
).replace(" ", "|")
_FORMATTING_TAG = re.compile(rf"</?(?:{_FORMATTING})(?:[\s/][^<>]*)?>", re.IGNORECASE)
_TAG = re.compile(rf"<(/?(?:{_FORMATTING}|{_OTHER_ELEMENTS})(?:[\s/][^<>]*)?)>", re.IGNORECASE)
_OPEN_TAG = re.compile(rf"<(/?(?:{_FORMATTING}|{_OTHER_ELEMENTS})[\s/])", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|<!\[CDATA\[|\]\]>|<[!?][^>]*>", re.DOTALL)
_HIDDEN_CONTENT = re.compile(r"<(script|style|iframe|noscript|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_ESCAPED_MARKUP = re.compile(
    r"</(?:p|div|a|b|i|em|strong|li|ul|span|h[1-6])\s*>|<(?:br|img|p|a|div)\b[^<>]*>", re.IGNORECASE
)


def html_to_text(fragment: str) -> str:
    """The prose of a fragment: paragraphs of one line each, separated by one blank line.

    A fragment that was escaped once too often is read again. What still looks like a tag after that is text that
    talks about HTML; its brackets are replaced by `‹›`, so that no later reader can take it for markup.
    """
    if "<" not in fragment and "&" not in fragment:
        return clean_paragraphs(fragment)
    text = _prose(fragment)
    if _ESCAPED_MARKUP.search(text) and not _ESCAPED_MARKUP.search(fragment):
        text = _prose(text)
    return without_tags_in_text(clean_paragraphs(text))


def html_to_line(fragment: str) -> str:
    """A title or a name as one line of text: elements of HTML are taken out, `Vec<T>` and `a < b` are not."""
    text = fragment
    for _ in range(2):
        text = _FORMATTING_TAG.sub("", _HIDDEN_CONTENT.sub("", _COMMENT.sub("", text))) if "<" in text else text
        if "&" not in text or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return clean_line(without_tags_in_text(text))


def without_tags_in_text(text: str) -> str:
    """Text in which nothing can be taken for a tag of HTML: `<script>` is written `‹script›`."""
    if "<" not in text:
        return text
    return _OPEN_TAG.sub(r"‹\1", _TAG.sub(r"‹\1›", text))


def _prose(fragment: str) -> str:
    parser = etree.HTMLParser(target=_Prose(), encoding="utf-8", no_network=True)
    parser.feed(fragment.replace("\x00", "").encode("utf-8", "replace"))
    text: str = parser.close()
    return text


class _Prose:
    """Collects the text of a fragment as the parser walks it; no tree is built, so depth costs nothing."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._skipping = 0
        self._notes: list[int] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or tag in _SKIPPED or _is_hidden(tag, attributes):
            self._skipping += 1
        elif tag in _BLOCKS:
            self._parts.append("\n\n")
        elif tag == "br":
            self._parts.append("\n")
        elif tag == "sup":
            self._notes.append(len(self._parts))

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag in _BLOCKS:
            self._parts.append("\n\n")
        elif tag == "sup" and self._notes:
            self._end_note(self._notes.pop())

    def data(self, text: str) -> None:
        if not self._skipping:
            # Line ends of the source are spaces; only elements end lines.
            self._parts.append(text.replace("\n", " ").replace("\r", " "))

    def close(self) -> str:
        return "".join(self._parts)

    def _end_note(self, start: int) -> None:
        """Drop the mark of a footnote; the 2 of m² and the 6 of 10⁶ stand after a unit or a number and stay."""
        before = "".join(self._parts[max(0, start - 1) : start])
        if _NOTE_MARK.fullmatch("".join(self._parts[start:])) and not _UNIT.search(before):
            del self._parts[start:]


def _is_hidden(tag: str, attributes: dict[str, str]) -> bool:
    if not attributes:
        return False
    css_class = attributes.get("class")
    if css_class and _SKIPPED_CLASS.search(css_class):
        return True
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return tag != "body"
    style = attributes.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))
