"""Posts of Mastodon, Bluesky and their like, as their feeds carry them → entries with a headline and a text. Pure.

A post has no title, or its whole text as one; hashtags, mentions and shortened addresses stand among its words. What
its author put behind a content warning stays there: readers get the warning, and the link.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import fragment_fromstring

from digest.collect.feeds.entries import Entry, Feed
from digest.languages.tables import either, merged
from digest.text.clean import clean_line
from digest.text.headlines import cut_headline
from digest.text.html import html_to_line, html_to_text
from digest.text.sentences import split_sentences
from digest.text.urls import http_url, shown_host

#: Addresses of posts: Mastodon and its kin, Pleroma, Misskey; Bluesky.
_POST = re.compile(
    r"https?://[^/]+/(?:@[^/]+/(?:\d{6,}|[\w-]{20,})|users/[^/]+/statuses/\w+|(?:notice|notes|objects)/[\w-]{8,})/?"
    r"|https://bsky\.app/profile/[^/]+/post/\w+|at://did:[\w:]+/app\.bsky\.feed\.post/\w+"
)
_NAMED_CHANNEL = re.compile(r"@\S+ [-–—] (?P<name>\S.*)")
#: As Mastodon writes it into its feeds, in any language: the warning alone above a rule, a label before it or none.
_ABOVE_RULE = re.compile(
    r"\s*<p>(?:\s*<strong>[^<]{0,80}</strong>)?(?P<words>[^<]{1,500})</p>\s*<hr\s*/?>", re.IGNORECASE
)
#: Bluesky's feeds show addresses as its pages do, cut: "example.org/2026/the-lo...".
_ADDRESS = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}/[^\s]*(?:…|\.\.\.)?", re.IGNORECASE)
_EMBED = re.compile(r"\[contains quote post or other embedded content\]", re.IGNORECASE)
_EMOJI_CODE = re.compile(r"(?<!\w):[a-z0-9_+-]{2,40}:(?!\w)", re.IGNORECASE)
_TAG = r"[#＃][\w·-]+"
_LAST_TAGS = re.compile(rf"(?:(?:^|[\s,;·|]+){_TAG})+\s*$")
_INLINE_TAG = re.compile(r"(?<!\w)[#＃](\w[\w·-]*)")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ])")
_FIRST_MENTIONS = re.compile(r"^(?:\.?@[\w.@-]+[\s,:]+)+")
_MENTION_HOST = re.compile(r"(?<!\w)(@[\w-]+(?:\.[\w-]+)*)@[\w-]+(?:\.[\w-]+)*")
#: Columns of a headline made of a first sentence.
_HEADLINE = 90
#: With fewer words beside it, a post is about the page that it links to.
_LINK_WORDS = 15


@dataclass(frozen=True, slots=True)
class _PostText:
    """What a post says: paragraphs, and the pages of others that it links to."""

    text: str
    links: tuple[str, ...]


def with_posts(feed: Feed) -> Feed:
    """The feed with its posts, if it has any, as entries with headlines."""
    if not any(_is_post(entry) for entry in feed.entries[:5]):
        return feed
    named = _NAMED_CHANNEL.fullmatch(feed.title)
    entries = tuple(_entry_of_post(entry, feed.language) if _is_post(entry) else entry for entry in feed.entries)
    return replace(feed, title=named["name"] if named else feed.title, entries=entries)


def _is_post(entry: Entry) -> bool:
    return bool(_POST.fullmatch(entry.link) or _POST.fullmatch(entry.guid))


def _entry_of_post(entry: Entry, language: str) -> Entry:
    words = _post_text(entry.content or html.escape(entry.title, quote=False), home=shown_host(entry.link))
    warning = _warning(entry, words.text)
    if warning:
        return replace(entry, title=f"CW: {warning}", content="", summary="")
    reposted = _reposted().match(words.text)
    text = _without_tags_and_mentions(words.text[reposted.end() :] if reposted else words.text)
    headline, rest = _headline(entry.title, text, language)
    body = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in rest.split("\n\n") if paragraph)
    return replace(
        entry,
        title=_with_host(headline, text, words.links),
        content=body,
        summary=body,
        author=(reposted["by"] or "").lstrip("@") or entry.author if reposted else entry.author,
    )


def _warning(entry: Entry, text: str) -> str:
    """What its author warns of, "" where they don't."""
    above = _ABOVE_RULE.match(entry.content)
    written = _written_warning().match(text) or _written_warning().match(entry.title)
    words = html_to_line(above["words"]) if above else clean_line(written[1]) if written else ""
    return words.lstrip(" :：")


def _post_text(content: str, *, home: str) -> _PostText:
    links: list[str] = []
    if "<" in content:
        content = _without_links(content, links)
    paragraphs = html_to_text(content if "<" in content else content.replace("\n", "\n\n")).split("\n\n")
    kept = []
    for paragraph in paragraphs:
        links += [match[0] for match in _ADDRESS.finditer(paragraph)]
        bare = _EMOJI_CODE.sub("", _EMBED.sub("", _ADDRESS.sub("", paragraph)))
        kept.append(clean_line(bare))
    addresses = (http_url(link if "://" in link else f"https://{link}") or "" for link in links)
    elsewhere = dict.fromkeys(link for link in addresses if shown_host(link) not in {"", home})
    return _PostText("\n\n".join(paragraph for paragraph in kept if paragraph), tuple(elsewhere))


def _without_links(content: str, links: list[str]) -> str:
    """The markup without links whose words are their address; where they lead is noted."""
    try:
        tree = fragment_fromstring(content.replace("\0", ""), create_parent="div")
    except (etree.ParserError, ValueError):
        return content
    for link in tree.findall(".//a"):
        classes = (link.get("class") or "").split()
        if "mention" in classes or "hashtag" in classes:
            continue
        words = "".join(link.itertext()).strip()
        links.append(link.get("href") or "")
        if "://" in words or (" " not in words and re.search(r"\w\.\w", words)):
            link.drop_tree()
    markup: str = etree.tostring(tree, encoding="unicode")
    return markup


def _without_tags_and_mentions(text: str) -> str:
    """The words without the tags at the end and the mentions at the start; those within a sentence are its words."""
    paragraphs = [_LAST_TAGS.sub("", paragraph) for paragraph in text.split("\n\n")]
    paragraphs[0] = _FIRST_MENTIONS.sub("", paragraphs[0])
    read = (_MENTION_HOST.sub(r"\1", _INLINE_TAG.sub(_spoken, paragraph)) for paragraph in paragraphs)
    return "\n\n".join(paragraph for paragraph in map(clean_line, read) if re.search(r"\w", paragraph))


def _spoken(tag: re.Match[str]) -> str:
    """ "Climate Change" for "#ClimateChange"."""
    return _CAMEL.sub(" ", tag[1])


def _headline(title: str, text: str, language: str) -> tuple[str, str]:
    """The headline and what of the text it does not say; a title that is no copy of the text is its own."""
    squeezed, start = "".join(text.split()), "".join(_without_tags_and_mentions(title).rstrip(".… ").split())
    if title and not _ADDRESS.match(title) and start[:40] and start[:40] not in squeezed:
        return title, text
    first = next(iter(split_sentences(text, language)), "")
    headline = cut_headline(first, most=_HEADLINE, language=language)
    if headline != first:
        return headline, text
    return headline.removesuffix("."), text[len(first) :].strip()


def _with_host(headline: str, text: str, links: tuple[str, ...]) -> str:
    """With the site that a post leads to, where that is what it is about: "Worth your time (example.org)"."""
    if len(links) != 1 or len(text.split()) >= _LINK_WORDS:
        return headline
    host = shown_host(links[0])
    words = headline.rstrip(" :–—-→")
    return f"{words} ({host})" if words else _headline_of_link(links[0])


def _headline_of_link(link: str) -> str:
    """What an address alone says: "example.org: the long story"."""
    slug = re.sub(r"\.\w{2,5}$", "", urlsplit(link).path.rstrip("/").rpartition("/")[2])
    words = re.sub(r"[-_]+", " ", slug).strip()
    host = shown_host(link)
    return f"{host}: {words}" if re.search(r"[^\W\d_]{3,}.* .*[^\W\d_]{3,}", words) else host


@cache
def _written_warning() -> re.Pattern[str]:
    return re.compile(rf"^{either(merged('posts')['warnings'])}\s*[:：]\s*(.{{1,200}})", re.IGNORECASE)


@cache
def _reposted() -> re.Pattern[str]:
    words = merged("posts")
    marks, behind_name = either((*words["reposted"], "♻️?", "🔁")), either(words["reposted_behind_name"])
    return re.compile(rf"^{marks}\s+@(?P<by>[\w.@-]{{2,80}})\s*:?\s+|^\S.{{0,60}}? {behind_name}\s*:\s*", re.IGNORECASE)
