import json
import stat
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.disk import write_atomically
from digest.errors import UsageError
from digest.issue.archive import Archive
from digest.issue.fates import Fate
from digest.model import (
    DeliveryState,
    Edition,
    Issue,
    Item,
    Link,
    Outcome,
    Placeholders,
    Recipient,
    Report,
    Section,
    Sentence,
    Term,
)

ITEM = Item(
    id="a" * 16,
    headline="Eine Brücke für Ashford",
    url=None,
    publisher="Paper",
    published=datetime(2026, 2, 18, 12, 30, tzinfo=UTC),
    sentences=(
        Sentence(text="Ja.\u2028Nein.", article="b"),
        Sentence(text="Doch.", article="c", cites=Link(publisher="Gazette", title="Doch", url=None)),
    ),
)


def issue(number=7, day=19):
    return Issue(
        number=number,
        date=date(2026, 2, day),
        newsletter="Signal",
        language="en",
        subject="A bridge",
        preheader="",
        introduction="Hello.\n\nWell.",
        sections=(Section(title="Local", items=(ITEM,)),),
        reading_minutes=1,
    )


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "issues")


def test_an_issue_comes_back_as_it_was(archive):
    archive.save_issue(issue())
    assert archive.load_issue("0007-2026-02-19") == issue()


def test_an_issue_of_before_sentences_named_their_source_is_read(archive):
    path = archive.save_issue(issue())
    document = json.loads(path.read_text(encoding="utf-8"))
    told = document["issue"]["sections"][0]["items"][0]["sentences"]
    for sentence in told:
        del sentence["cites"]
    path.write_text(json.dumps(document), encoding="utf-8")
    [item] = archive.load_issue("0007-2026-02-19").items
    assert [(sentence.text, sentence.cites) for sentence in item.sentences] == [
        ("Ja.\u2028Nein.", None),
        ("Doch.", None),
    ]


@given(st.text(st.characters()), st.text())
def test_any_text_comes_back_as_it_was(tmp_path_factory, subject, introduction):
    archive = Archive(tmp_path_factory.mktemp("issues"))
    odd = Issue(
        number=1,
        date=date(2026, 1, 1),
        newsletter="\ud800",
        language="",
        subject=subject,
        preheader="",
        introduction=introduction,
        sections=(),
        reading_minutes=0,
    )
    archive.save_issue(odd)
    assert archive.load_issue(odd.key) == odd


def test_an_edition_is_there_for_people_and_for_the_mailing(archive):
    edition = Edition(
        issue="0007-2026-02-19",
        subject="A bridge",
        html="<p>ü</p>",
        text="ü",
        placeholders=Placeholders(greeting="g", email="e", unsubscribe_url="u"),
    )
    archive.save_edition(edition, html="<p>for Ann</p>", text="for Ann")
    assert archive.load_edition(edition.issue) == edition
    assert (archive.folder(edition.issue) / "edition.html").read_text(encoding="utf-8") == "<p>for Ann</p>"
    assert (archive.folder(edition.issue) / "edition.txt").read_text(encoding="utf-8") == "for Ann"


def test_a_report_comes_back_and_is_for_the_owner_only(archive):
    recipient = Recipient(key="a@example.org", email="A@example.org")
    outcome = Outcome(
        recipient=recipient, state=DeliveryState.DEFERRED, code=451, retry_at=datetime(2026, 2, 19, tzinfo=UTC)
    )
    report = Report(issue="0007-2026-02-19", sent=1, sent_total=2, deferred=(outcome,))
    archive.save_report(report, text="2 sent")
    folder = archive.folder(report.issue)
    assert json.loads((folder / "report.json").read_text())["report"]["deferred"][0]["code"] == 451
    assert (folder / "report.txt").read_text() == "2 sent"
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_fates_come_back_as_they_were(archive):
    fate = Fate(
        id="a" * 16,
        title="A bridge",
        url=None,
        publisher="Paper",
        published=datetime(2026, 2, 18, tzinfo=UTC),
        fate="in",
        score=1.5,
        terms=(Term(name="recency", value=1.0, detail="new"),),
    )
    archive.save_fates("0007-2026-02-19", [fate])
    assert archive.load_fates("0007-2026-02-19") == (fate,)


@pytest.mark.parametrize("name", ["7", "0007", "0007-2026-02-19", "2026-02-19"])
def test_an_issue_is_found_by_number_date_or_key(archive, name):
    archive.save_issue(issue())
    archive.save_issue(issue(8, 20))
    assert archive.find(name) == "0007-2026-02-19"


def test_the_latest_issue_has_the_highest_number(archive):
    archive.save_issue(issue(9999))
    archive.save_issue(issue(10_000, 20))
    (archive.root / "notes").mkdir()
    assert archive.find("latest") == "10000-2026-02-20"


def test_a_name_of_two_issues_is_refused(archive):
    archive.save_issue(issue(7))
    archive.save_issue(issue(8))
    with pytest.raises(UsageError, match="several"):
        archive.find("2026-02-19")


@pytest.mark.parametrize("name", ["9", "latest", "../secret", ""])
def test_an_unknown_issue_is_named(archive, name):
    with pytest.raises(UsageError, match="no issue") as caught:
        archive.find(name)
    assert "digest build" in caught.value.hint


def test_known_issues_are_named_where_one_is_unknown(archive):
    archive.save_issue(issue())
    with pytest.raises(UsageError) as caught:
        archive.find("9")
    assert "0007-2026-02-19" in caught.value.hint


BROKEN = {
    "missing": None,
    "empty": b"",
    "no JSON": b"{",
    "no object": b"[]",
    "no text": b"\xff\xfe",
    "too deep": b"[" * 100_000,
    "no version": b'{"issue": {}}',
    "no issue": b'{"version": 1}',
    "wrong type": b'{"version": 1, "issue": {"number": "7"}}',
    "wrong date": b'{"version": 1, "issue": {"number": 7, "date": "yesterday"}}',
    "field missing": b'{"version": 1, "issue": {"number": 7}}',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_named_with_the_next_step(archive, content):
    path = archive.folder("0007-2026-02-19") / "issue.json"
    path.parent.mkdir(parents=True)
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=r"issue\.json") as caught:
        archive.load_issue("0007-2026-02-19")
    assert caught.value.hint


def test_a_file_of_a_newer_program_is_not_guessed_at(archive):
    path = archive.save_issue(issue())
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"version": 2}), encoding="utf-8")
    with pytest.raises(UsageError, match="newer") as caught:
        archive.load_issue("0007-2026-02-19")
    assert "upgrade" in caught.value.hint


def test_a_file_of_an_older_program_takes_defaults_for_what_it_does_not_say(archive):
    path = archive.save_issue(issue())
    document = json.loads(path.read_text(encoding="utf-8"))
    del document["issue"]["sections"][0]["items"][0]["also"]
    document["issue"]["unknown"] = "kept out"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert archive.load_issue("0007-2026-02-19") == issue()


def test_a_draft_that_is_not_utf8_is_named(archive):
    archive.save_draft("0007-2026-02-19", "---\n").write_bytes("Brücke".encode("latin-1"))
    with pytest.raises(UsageError, match=r"draft\.md is not UTF-8") as caught:
        archive.load_draft("0007-2026-02-19")
    assert "UTF-8" in caught.value.hint


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "draft.md"
    write_atomically(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "\ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
