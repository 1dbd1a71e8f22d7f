"""Addresses: which are safe to show, which mean the same article, and how a reader sees them.

The canonical form is the identity of an article (`collect` builds on it), so its rules only ever join what
publishers themselves treat as one page; where a rule could join two pages, it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_FEED_SCHEME = re.compile(r"^(?:feed|rss|itpc|pcast)(?:://(?!https?:)|:(?://)?(?=https?:))", re.IGNORECASE)
_CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]")
#: Left as they are when an address is written in ASCII: RFC 3986's reserved characters and the percent sign.
_KEPT = "%/:?#[]@!$&'()*+,;=~-._"

#: Parameters that only follow a click, on every site that has them. From the ClearURLs and Mozilla lists.
_CLICK = r"""utm_\w+ | (?:fb|g|dc|ms|yc|tw|tt|_bh)?cl(?:id|kid) | gclsrc | gbraid | wbraid | igshid | igsh | li_fat_id
    | mc_[ce]id | mkt_tok | _hsenc | _hsmi | __hs\w+ | hsctatracking | vero_(?:id|conv) | oly_\w+_id | wickedid
    | _openstat | at_(?:medium|campaign|custom\d|link_\w+|format|ptr_\w+|bbc_team|campaign_type)
    | ns_(?:mchannel|source|campaign|linkname|fee) | guce_\w+ | __twitter_impression | pk_(?:campaign|kwd|source|medium)
    | mtm_\w+ | piano_\w+"""
_CLICKS = re.compile(_CLICK, re.VERBOSE | re.IGNORECASE)
#: And those that say where a click came from in the links of real feeds, but might mean something elsewhere.
_TRACKING = re.compile(
    rf"""{_CLICK} | xtor | wt_?\.?(?:mc|zmc)(?:_\w+)? | cmpid | cmp | ncid | s_cid | ito | ftag | smid | smtyp | emc
    | spm | scm | guccounter | soc_(?:src|trk) | sr_share | wpsrc | traffic_source | taid | mbid | cndid | ocid | rss_id
    | _ga
    | _gl | amp | outputtype | hss_channel""",
    re.VERBOSE | re.IGNORECASE,
)
#: Parameters that are tracking only where their value says so: `?ref=rss` is, `?ref=main` may name a branch.
_ORIGIN = re.compile(
    r"ref|source|src|from|via|partner|medium|campaign|channel|output|origin|int_?cmp|[ic]cid|cid|maca|mod|link",
    re.IGNORECASE,
)
_ORIGIN_VALUE = re.compile(
    r"(?:.*[-_. ])?(?:rss\d*|atom|x?feed|feedburner|amp|twitter|facebook|newsletter|email)(?:[-_. ].*)?", re.IGNORECASE
)

#: Sites whose addresses only point at another one, which stands in a parameter. (host, path, parameters)
_WRAPPERS = (
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}"), "/url", ("q", "url")),
    (re.compile(r"(?:www\.)?bing\.com"), "/news/apiclick.aspx", ("url",)),
    (re.compile(r"(?:www\.)?youtube\.com"), "/redirect", ("q",)),
    (re.compile(r"lm?\.(?:facebook|instagram)\.com"), "/", ("u",)),
    (re.compile(r"(?:www\.)?facebook\.com"), "/l.php", ("u",)),
    (re.compile(r"out\.reddit\.com"), "/", ("url",)),
    (re.compile(r"t\.umblr\.com"), "/redirect", ("z",)),
    (re.compile(r"medium\.com"), "/r/", ("url",)),
    (re.compile(r"feeds\.feedburner\.com|feedproxy\.google\.com"), "/", ("url", "u")),
    (re.compile(r"(?:www\.)?linkedin\.com"), "/redir/redirect", ("url",)),
    (re.compile(r"(?:[\w-]+\.)?safelinks\.protection\.outlook\.com"), "/", ("url",)),
    (re.compile(r"(?:html\.)?duckduckgo\.com"), "/l/", ("uddg",)),
    (re.compile(r"news\.google\.com"), "/news/url", ("url",)),
    (re.compile(r"(?:away\.)?vk\.com"), "/away.php", ("to",)),
    (re.compile(r"getpocket\.com"), "/redirect", ("url",)),
    (re.compile(r"slack-redir\.net"), "/link", ("url",)),
    (re.compile(r"steamcommunity\.com"), "/linkfilter/", ("u", "url")),
    (re.compile(r"click\.linksynergy\.com"), "/", ("murl",)),
)
#: And those where it is a part of the path: Amazon's mail, Proofpoint, Yahoo, The Register.
_WRAPPED_IN_PATH = (
    (re.compile(r"(?:[\w-]+\.)*awstrack\.me"), re.compile(r"/L0/(https?(?::|%3A)[^/]+)/.*", re.IGNORECASE)),
    (re.compile(r"urldefense\.com"), re.compile(r"/v3/__(https?://?[^_*]+)__;.*")),
    (re.compile(r"r\.search\.yahoo\.com"), re.compile(r".*/RU=(http[^/]+)/.*", re.IGNORECASE)),
    (re.compile(r"go\.theregister\.com"), re.compile(r"/feed/((?:[\w-]+\.)*theregister\.com/.+)")),
)
_AMP_CACHE = re.compile(r"(?:/amp)?/(?:[cv]/)?(s/)?([^/]+\.[^/]+/?.*)")
#: "/news/story/amp", "/news/story.amp.html"; a page called "/amp" is left alone.
_AMP_PATH = re.compile(r"(?<=[^/])(?:/amp)+$|(?<=[^/])\.amp(?=\.html?$|$)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_SLASHES = re.compile(r"/{2,}")
_MOST_WRAPPERS = 3
#: What browsers and mail programs still open.
_LONGEST = 2_000


def canonical_url(url: str) -> str:
    """The address without what differs between links to one page; equal for equal articles.

    http and https, `www.`, `m.` and `amp.` hosts, default ports, tracking parameters, their order, fragments, index
    files, AMP spellings and a slash at the end make no difference; a redirect whose target stands in it is replaced by
    the target. What is no http(s) address comes back stripped and otherwise unchanged. Idempotent.
    """
    target = _unwrapped(url.strip())
    return _canonical(target) or target


def untracked_url(url: str) -> str:
    """The same page for a reader: no redirect over a third party, no parameter that only follows the click."""
    target = _unwrapped(url)
    address, mark, rest = target.partition("?")
    query, hash_mark, fragment = rest.partition("#")
    if not mark or "#" in address:
        return target
    kept = "&".join(part for part in query.split("&") if not _CLICKS.fullmatch(part.partition("=")[0]))
    return f"{address}{'?' if kept else ''}{kept}{hash_mark}{fragment}"


def http_url(link: str, base: str = "") -> str | None:
    """The link as an absolute http(s) address in ASCII, None where it is none or is not safe to show."""
    written = re.sub(r"[\t\r\n]", "", link).strip()
    joined = _join(base, written) if 0 < len(written) <= _LONGEST else None
    if joined is None or joined[0].lower() != "h":
        return None
    address = quote(joined, safe=_KEPT)
    return address if is_safe_url(address) else None


def without_feed_scheme(link: str) -> str:
    """ "feed://example.org/rss" and "feed:https://example.org/rss", as feed readers write links, without that."""
    return _FEED_SCHEME.sub("", link, count=1)


def resolved(location: str, base: str) -> str:
    """Where a location leads from the address that it was found at; as it is where that can't be said.

    Blanks, characters beyond ASCII and backslashes are written as browsers send them
    (https://url.spec.whatwg.org/#url-parsing): servers put "/my feed.xml" into their redirects.
    """
    if not is_web(base):
        return location
    written = re.sub(r"[\t\r\n]", "", location).strip("\x00\x20")
    path = re.match(r"[^?#]*", written)
    slashed = written.replace("\\", "/", path[0].count("\\")) if path else written
    joined = _join(base, slashed)
    return quote(joined, safe=_KEPT, errors="surrogatepass") if joined and is_web(joined) else joined or location


def is_web(location: str) -> bool:
    """Whether a place is an address of the web, and no path of a file or folder."""
    return location.lower().startswith(("http://", "https://"))


def is_safe_url(url: str) -> bool:
    """Whether a reader may be given this as a link: http, https or mailto, well formed, and not posing as another."""
    if _CONTROL_OR_SPACE.search(url):
        return False
    try:
        parts = urlsplit(url)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path and not parts.netloc
    # "https://bank.example@evil.example/" is read as the bank's by people.
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc and port_is_valid


def shown_host(url: str) -> str:
    """The host as readers see it: "example.org" for "https://www.example.org:8080/a"; "" where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def without_user(address: str) -> str:
    """The address as a log may hold it: of "imaps://rosa@host/Folder" without rosa."""
    scheme, mark, rest = address.partition("://")
    place, slash, path = rest.partition("/")
    return f"{scheme}{mark}{place.rpartition('@')[2]}{slash}{path}" if mark else address


def _join(base: str, link: str) -> str | None:
    try:
        joined = urljoin(base, link)
        host = urlsplit(joined).hostname
        if host and not host.isascii():
            return joined.replace(urlsplit(joined).netloc, _ascii_netloc(joined), 1)
    except ValueError:
        return None
    return joined or None


def _ascii_netloc(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    return f"{host}:{parts.port}" if parts.port else host


def _unwrapped(url: str) -> str:
    for _ in range(_MOST_WRAPPERS):
        target = _wrapped(url)
        if target is None:
            break
        url = target
    return url


def _wrapped(url: str) -> str | None:
    """The target of a redirect that names it in its query or path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = parts.hostname or ""
    if host.endswith(".cdn.ampproject.org") or (host.startswith("www.google.") and parts.path.startswith("/amp/")):
        cached = _AMP_CACHE.fullmatch(parts.path)
        return f"https://{cached[2]}" + (f"?{parts.query}" if parts.query else "") if cached else None
    for wrapper, pattern in _WRAPPED_IN_PATH:
        if wrapper.fullmatch(host) and (inside := pattern.fullmatch(parts.path)):
            target = unquote(inside[1])
            target = target if target.startswith("http") else f"https://{target}"
            return target if is_safe_url(target) else None
    for wrapper, path, names in _WRAPPERS:
        if wrapper.fullmatch(host) and parts.path.startswith(path):
            query = dict(parse_qsl(parts.query))
            targets = (query[name] for name in names if name in query)
            return next((target for target in targets if is_safe_url(target) and "://" in target), None)
    return None


def _canonical(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    netloc = _plain_host(host) + (f":{port}" if port and port not in {80, 443} else "")
    # A "#!/page" or "#/page" is the page itself on sites that load by script.
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit(("https", netloc, _plain_path(parts.path), _plain_query(parts.query), fragment))


def _plain_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in {"www", "m", "mobile", "amp"} and not labels[1].isdigit():
        labels = labels[1:]
    # de.m.wikipedia.org
    if len(labels) > 3 and labels[1] == "m":
        del labels[1]
    return ".".join(labels)


def _plain_path(path: str) -> str:
    # urljoin resolves "." and ".."; quote after unquote spells each escape one way.
    resolved = urljoin("https://host/", _SLASHES.sub("/", path) or "/").removeprefix("https://host")
    plain = quote(_unquote_unreserved(_SESSION.sub("", resolved)), safe=_KEPT)
    plain = _INDEX.sub("/", plain).rstrip("/")
    return _AMP_PATH.sub("", plain).rstrip("/") or "/"


def _unquote_unreserved(path: str) -> str:
    """Decode the escapes that mean the same undecoded (RFC 3986 §6.2.2.2), write the others in upper case."""

    def spelled(match: re.Match[str]) -> str:
        character = unquote(match[0])
        return character if re.fullmatch(r"[A-Za-z0-9._~-]", character) else match[0].upper()

    return re.sub(r"%[0-9A-Fa-f]{2}", spelled, path)


def _plain_query(query: str) -> str:
    return urlencode(sorted(_meaningful(query)), safe="/:,")


def _meaningful(query: str) -> Iterator[tuple[str, str]]:
    for name, value in parse_qsl(query, keep_blank_values=True):
        tracking = _TRACKING.fullmatch(name) or (_ORIGIN.fullmatch(name) and _ORIGIN_VALUE.fullmatch(value))
        if not tracking:
            yield name, value
