"""New sources in an owner's digest.toml."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import UsageError
from digest.model import Source
from digest.work.sourcelist import add_sources, open_to_add, same_place, to_import, with_sources

STARTER = (Path(__file__).parents[2] / "digest" / "starter" / "digest.toml").read_text(encoding="utf-8")
NEWSLETTER = '[newsletter]\ntitle = "T"\nsender = "a@example.org"\n'
ONE = {"feed": "https://example.org/feed.xml"}


def is_old_text_with_a_piece_put_in(old: str, new: str) -> bool:
    length = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return any(new.startswith(old[:at]) and new.endswith(old[at:]) for at in range(length + 1))


def test_a_source_stands_behind_the_others_and_before_what_belongs_to_the_next_part() -> None:
    new = with_sources(STARTER, [ONE])

    assert is_old_text_with_a_piece_put_in(STARTER, new)
    before, after = new.split('[[sources]]\nfeed = "https://example.org/feed.xml"\n', 1)
    assert before.endswith("# full_text = true\n\n")
    assert after.startswith("\n# EDIT: add a feed that you read.")


def test_a_file_without_sources_gets_them_at_its_end() -> None:
    assert with_sources(NEWSLETTER, [ONE]) == NEWSLETTER + '\n[[sources]]\nfeed = "https://example.org/feed.xml"\n'


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    old = "\ufeff" + NEWSLETTER.replace("\n", "\r\n").rstrip()

    assert with_sources(old, [ONE]) == old + '\r\n\r\n[[sources]]\r\nfeed = "https://example.org/feed.xml"\r\n'


@pytest.mark.parametrize(
    "old",
    [
        'sources = [{ feed = "a" }]\n[pick]\nmute = ["x"]\n',
        'sources = [\n  # mine\n  { feed = "a" }, # the first\n]\n',
        "sources = []\n",
        '[[sources]]\nfeed = "a"\n[sources.inner]\nx = 1\n[pick]\n',
        '[[ sources ]]\nfeed = "a" # [[sources]]\n[pick]\nmute = ["""\n[[sources]]\n\n"""]\n',
        '[[sources]]\nfeed = "a"\n[pick]\nmax_stories = 3\n[[sources]]\nfeed = "b"',
        "",
    ],
)
def test_sources_in_any_form_are_added_to(old: str) -> None:
    new = with_sources(old, [ONE, {"folder": "b", "weight": 0.5, "full_text": True}])

    assert is_old_text_with_a_piece_put_in(old, new)
    assert tomllib.loads(new)["sources"][-2:] == [ONE, {"folder": "b", "weight": 0.5, "full_text": True}]


@pytest.mark.parametrize("old", ['sources = "a"\n', "sources = 3\n"])
def test_sources_in_an_impossible_form_are_added_by_hand(old: str) -> None:
    with pytest.raises((UsageError, TypeError)):
        with_sources(old, [ONE])


COMMENT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30).map(lambda text: f"# {text}\n")
WORDS = st.text(max_size=20)
PARTS = st.lists(
    st.one_of(
        COMMENT,
        st.just("\n"),
        st.just('[[sources]]\nfeed = "a"\n'),
        st.just('[[sections]]\nname = "A"\n# sources = []\n'),
        st.just("[[sources]]\nfolder = 'b'\nname = '''\n[[sources]]\n'''\n"),
    ),
    max_size=12,
)


@given(PARTS, WORDS, WORDS, st.floats(0.1, 100))
def test_comments_and_layout_survive_any_addition(parts: list[str], location: str, name: str, weight: float) -> None:
    old = "".join(parts)
    entry = {"feed": location, "name": name, "weight": weight}

    new = with_sources(old, [entry])

    assert is_old_text_with_a_piece_put_in(old, new)
    assert tomllib.loads(new)["sources"] == [*tomllib.loads(old).get("sources", []), entry]


# --- a project's file -------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "digest.toml").write_text(NEWSLETTER + '[[sources]]\nfolder = "articles"\n')
    return tmp_path


def test_the_file_keeps_its_permissions(folder: Path) -> None:
    (folder / "digest.toml").chmod(0o600)

    settings = add_sources(folder, {}, [ONE])

    assert [source.location for source in settings.source_list()] == ["articles", ONE["feed"]]
    assert stat.S_IMODE((folder / "digest.toml").stat().st_mode) == 0o600


def test_a_linked_file_is_changed_where_it_is(folder: Path) -> None:
    (folder / "digest.toml").rename(folder / "kept.toml")
    (folder / "digest.toml").symlink_to("kept.toml")

    add_sources(folder, {}, [ONE])

    assert (folder / "digest.toml").is_symlink()
    assert ONE["feed"] in (folder / "kept.toml").read_text()


def test_what_would_not_load_is_not_written(folder: Path) -> None:
    before = (folder / "digest.toml").read_bytes()

    with pytest.raises(UsageError, match="weight"):
        add_sources(folder, {}, [{**ONE, "weight": -1.0}])

    assert (folder / "digest.toml").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["digest.toml"]


def test_a_project_without_sources_is_opened_to_add_the_first(folder: Path) -> None:
    (folder / "digest.toml").write_text(NEWSLETTER)

    assert open_to_add(folder, {}).settings.source_list() == ()
    add_sources(folder, {}, [ONE])
    assert len(open_to_add(folder, {}).settings.source_list()) == 1


def test_a_project_with_other_mistakes_is_not_opened(folder: Path) -> None:
    (folder / "digest.toml").write_text('[newsletter]\ntitle = ""\n')

    with pytest.raises(UsageError, match="sender: is missing"):
        open_to_add(folder, {})


@pytest.mark.parametrize(
    "other",
    [
        "http://www.example.org/feed.xml",
        "https://example.org:443/feed.xml?utm_source=x",
        "https://EXAMPLE.org/feed.xml#a",
    ],
)
def test_one_place_written_differently_is_the_same(other: str) -> None:
    known = Source(kind="feed", location="https://example.org/feed.xml")

    assert same_place([known], other) is known
    assert same_place([known], "https://example.org/other.xml") is None


def test_a_folder_written_differently_is_the_same() -> None:
    known = Source(kind="folder", location="./articles/")

    assert same_place([known], "articles") is known


# --- from other programs ----------------------------------------------------------------------------------------


def test_a_list_is_imported_without_what_is_known_and_what_is_bad(tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    file.write_text(
        """<?xml version="1.0"?>
<opml version="2.0"><body>
<outline text="News">
  <outline type="rss" text="Gazette" xmlUrl="https://gazette.example/feed"/>
  <outline type="rss" text="Known" xmlUrl="http://www.known.example/feed/"/>
  <outline type="rss" text="Nothing"/>
</outline>
<outline type="rss" text="File" xmlUrl="file:///etc/passwd"/>
<outline type="rss" text="https://plain.example/feed" xmlUrl="https://plain.example/feed"/>
<outline type="rss" text="Gazette again" xmlUrl="https://gazette.example/feed"/>
</body></opml>"""
    )

    wanted = to_import(file, [Source(kind="feed", location="https://known.example/feed")])

    assert wanted.entries == (
        {"feed": "https://gazette.example/feed", "name": "Gazette", "section": "News"},
        {"feed": "https://plain.example/feed"},
    )
    assert wanted.known == 2
    assert [(problem.line, problem.problem) for problem in wanted.problems] == [
        (6, '"Nothing" names no feed: it has no xmlUrl'),
        (8, '"file:///etc/passwd" is no address of the web'),
    ]


def test_a_file_that_is_no_list_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")

    with pytest.raises(UsageError, match=r"a\.txt is no list of feeds"):
        to_import(tmp_path / "a.txt", [])
    with pytest.raises(UsageError, match=r"b\.txt can't be read"):
        to_import(tmp_path / "b.txt", [])
