"""Where the feeds of a site may be: by its address, by what its page says, and at the usual places. Pure.

`search` asks there. Of what a page says its own `<link rel="alternate">` counts most
(https://www.rssboard.org/rss-autodiscovery); a link in its text is a guess like the usual places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml import etree

from digest.collect.documents.encoding import to_text
from digest.collect.documents.trees import page_tree
from digest.text.clean import clean_line
from digest.text.urls import canonical_url, http_url, without_feed_scheme

#: Ways that software for sites is known to use, the most common first.
_USUAL = ("feed", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json", "rss", "feeds/posts/default")
_SITEMAPS = ("sitemap-news.xml", "news-sitemap.xml", "sitemap.xml", "sitemap_index.xml")
_FEED_TYPES = re.compile(
    r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|(?:text|application)/(?:xml|rss|atom)|application/json",
    re.IGNORECASE,
)
#: JSON that pages name and that is no feed: oEmbed, WordPress's own API, search engines.
_NO_FEED = re.compile(r"oembed|wp-json|opensearch|manifest\.json", re.IGNORECASE)
_FEED_LIKE = re.compile(r"(?:^|[/._?=&-])(?:rss2?|atom|feeds?|rdf)(?:$|[/._?=&-])|\.(?:rss|atom|rdf)$", re.IGNORECASE)
_COMMENTS = re.compile(r"\bcomments?\b|/comments/|\bkommentare?\b|\bcommentaires?\b|\bcomentarios\b", re.IGNORECASE)
_HOST = re.compile(r"[^\s/:@]+\.[^\s/:@]{2,}(?::\d+)?(?:[/?#]|$)|localhost(?::\d+)?(?:/|$)")
_MOST_ANCHORS = 8
_LARGEST_PAGE = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleFeed:
    """An address where a feed may be."""

    url: str
    #: What the page calls it.
    title: str = ""
    #: How it was found, to tell the user: "the page names it".
    how: str

    @property
    def comments(self) -> bool:
        """Whether it looks like a feed of what readers write below articles."""
        return _COMMENTS.search(f"{self.title} {urlsplit(self.url).path.replace('-', ' ')}") is not None


def web_address(written: str) -> str | None:
    """What a person means by "example.org" or "feed:https://example.org/rss"; None where it can be no address."""
    text = without_feed_scheme(written.strip())
    if not re.match(r"https?://", text, re.IGNORECASE):
        if not _HOST.match(text):
            return None
        text = f"https://{text}"
    return http_url(text.partition("#")[0])


# --- sites whose feeds follow from the address ------------------------------------------------------------------


def feeds_by_address(url: str) -> tuple[PossibleFeed, ...]:
    """The feeds that a well-known kind of site has for this address."""
    parts = urlsplit(url)
    host, path = (parts.hostname or "").removeprefix("www.").removeprefix("m."), parts.path.rstrip("/")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    for is_at, found in _SITES:
        place = found(path, query, host) if is_at.fullmatch(host) else None
        address = http_url(place, url) if place else None
        if address:
            return (PossibleFeed(url=address, how="such sites have it there"),)
    return ()


#: From a path, a query and a host to where the feed is.
_Rule = Callable[[str, dict[str, str], str], str | None]


def _pattern(pattern: str, feed: str) -> _Rule:
    compiled = re.compile(pattern)

    def rule(path: str, _query: dict[str, str], _host: str) -> str | None:
        match = compiled.fullmatch(path)
        return match.expand(feed) if match else None

    return rule


def _youtube(path: str, query: dict[str, str], _host: str) -> str | None:
    if "list" in query:
        return f"/feeds/videos.xml?playlist_id={query['list']}"
    channel = re.match(r"/channel/([\w-]+)", path)
    return f"/feeds/videos.xml?channel_id={channel[1]}" if channel else None


_ANY = re.compile(r".+")
_SITES: tuple[tuple[re.Pattern[str], _Rule], ...] = (
    (re.compile(r"youtube\.com"), _youtube),
    (re.compile(r"(?:old\.|new\.)?reddit\.com"), _pattern(r"(/(?:r|u|user)/[\w-]+(?:/(?:new|top|hot))?)", r"\1/.rss")),
    (re.compile(r"github\.com"), _pattern(r"(/[\w.-]+/[\w.-]+)(?:/releases.*)?", r"\1/releases.atom")),
    (re.compile(r"github\.com"), _pattern(r"(/[\w.-]+/[\w.-]+)/tags", r"\1/tags.atom")),
    (re.compile(r"github\.com"), _pattern(r"(/[\w.-]+/[\w.-]+/commits/[\w./-]+)", r"\1.atom")),
    (re.compile(r"github\.com"), _pattern(r"(/[\w-]+)", r"\1.atom")),
    (re.compile(r"bsky\.app"), _pattern(r"(/profile/[\w.:-]+)", r"\1/rss")),
    (re.compile(r"medium\.com"), _pattern(r"(/(?:@?[\w.-]+|tag/[\w-]+))", r"/feed\1")),
    (re.compile(r".+\.(?:medium|substack|wordpress)\.com"), _pattern(r".*", "/feed")),
    (re.compile(r".+\.blogspot\..+"), _pattern(r".*", "/feeds/posts/default")),
    (re.compile(r".+\.tumblr\.com"), _pattern(r".*", "/rss")),
    (re.compile(r"vimeo\.com"), _pattern(r"(/(?:channels/)?[\w-]+)", r"\1/videos/rss")),
    (re.compile(r"(?:.+\.)?stackexchange\.com|stackoverflow\.com"),
     _pattern(r"/questions/tagged/([^/]+)", r"/feeds/tag/\1")),
    (re.compile(r"dev\.to"), _pattern(r"/([\w-]+)", r"/feed/\1")),
    (re.compile(r"news\.ycombinator\.com"), _pattern(r"|/news", "/rss")),
    # Mastodon and its kin, wherever they are; what else writes people as @name says its feed on its page.
    (re.compile(r"(?!(?:medium|youtube|tiktok|threads|instagram)\.)(?!.*\.(?:medium|substack)\.com).+"),
     _pattern(r"(/@[\w.]+)(?:/with_replies|/media)?", r"\1.rss")),
    (_ANY, _pattern(r"(/c/[\w@.-]+)", r"/feeds\1.xml")),
)  # fmt: skip


# --- what a page says -------------------------------------------------------------------------------------------


def feeds_of_page(body: bytes, *, url: str, content_type: str = "") -> tuple[PossibleFeed, ...]:
    """The feeds that a page names in its head, then those that its data and its links seem to lead to."""
    text, _ = to_text(body[:_LARGEST_PAGE], content_type)
    tree = page_tree(text)
    if tree is None:
        return ()
    base = http_url(str((tree.xpath("//base/@href") or [""])[0]), url) or url
    return _each_once((*_feed_links(tree, base), *_feeds_in_scripts(text, url), *_feed_like_links(tree, base)), but=url)


def _feed_links(tree: etree._Element, base: str) -> Iterator[PossibleFeed]:
    for link in tree.iter("link", "a"):
        says = f" {(link.get('rel') or '').lower()} "
        kind, href = link.get("type") or "", (link.get("href") or "").strip()
        is_named = " feed " in says or (" alternate " in says and _FEED_TYPES.fullmatch(kind.partition(";")[0].strip()))
        address = http_url(href, base) if is_named and href and not _NO_FEED.search(href) else None
        if address:
            yield PossibleFeed(url=address, title=clean_line(link.get("title") or ""), how="the page names it")


_FEED_IN_DATA = re.compile(r'"(?:feedUrl|rssUrl)"\s*:\s*"(https?:[^"\s]{1,2000})"')
_CHANNEL = re.compile(r'"(?:externalId|channelId)"\s*:\s*"(UC[\w-]{22})"')


def _feeds_in_scripts(text: str, url: str) -> Iterator[PossibleFeed]:
    """What pages that are made by script hold in their data: a podcast's feed, a channel's id."""
    for match in _FEED_IN_DATA.finditer(text):
        address = http_url(match[1].replace("\\/", "/").replace("\\u0026", "&"), url)
        if address:
            yield PossibleFeed(url=address, how="the page's data name it")
    channel = _CHANNEL.search(text) if (urlsplit(url).hostname or "").endswith("youtube.com") else None
    if channel:
        yield PossibleFeed(
            url=urljoin(url, f"/feeds/videos.xml?channel_id={channel[1]}"), how="the page's data name it"
        )


def _feed_like_links(tree: etree._Element, base: str) -> Iterator[PossibleFeed]:
    found = 0
    for anchor in tree.iter("a"):
        href, words = (anchor.get("href") or "").strip(), clean_line(" ".join(anchor.itertext()))[:100]
        if not (_FEED_LIKE.search(href) or re.fullmatch(r"(?:rss|atom|feeds?)(?: feeds?)?", words, re.IGNORECASE)):
            continue
        address = http_url(href, base)
        if address and found < _MOST_ANCHORS:
            found += 1
            yield PossibleFeed(url=address, title=words, how="a link on the page leads to it")


def _each_once(candidates: Iterable[PossibleFeed], *, but: str) -> tuple[PossibleFeed, ...]:
    found: dict[str, PossibleFeed] = {}
    for candidate in candidates:
        found.setdefault(canonical_url(candidate.url), candidate)
    found.pop(canonical_url(but), None)
    return tuple(found.values())


# --- guesses ----------------------------------------------------------------------------------------------------


def usual_places(url: str) -> tuple[PossibleFeed, ...]:
    """Where software for sites puts feeds: below this address, then at the root of its host."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}/"
    folder = urljoin(root, parts.path if parts.path.endswith("/") or "." in parts.path[-6:] else parts.path + "/")
    folders = dict.fromkeys((urljoin(folder, "."), root))
    return tuple(PossibleFeed(url=base + place, how="it is at a usual place") for base in folders for place in _USUAL)


def sitemaps_of_robots(body: bytes, *, url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names (https://www.sitemaps.org/protocol.html#submit_robots), news first."""
    text, _ = to_text(body[:500_000])
    named = (match[1] for match in re.finditer(r"^\s*sitemap\s*:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE))
    addresses = dict.fromkeys(address for name in named if (address := http_url(name, url)))
    return tuple(sorted(addresses, key=lambda address: "news" not in address.lower()))


def usual_sitemaps(url: str) -> tuple[str, ...]:
    """Where sitemaps are by convention."""
    return tuple(urljoin(url, f"/{name}") for name in _SITEMAPS)
