"""`digest sources`, run as from a shell, on a site of this machine."""

from __future__ import annotations

import http.server
import json
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.collect.feeds.opml import parse_opml


class Site:
    """Pages by path: what is not there is a 404; a page that is text is a redirect for good."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | str] = {}
        self.port = 0

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = site.pages.get(self.path)
            if isinstance(page, str):
                self.send_response(301)
                self.send_header("location", page)
            else:
                self.send_response(404 if page is None else 200)
            self.end_headers()
            if isinstance(page, bytes):
                self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        server.shutdown()
        thread.join()


def feed(title: str, *articles: str, day: str = "14 Feb 2026") -> bytes:
    items = "".join(
        f"<item><title>{name}</title><link>https://example.org/{name.replace(' ', '-')}</link>"
        f"<description>All that is known of {name} so far.</description><pubDate>{day} 06:00:00 GMT</pubDate></item>"
        for name in articles
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


def page(*feeds: str) -> bytes:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in feeds)
    return f"<!doctype html><html><head>{links}</head><body>Hello</body></html>".encode()


@pytest.fixture
def project(project: Path, clock, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("digest.cli.sources.clock", clock)
    with (project / "digest.toml").open("a") as settings:
        settings.write("# The servers of these tests are on this machine.\n[collect]\nallow_private = true\n")
    return project


def sources(project: Path) -> list[dict[str, object]]:
    return tomllib.loads((project / "digest.toml").read_text())["sources"]


def write_source(project: Path, **keys: object) -> None:
    with (project / "digest.toml").open("a") as settings:
        settings.write("[[sources]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items()))


# --- list -------------------------------------------------------------------------------------------------------


def test_all_sources_are_listed(run, project: Path) -> None:
    write_source(project, feed="https://example.org/feed", name="The Example", section="World", weight=1.5)

    shown = run("sources", "list")

    assert shown.out.splitlines() == [
        "kind    name         section  weight  location",
        "folder  -            -        1       articles",
        "feed    The Example  World    1.5     https://example.org/feed",
    ]


def test_a_list_for_programs_is_json(run, project: Path) -> None:
    [folder] = json.loads(run("sources", "list", "--json").out)

    assert folder == {"kind": "folder", "name": "", "section": None, "weight": 1.0, "location": "articles"}


# --- add --------------------------------------------------------------------------------------------------------


def test_the_feed_of_a_site_is_found_and_added(run, project: Path, site: Site) -> None:
    site.pages = {"/": page("/news.rss"), "/news.rss": feed("The Gazette", "Bridge opens", "Mill closes")}
    before = (project / "digest.toml").read_text()

    shown = run("sources", "add", site.url(), "--section", "Local", "--name", 'The "Gazette"', "--weight", 1.5)

    assert shown.code == 0, shown.err
    assert f"Added to digest.toml: feed = {site.url('/news.rss')}" in shown.out
    assert "2 articles in the window of the next issue" in shown.out
    assert "14 Feb 2026  Bridge opens" in shown.out
    added = {"feed": site.url("/news.rss"), "name": 'The "Gazette"', "section": "Local", "weight": 1.5}
    assert sources(project) == [{"folder": "articles"}, added]
    after = (project / "digest.toml").read_text()
    assert after.replace(after[after.index("\n[[sources]]\nfeed") : after.index("[compose]")], "") == before
    assert "Collected 5 articles from 2 of 2 sources" in run("build").out


def test_a_site_without_a_protocol_may_have_the_old_one(run, project: Path, site: Site) -> None:
    site.pages = {"/feed": feed("The Gazette", "a")}

    shown = run("sources", "add", f"127.0.0.1:{site.port}/feed")

    assert shown.code == 0, shown.err
    assert sources(project)[-1] == {"feed": site.url("/feed")}


def test_of_several_feeds_the_main_one_is_taken_and_all_are_shown(run, project: Path, site: Site) -> None:
    site.pages = {
        "/": page("/comments/feed", "/a.rss", "/b.rss"),
        "/comments/feed": feed("Comments", "x"),
        "/a.rss": feed("All", "a", "b"),
        "/b.rss": feed("Best", "b"),
    }

    shown = run("sources", "add", site.url())

    assert f"{site.url()} has 3 feeds:" in shown.out
    assert f"  1  {site.url('/a.rss')}  All (2 articles, the newest of 14 Feb 2026; the page names it)" in shown.out
    assert f"  3  {site.url('/comments/feed')}  Comments (comments; 1 article" in shown.out
    assert sources(project)[-1] == {"feed": site.url("/a.rss")}
    run("sources", "add", site.url(), "--feed", 2)
    assert sources(project)[-1] == {"feed": site.url("/b.rss")}
    run("sources", "add", site.url(), "--feed", site.url("/comments/feed"))
    assert sources(project)[-1] == {"feed": site.url("/comments/feed")}
    assert run("sources", "add", site.url(), "--feed", 9).code == 2
    assert len(sources(project)) == 4


def test_a_source_that_is_there_is_refused_however_it_is_written(run, project: Path, site: Site) -> None:
    site.pages = {"/feed": feed("The Gazette", "a")}
    run("sources", "add", site.url("/feed"), "--name", "Gazette")

    shown = run("sources", "add", site.url("/feed?utm_source=x"))
    again = run("sources", "add", "./articles/")

    assert (shown.code, again.code) == (2, 2)
    assert f'{site.url("/feed")} is in digest.toml already as "Gazette"' in shown.err
    assert len(sources(project)) == 2


def test_a_page_without_a_feed_says_what_else_can_be_done(run, project: Path, site: Site) -> None:
    site.pages = {"/": page()}

    shown = run("sources", "add", site.url())

    assert shown.code == 2
    assert "No feed and no sitemap was found" in shown.err
    assert '--links "h2 a"' in shown.err
    assert len(sources(project)) == 1


def test_a_page_of_links_is_added_with_its_selector(run, project: Path, site: Site) -> None:
    site.pages = {
        "/": b'<html><body><h2><a href="/one">Bridge opens</a></h2></body></html>',
        "/one": b"<html><head><title>Bridge opens</title><meta property='article:published_time' "
        b"content='2026-02-14T06:00:00Z'></head><body><article><h1>Bridge opens</h1><p>"
        + b"The bridge over the river opened on Saturday after two years of work and much debate in town. " * 5
        + b"</p></article></body></html>",
    }

    shown = run("sources", "add", site.url(), "--links", "h2 a")

    assert shown.code == 0, shown.err
    assert "14 Feb 2026  Bridge opens" in shown.out
    assert sources(project)[-1] == {"page": site.url(), "links": "h2 a"}


@pytest.mark.parametrize(("selector", "what"), [("h3 a", "finds nothing on the page"), ("p", "but no link")])
def test_a_selector_that_finds_no_link_is_not_added_unless_asked_to(
    run, project: Path, site: Site, selector: str, what: str
) -> None:
    site.pages = {"/": b'<html><body><h2><a href="/one">Bridge opens</a></h2><p>Hello</p></body></html>'}

    shown = run("sources", "add", site.url(), "--links", selector)

    assert shown.code == 2
    assert f'links = "{selector}" finds' in shown.err
    assert what in shown.err
    assert "Nothing was added." in shown.err
    assert len(sources(project)) == 1
    assert run("sources", "add", site.url(), "--links", selector, "--no-check").code == 0
    assert sources(project)[-1] == {"page": site.url(), "links": selector}


def test_a_page_that_is_there_with_another_selector_says_how_to_change_it(run, project: Path, site: Site) -> None:
    run("sources", "add", site.url(), "--links", "h3 a", "--no-check")

    shown = run("sources", "add", site.url(), "--links", 'a[rel="bookmark"]')

    assert shown.code == 2
    assert f"{site.url()} is in digest.toml already." in shown.err
    assert r'''links = "a[rel=\"bookmark\"]"''' in shown.err
    assert len(sources(project)) == 2


def test_a_selector_that_is_none_is_refused(run, project: Path, site: Site) -> None:
    shown = run("sources", "add", site.url(), "--links", "h2 >")

    assert shown.code == 2
    assert "is not a CSS selector" in shown.err


def test_a_site_that_cannot_be_reached_is_not_added_unless_asked_to(run, project: Path, site: Site) -> None:
    before = (project / "digest.toml").read_bytes()

    shown = run("sources", "add", site.url("/feed"))

    assert shown.code == 2
    assert f"{site.url('/feed')} answered 404 Not Found" in shown.err
    assert (project / "digest.toml").read_bytes() == before
    assert run("sources", "add", site.url("/feed"), "--no-check").code == 0
    assert sources(project)[-1] == {"feed": site.url("/feed")}


def test_a_private_address_is_refused_as_in_a_run(run, project: Path, site: Site) -> None:
    settings = (project / "digest.toml").read_text().replace("allow_private = true", "")
    (project / "digest.toml").write_text(settings)

    shown = run("sources", "add", site.url())

    assert shown.code == 2
    assert "private address" in shown.err
    assert "Set that or add it as it is with --no-check." in shown.err


@pytest.mark.parametrize("weight", [0, -1, 1000])
def test_settings_that_would_be_wrong_are_not_written(run, project: Path, site: Site, weight: int) -> None:
    site.pages = {"/feed": feed("The Gazette", "a")}

    shown = run("sources", "add", site.url("/feed"), "--weight", weight)

    assert shown.code == 2
    assert "weight: has to be" in shown.err
    assert len(sources(project)) == 1


def test_an_address_that_is_no_mailbox_is_named_as_digest_toml_would_name_it(run, project: Path) -> None:
    shown = run("sources", "add", "imaps://mail.example/", "--no-check")

    assert shown.code == 2
    assert "It can't be added so: mailbox: is not the address of a mailbox" in shown.err


def test_files_and_folders_are_added_by_what_they_are(run, project: Path) -> None:
    (project / "more").mkdir()
    (project / "more" / "note.md").write_text("A note")
    (project / "some.xml").write_bytes(feed("The Gazette", "a"))
    (project / "list.opml").write_text('<opml><body><outline xmlUrl="some.xml"/></body></opml>')
    (project / "note.txt").write_text("hello")

    (project / "map.xml").write_text("<urlset><url><loc>https://example.org/a</loc></url></urlset>")
    names = ("more", "some.xml", "list.opml", "map.xml", "note.txt")
    assert [run("sources", "add", name).code for name in names] == [0, 0, 0, 0, 2]

    assert sources(project)[1:] == [
        {"folder": "more"}, {"feed": "some.xml"}, {"opml": "list.opml"}, {"sitemap": "map.xml"},
    ]  # fmt: skip


def test_a_source_of_any_kind_is_added_as_what_it_is_said_to_be(run, project: Path) -> None:
    (project / "picks.txt").write_text("https://example.org/a-good-one\nRead this.\n")

    refused = run("sources", "add", "picks.txt")
    shown = run("sources", "add", "picks.txt", "--as", "picks")

    assert refused.code == 2
    assert "--as picks" in refused.err
    assert shown.code == 0, shown.err
    assert sources(project)[-1] == {"picks": "picks.txt"}
    assert run("sources", "add", "picks.txt", "--as", "unicorn").code == 2


def test_picks_are_for_the_next_issue_whatever_their_age(run, project: Path, site: Site) -> None:
    site.pages = {
        "/old": b"<html><head><title>Bridge opens</title><meta property='article:published_time' "
        b"content='2019-02-14T06:00:00Z'></head><body><article><h1>Bridge opens</h1><p>"
        + b"The bridge over the river opened on Saturday after two years of work and much debate in town. " * 5
        + b"</p></article></body></html>",
    }
    (project / "picks.md").write_text(f"{site.url('/old')} Read this.\n")

    shown = run("sources", "add", "picks.md", "--as", "picks")

    assert "  1 pick for the next issue. Its last articles:\n    14 Feb 2019  Bridge opens" in shown.out


def test_a_mailbox_is_known_by_its_address(run, project: Path) -> None:
    shown = run("sources", "add", "imaps://ada@mail.example/Newsletters", "--no-check")

    assert shown.code == 0, shown.err
    assert sources(project)[-1] == {"mailbox": "imaps://ada@mail.example/Newsletters"}


def test_a_sitemap_is_added_where_there_is_no_feed(run, project: Path, site: Site) -> None:
    site.pages = {
        "/": page(),
        "/robots.txt": f"Sitemap: {site.url('/map.xml')}\n".encode(),
        "/map.xml": f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{site.url("/one")}</loc>'
        "<lastmod>2026-02-14</lastmod></url></urlset>".encode(),
        "/one": b"<html><head><title>Bridge opens</title><meta property='article:published_time' "
        b"content='2026-02-14T06:00:00Z'></head><body><article><h1>Bridge opens</h1><p>"
        + b"The bridge over the river opened on Saturday after two years of work and much debate in town. " * 5
        + b"</p></article></body></html>",
    }

    shown = run("sources", "add", site.url())

    assert shown.code == 0, shown.err
    assert f"{site.url()} is no feed and names none; its site has a sitemap (robots.txt names it)." in shown.out
    assert "14 Feb 2026  Bridge opens" in shown.out
    assert sources(project)[-1] == {"sitemap": site.url("/map.xml")}


def test_nothing_is_no_place(run, project: Path) -> None:
    shown = run("sources", "add", "unicorn")

    assert shown.code == 2
    assert '"unicorn" is neither an address nor a file or folder' in shown.err


def test_a_project_without_sources_gets_its_first(run, project: Path, site: Site) -> None:
    site.pages = {"/feed": feed("The Gazette", "a")}
    settings = (project / "digest.toml").read_text().replace('[[sources]]\nfolder = "articles"\n', "")
    (project / "digest.toml").write_text(settings)
    assert run("sources", "list").code == 2

    assert run("sources", "add", site.url("/feed")).code == 0

    assert run("sources", "list").code == 0


# --- check ------------------------------------------------------------------------------------------------------


def test_a_check_shows_how_each_source_is(run, project: Path, site: Site) -> None:
    older = feed("", "Mill closes", day="13 Feb 2026").partition(b"<item>")[2]
    site.pages["/feed"] = feed("The Gazette", "Bridge opens").replace(b"</channel></rss>", b"<item>" + older)
    write_source(project, feed=site.url("/feed"), name="The Gazette")

    shown = run("sources", "check")

    assert shown.code == 0, shown.err
    assert 'last article 14 Feb 2026: "Bridge opens"' in run("sources", "check", "gazette").out
    assert "2.3 articles a week" in shown.out
    assert "next issue: 2 articles in its window, leads 2 stories, joins 0" in shown.out
    assert "2 sources: 2 can be read, 0 can't." in shown.out
    assert not (project / "issues").exists()


@pytest.mark.parametrize(
    ("items", "why"),
    [
        (b"<item><title></title></item>", "has entries in the window, but without any title or text"),
        (b"", "has no entries"),
    ],
)
def test_a_check_tells_a_feed_without_an_article(run, project: Path, site: Site, items: bytes, why: str) -> None:
    site.pages["/feed"] = b"<rss><channel><title>The Gazette</title>" + items + b"</channel></rss>"
    write_source(project, feed=site.url("/feed"))

    shown = run("sources", "check", site.url("/feed"))
    _, empty = json.loads(run("sources", "check", "--json").out)

    assert shown.code == 0
    assert shown.out.startswith("EMPTY   ")
    assert why in shown.out
    assert "last article" not in shown.out
    assert "1 source: 1 can be read (1 without articles), 0 can't." in shown.out
    assert (empty["ok"], empty["empty"], empty["problem"]) == (False, True, why)


def test_a_check_counts_failures_and_ends_with_4(run, project: Path, site: Site, clock) -> None:
    write_source(project, feed=site.url("/feed"))
    assert run("build").code == 0
    clock.now = clock.now.replace(day=28)
    assert run("sources", "check").code == 4
    clock.now = clock.now.replace(month=3, day=3)

    shown = run("sources", "check", "127.0.0.1")

    assert shown.code == 4
    assert "answered 404 Not Found (3 times in a row, since 16 Feb 2026)" in shown.out
    assert "It has been gone for 15 days" in shown.out
    assert "1 source: 0 can be read, 1 can't." in shown.out
    assert run("sources", "check", "articles").code == 0


def test_a_check_tells_where_a_feed_has_moved(run, project: Path, site: Site) -> None:
    site.pages = {"/old": "/new", "/new": feed("The Gazette", "a", day="1 Nov 2025")}
    write_source(project, feed=site.url("/old"))

    shown = run("sources", "check")

    assert shown.code == 0
    assert f'write feed = "{site.url("/new")}"' in shown.out


def test_a_check_for_programs_is_json(run, project: Path, site: Site) -> None:
    write_source(project, feed=site.url("/feed"))

    shown = run("sources", "check", "--json")

    folder, gone = json.loads(shown.out)
    assert shown.code == 4
    assert (folder["ok"], folder["next_issue"]["leads"], gone["ok"]) == (True, 3, False)
    assert (gone["problem"], gone["failures"]) == ("answered 404 Not Found", 1)


def test_a_check_of_a_source_that_is_not_there_is_an_error(run, project: Path) -> None:
    assert run("sources", "check", "unicorn").code == 2


# --- OPML -------------------------------------------------------------------------------------------------------


def test_feeds_go_out_and_come_back(run, project: Path, site: Site) -> None:
    write_source(project, feed="https://a.example/feed?a=1&b=2", name='A & "B" <c>', section="Nöws")
    write_source(project, feed="https://b.example/feed")
    before = sources(project)

    exported = run("sources", "export", "opml", "feeds.opml")
    settings = (project / "digest.toml").read_text().partition("[[sources]]\nfeed")[0]
    (project / "digest.toml").write_text(settings)
    imported = run("sources", "import", "opml", "feeds.opml")

    assert exported.out == "Wrote 2 feeds to feeds.opml.\n"
    assert "left out, since OPML has only feeds on the web: folder = articles" in exported.err
    assert imported.out == "Added 2 feeds to digest.toml; 0 were there already.\n"
    assert sources(project) == before
    assert run("sources", "import", "opml", "feeds.opml").out.startswith("Added 0 feeds to digest.toml; 2 were there")


def test_feeds_of_lists_are_exported_too(run, project: Path) -> None:
    (project / "list.opml").write_text('<opml><body><outline text="C" xmlUrl="https://c.example/"/></body></opml>')
    write_source(project, opml="list.opml", section="World")

    shown, dashed = run("sources", "export", "opml"), run("sources", "export", "opml", "-")

    assert dashed.out == shown.out
    assert not Path("-").exists()
    [one] = parse_opml(shown.out.encode())
    assert (one.location, one.name) == ("https://c.example/", "C")


def test_lines_of_an_import_that_are_no_feeds_are_named(run, project: Path) -> None:
    (project / "mine.opml").write_text(
        '<opml><body>\n<outline text="Bad" type="rss"/>\n<outline xmlUrl="https://a.example/"/>\n</body></opml>'
    )

    shown = run("sources", "import", "opml", "mine.opml")

    assert shown.code == 0
    assert 'mine.opml:2: "Bad" names no feed' in shown.err
    assert sources(project)[-1] == {"feed": "https://a.example/"}


def test_a_file_that_is_no_list_is_refused(run, project: Path) -> None:
    assert run("sources", "import", "opml", "digest.toml").code == 2
    assert run("sources", "import", "opml", "nothing.opml").code == 2


def test_a_file_of_picks_is_never_taken_for_a_site(run, project: Path) -> None:
    shown = run("sources", "add", "picks.md", "--as", "picks")

    assert shown.code == 2
    assert f"picks.md is no file in {project.resolve()}" in shown.err
