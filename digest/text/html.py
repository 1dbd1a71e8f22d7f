"""Small HTML fragments, as feeds carry them, → plain text.

For whole pages there is trafilatura (`collect.pages`); a feed's fragment is the article already, so all that is needed
is which elements end a paragraph and which are no prose. Nothing of the markup survives, so nothing needs sanitizing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from lxml import etree

from digest.text.clean import clean_line, clean_paragraphs, read_as_windows

#: Never words of an article.
_SKIPPED = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video map "  # noqa: SIM905  # words as words
    "head title select textarea datalist dialog rp rt".split()
)
#: Words around an article: captions and credits of pictures, forms, navigation. Where there are no others, they count.
_FURNITURE = frozenset(["aside", "button", "figcaption", "footer", "form", "nav"])
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figure "  # noqa: SIM905  # words as words
    "h1 h2 h3 h4 h5 h6 header hr html "
    "legend li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
#: Classes of captions, share buttons and the like in what WordPress, Jekyll, Hugo, Ghost and Substack write.
_SKIPPED_CLASS = re.compile(
    r"(?:^|\s)(?:wp-caption-text|caption|sharedaddy|jp-relatedposts|screen-reader-text|sr-only|visually-hidden"
    r"|kg-bookmark-card|subscription-widget-wrap|footnotes|footnote-backref|headerlink|header-anchor|hash-link)(?:\s|$)",
    re.IGNORECASE,
)
#: Classes of program code, where they are on a block; on words in a sentence they mean other things.
_CODE_CLASS = re.compile(
    r"(?:^|\s)(?:highlight|highlighter-rouge|sourcecode|codehilite|code-block|code-toolbar|wp-block-code)(?:\s|$)",
    re.IGNORECASE,
)
_CODE_BLOCKS = frozenset(["div", "figure", "pre", "table"])
#: Where elements end lines and paragraphs, among the text; control characters that no text has.
_LINE, _PARAGRAPH = "\x1e", "\x1d"
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z]|\*+|†|‡)[\])]?\s*")
#: What a raised digit is an exponent of, not a footnote to.
_BASE = re.compile(r"(?:\b10|\b2|(?<![^\W\d_])(?:[kcdmµn]?m|ft|mi|[xyzrnacRH]))$")
_SUPERSCRIPTS = str.maketrans("0123456789n", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ")
#: Titles are cut at 300 characters; what is longer here is an attack on the patterns below.
_LONGEST_LINE = 5_000

#: Elements that people and programs put into titles to format them.
_FORMATTING = (
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup "
    "time tt u var wbr"
).replace(" ", "|")
_BREAKING = "br|center|div|h[1-6]|hr|img|p"
#: All the others: in a title they are what it is about ("The <select> element").
_OTHER_ELEMENTS = (
    "address area article aside audio base body button canvas caption col colgroup data dd details dialog dl dt embed "
    "fieldset figcaption figure footer form frame frameset head header html iframe input label legend li link main "
    "map math menu meta meter nav noscript object ol optgroup option output param picture portal pre progress rp rt "
    "ruby script section select slot source style summary svg table tbody td template textarea tfoot th thead title "
    "tr track ul video"
).replace(" ", "|")
_ELEMENT = f"{_FORMATTING}|{_BREAKING}|{_OTHER_ELEMENTS}"
_FORMATTING_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{_FORMATTING}|{_BREAKING})(?:\s+(?P<more>[^<>/\s][^<>]*)|[\s/][^<>]*)?>", re.IGNORECASE
)
_WITHOUT_END = frozenset({"br", "hr", "img", "wbr"})
_BREAKING_TAG = re.compile(rf"</?(?:{_BREAKING})(?:[\s/][^<>]*)?>", re.IGNORECASE)
_TAG = re.compile(rf"<(/?(?:{_ELEMENT})(?:[\s/][^<>]*)?)>", re.IGNORECASE)
_OPEN_TAG = re.compile(rf"<(/?(?:{_ELEMENT})[\s/])", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|<!\[CDATA\[|\]\]>|<[!?][^>]*>", re.DOTALL)
_HIDDEN_CONTENT = re.compile(r"<(script|style|iframe|noscript|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
#: Entities in what should be text: escaped twice. `&lt;` may as well be what the text is about.
_LEFT_OVER = re.compile(
    r"&(?!lt;|gt;|#0*6[02];|#x0*3[CcEe];)(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
#: Entities that lost their semicolon on the way: "isn&apost". In an address "&quot=" is a parameter.
_OPEN_ENTITY = re.compile(r"&(apos|quot|rsquo|lsquo|ldquo|rdquo|hellip|ndash|mdash|nbsp)(?![=;])")
#: How often text was escaped too often, at most.
_TOO_OFTEN = 3
_ESCAPED_MARKUP = re.compile(
    r"</(?:p|div|a|b|i|em|strong|li|ul|span|h[1-6])\s*>|<(?:br|img|p|a|div)\b[^<>]*>", re.IGNORECASE
)


def html_to_text(fragment: str) -> str:
    """The prose of a fragment: paragraphs of one line each, separated by one blank line.

    A fragment that was escaped once too often is read again. What still looks like a tag after that is text that
    talks about HTML; its brackets are replaced by `‹›`, so that no later reader can take it for markup.
    """
    fragment = read_as_windows(fragment)
    if "<" not in fragment and "&" not in fragment:
        return clean_paragraphs(fragment)
    # Where no element ends a line, the line ends of the source do.
    written = fragment if "<" in fragment else fragment.replace("\n", "<br>")
    text = _prose(written) or _prose(written, skipped=_SKIPPED)
    if _ESCAPED_MARKUP.search(text) and not _ESCAPED_MARKUP.search(fragment):
        text = _prose(text)
    return without_tags_in_text(clean_paragraphs(_unescaped(text)))


def markup_to_line(fragment: str) -> str:
    """What is known to be HTML as one line of text: elements are taken out, escaped ones are what it is about."""
    text = _HIDDEN_CONTENT.sub("", _COMMENT.sub("", read_as_windows(fragment[:_LONGEST_LINE])))
    text = html.unescape(_TAG.sub("", _BREAKING_TAG.sub(" ", text)))
    return text_to_line(text)


def text_to_line(text: str) -> str:
    """What is known to be text as one line: what looks like a tag is what it is about."""
    return without_tags_in_text(clean_line(_unescaped(read_as_windows(text[:_LONGEST_LINE]))))


def html_to_line(fragment: str) -> str:
    """A title or a name that may be HTML or text as one line: its markup is taken out, `Vec<T>` and `a < b` are not.

    Markup is an element that is closed again, has attributes, or needs no end: of "the <b> tag" nothing is.
    """
    text = read_as_windows(fragment[:_LONGEST_LINE])
    for _ in range(2):
        if "<" in text:
            text = _without_formatting(_HIDDEN_CONTENT.sub("", _COMMENT.sub("", text)))
        if "&" not in text or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    # Cleaned before: a control character in a tag hides it, and is gone afterwards.
    return without_tags_in_text(clean_line(_unescaped(text)))


def _unescaped(text: str) -> str:
    """Text without entities that are no markup any more: escaped twice, or without their semicolon."""
    for _ in range(_TOO_OFTEN):
        if "&" not in text:
            break
        text = _OPEN_ENTITY.sub(r"&\1;", text)
        text = _LEFT_OVER.sub(lambda entity: html.unescape(entity[0]), text)
    return text


def _without_formatting(text: str) -> str:
    tags = [*_FORMATTING_TAG.finditer(text)]
    markup = _closed(tags, text)
    parts, end = [], 0
    for tag in tags:
        if tag.start() in markup or tag["more"] or _stands_at_end(tag, text):
            parts += [text[end : tag.start()], " " if _BREAKING_TAG.fullmatch(tag[0]) else ""]
            end = tag.end()
    return "".join([*parts, text[end:]])


def _closed(tags: Sequence[re.Match[str]], text: str) -> frozenset[int]:
    """Where the tags are that begin and end an element; a space inside both is that of a sentence about tags."""
    found: set[int] = set()
    opened: dict[str, list[re.Match[str]]] = {}
    for tag in tags:
        name = tag["name"].lower()
        if name in _WITHOUT_END:
            found.add(tag.start())
        elif not tag["end"]:
            opened.setdefault(name, []).append(tag)
        elif beginning := opened.get(name):
            first = beginning.pop()
            if not (text[first.end()].isspace() and text[tag.start() - 1].isspace()):
                found |= {first.start(), tag.start()}
    return frozenset(found)


def _stands_at_end(tag: re.Match[str], text: str) -> bool:
    """Whether it is left of an element whose other end was cut off, or begins the only paragraph."""
    if tag["end"]:
        return not text[tag.end() :].strip()
    return tag["name"].lower() in {"p", "div"} and not text[: tag.start()].strip()


def without_tags_in_text(text: str) -> str:
    """Text in which nothing can be taken for a tag of HTML: `<script>` is written `‹script›`."""
    if "<" not in text:
        return text
    return _OPEN_TAG.sub(r"‹\1", _TAG.sub(r"‹\1›", text))


def _prose(fragment: str, *, skipped: frozenset[str] = _SKIPPED | _FURNITURE) -> str:
    parser = etree.HTMLParser(target=_Prose(skipped), encoding="utf-8", no_network=True)
    parser.feed(fragment.replace("\x00", "").encode("utf-8", "replace"))
    text: str = parser.close()
    return text


class _Prose:
    """Collects the text of a fragment as the parser walks it; no tree is built, so depth costs nothing."""

    def __init__(self, skipped: frozenset[str]) -> None:
        self._skipped = skipped
        self._parts: list[str] = []
        self._skipping = 0
        #: Where the text of a <sup> or <pre> begins that may have to go.
        self._raised: int | None = None
        self._preformatted: int | None = None
        self._is_code = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or tag in self._skipped or (attributes and _is_hidden(tag, attributes)):
            self._skipping += 1
        elif tag in _BLOCKS:
            self._parts.append(_PARAGRAPH)
            if tag == "pre":
                self._preformatted, self._is_code = len(self._parts), False
        elif tag == "br":
            self._parts.append(_LINE)
        elif tag == "sup" and self._raised is None:
            self._raised = len(self._parts)
        elif tag == "code" and self._preformatted is not None:
            self._is_code = True

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag in _BLOCKS:
            if tag == "pre":
                self._end_preformatted()
            self._parts.append(_PARAGRAPH)
        elif tag == "sup":
            self._end_raised()

    def data(self, text: str) -> None:
        if not self._skipping:
            self._parts.append(text)

    def close(self) -> str:
        # Line ends of the source are spaces; only elements end lines.
        source = "".join(self._parts).replace("\n", " ").replace("\r", " ")
        return source.replace(_LINE, "\n").replace(_PARAGRAPH, "\n\n").strip()

    def _end_preformatted(self) -> None:
        """Drop program code; other preformatted text (mailing lists, poems) is the article's own."""
        if self._is_code and self._preformatted is not None:
            del self._parts[self._preformatted :]
        self._preformatted = None

    def _end_raised(self) -> None:
        """Drop the mark of a footnote; the 2 of m² and the 6 of 10⁶ stand after a unit or a number and stay."""
        start, self._raised = self._raised, None
        if start is None or len(self._parts) > start + 3:
            return
        before, raised = "".join(self._parts[max(0, start - 1) : start]), "".join(self._parts[start:])
        if _BASE.search(before):
            self._parts[start:] = [raised.translate(_SUPERSCRIPTS)]
        elif _NOTE_MARK.fullmatch(raised):
            del self._parts[start:]


def _is_hidden(tag: str, attributes: dict[str, str]) -> bool:
    css_class = attributes.get("class")
    if css_class and _is_skipped_class(css_class, on_block=tag in _CODE_BLOCKS):
        return True
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))


# A site's articles share a few dozen classes.
@lru_cache(maxsize=1024)
def _is_skipped_class(css_class: str, *, on_block: bool) -> bool:
    return bool(_SKIPPED_CLASS.search(css_class) or (on_block and _CODE_CLASS.search(css_class)))
