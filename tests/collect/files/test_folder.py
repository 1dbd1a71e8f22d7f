from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.collect.files.folder import read_folder
from digest.model import Source

NOW = datetime(2026, 2, 20, 8, 0, tzinfo=UTC)
SAVED = datetime(2026, 2, 19, 15, 0, tzinfo=UTC)
PROSE = "The harbour froze on Sunday for the first time in forty years, and nobody went out to fish."
SOURCE = Source(kind="folder", location="articles", name="Harbour News", weight=2.0)


@pytest.fixture
def put(tmp_path):
    """Writes a file of the source's folder, saved at SAVED."""

    def write(name: str, content: str | bytes, saved: datetime = SAVED) -> Path:
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        os.utime(path, (saved.timestamp(), saved.timestamp()))
        return path

    (tmp_path / "articles").mkdir()
    return write


@pytest.fixture
def read(tmp_path):
    def reader(source: Source = SOURCE, now: datetime = NOW):
        return read_folder(source, root=tmp_path, now=now)

    return reader


def test_each_kind_of_file_becomes_an_article(put, read):
    put("a.txt", f"Frozen harbour\n\n{PROSE}\n")
    put("b/c.md", f"# Frozen pond\n\n{PROSE}\n")
    put(
        "d.html",
        f"<html><head><title>Frozen lake</title></head><body><p>{PROSE}</p><p>{PROSE} Again.</p></body></html>",
    )
    articles, notes = read()

    assert [(article.title, article.publisher, article.weight) for article in articles] == [
        ("Frozen harbour", "Harbour News", 2.0),
        ("Frozen lake", "Harbour News", 2.0),
        ("Frozen pond", "Harbour News", 2.0),
    ]
    assert all(PROSE in article.text for article in articles)
    assert notes == ()


def test_an_article_without_a_link_is_known_by_its_path(put, read):
    put("b/c.md", PROSE)
    (first,), _ = read()
    put("b/c.md", f"{PROSE} And more.")
    (second,), _ = read()

    assert first.canonical == "file:articles/b/c.md"
    assert first.id == second.id
    assert first.url is None


def test_an_article_with_a_link_is_known_by_it(put, read):
    put("a.md", f"---\nurl: https://www.example.org/frozen?utm_source=x\n---\n{PROSE}")
    (article,), _ = read()

    assert article.url == "https://www.example.org/frozen?utm_source=x"
    assert "utm_source" not in article.canonical


@pytest.mark.parametrize(
    ("name", "content", "published"),
    [
        ("a.md", f"---\ndate: 2026-02-17 10:00\n---\n{PROSE}", "2026-02-17T10:00:00+00:00"),
        ("2026-02-18-a.md", f"---\ndate: 2026-02-17\n---\n{PROSE}", "2026-02-17T00:00:00+00:00"),
        ("2026-02-18-a.md", PROSE, "2026-02-18T00:00:00+00:00"),
        ("20260218 a.txt", f"Title\n\nFeb 16, 2026 - 17:30\n\n{PROSE}", "2026-02-16T17:30:00+00:00"),
        ("a.md", PROSE, None),
        ("2026-02-31-a.md", PROSE, None),
    ],
)
def test_a_date_is_looked_for_in_the_file_its_name_and_its_own_time(put, read, name, content, published):
    put(name, content)
    (article,), _ = read()

    assert article.published.isoformat() == (published or SAVED.isoformat())
    assert article.dated == (published is not None)


def test_a_day_without_a_time_is_the_time_the_file_was_saved_on_that_day(put, read):
    put("a.md", f"---\ndate: {SAVED:%Y-%m-%d}\n---\n{PROSE}")
    (article,), _ = read()

    assert (article.published, article.dated) == (SAVED, True)


def test_a_time_without_a_zone_is_one_of_the_newsletter_s_zone(put, read):
    put("a.md", f"---\ndate: 2026-02-17 10:00\n---\n{PROSE}")
    (article,), _ = read(now=NOW.astimezone(ZoneInfo("Europe/Berlin")))

    assert article.published.isoformat() == "2026-02-17T10:00:00+01:00"


def test_a_file_saved_in_the_future_is_of_now(put, read):
    put("a.md", PROSE, saved=NOW + timedelta(days=3))
    (article,), _ = read()

    assert (article.published, article.dated) == (NOW, False)


def test_a_title_is_made_of_the_file_s_name_where_there_is_none(put, read):
    put("2026-02-18-frozen_harbour-again.md", PROSE)
    (article,), _ = read()

    assert article.title == "Frozen harbour again"


def test_front_matter_chooses_the_section_over_the_source(put, read):
    put("a.md", f"---\nsection: World\n---\n{PROSE}")
    put("b.md", PROSE)
    articles, _ = read(Source(kind="folder", location="articles", section="Local"))

    assert [article.section for article in articles] == ["World", "Local"]


def test_wrong_front_matter_is_noted_with_file_and_line(put, read):
    put("a.md", f"---\ntitle: Frozen\nnonsense\n---\n{PROSE}")
    (article,), (note,) = read()

    assert article.title == "Frozen"
    assert note.startswith("articles/a.md:3: ")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.txt", "", "holds no text"),
        ("blank.md", " \n\n\t\n", "holds no text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0", "no text"),
        ("huge.txt", b"a " * 2_600_000, "larger than 5 MB"),
        ("later.md", f"---\ndraft: true\n---\n{PROSE}", "draft"),
        ("nav.html", "<html><body><a href='/'>Home</a></body></html>", "no article"),
    ],
)
def test_a_file_that_gives_no_article_is_named_with_the_reason(put, read, name, content, why):
    put(name, content)
    put("z.md", PROSE)
    articles, notes = read()

    assert [article.title for article in articles] == ["Z"]
    assert notes[0].startswith(f"articles/{name}: ")
    assert why in notes[0]


def test_files_of_other_kinds_are_named_in_one_note(put, read):
    for name in ("a.pdf", "b.docx", ".DS_Store"):
        put(name, "x")
    articles, notes = read()

    assert articles == ()
    assert notes == ("a.pdf, b.docx: neither .txt, .md nor .html, left out",)


def test_a_link_out_of_the_folder_is_not_followed(put, read, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(PROSE)
    (tmp_path / "articles" / "a.txt").symlink_to(secret)
    articles, (note,) = read()

    assert articles == ()
    assert note == "articles/a.txt: is a link to a file outside the folder, left out"


def test_a_linked_folder_is_not_followed(put, read, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.txt").write_text(PROSE)
    (tmp_path / "articles" / "link").symlink_to(tmp_path / "outside")

    assert read()[0] == ()


def test_a_file_and_a_link_to_it_are_one_article(put, read, tmp_path):
    put("a.txt", PROSE)
    (tmp_path / "articles" / "b.txt").symlink_to(tmp_path / "articles" / "a.txt")

    assert len(read()[0]) == 1


def test_a_link_to_nothing_is_named(put, read, tmp_path):
    (tmp_path / "articles" / "a.txt").symlink_to(tmp_path / "articles" / "gone.txt")
    articles, (note,) = read()

    assert articles == ()
    assert note.startswith("articles/a.txt: cannot be read")


def test_a_file_that_the_system_refuses_to_open_is_named(put, read, tmp_path):
    # Not by its permissions: those are nothing to root, whom some test machines run as.
    (tmp_path / "articles" / "a.txt").symlink_to(tmp_path / "articles" / "a.txt")

    assert read()[1][0].startswith("articles/a.txt: cannot be read: ")


def test_nulls_and_controls_do_not_reach_the_article(put, read):
    put("a.txt", f"Frozen\u202e harbour\n\n{PROSE * 5}\0\x07".encode())
    (article,), notes = read()

    assert article.title == "Frozen harbour"
    assert not {"\0", "\x07"} & set(article.text)
    assert "null" in notes[0]


def test_a_hostile_file_name_is_shown_without_its_controls(put, read):
    put("a\nb\u202e.txt", "")

    assert read()[1] == ("articles/a b.txt: holds no text, left out",)
