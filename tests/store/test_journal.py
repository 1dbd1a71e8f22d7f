"""A run's notes: what they say after its end, however it ended."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from digest.errors import DigestError
from digest.model import DeliveryState as State
from digest.model import Outcome, Recipient, Subscriber
from digest.store import journal as journal_module
from digest.store.journal import Journal, NullJournal, this_boot
from digest.store.ledger import Ledger

NOW = datetime(2026, 2, 19, 6, 0, tzinfo=UTC)
ISSUE = "0001-2026-02-19"
ADA, BOB = Recipient(key="ada@example.org", email="Ada@example.org"), Recipient(key="bob@example.org", email="bob@x")
SENT = Outcome(recipient=ADA, state=State.SENT, code=250, detail="250 2.0.0 Ok: “queued”")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sending"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    made = Journal(path, boot="boot")
    made.start(ISSUE, "run")
    yield made
    made.close()


def again(path: Path, boot: str = "boot") -> Journal:
    """The journal as the next run finds it."""
    return Journal(path, boot=boot)


def test_what_was_begun_and_answered_is_known_to_the_next_run(journal: Journal, path: Path) -> None:
    journal.begin(ADA.key)
    journal.begin(BOB.key)
    journal.answer(SENT)
    # The answer is written with the next line.
    journal.begin("cy@example.org")
    account = again(path).read(ISSUE)
    assert account is not None
    assert account.run == "run"
    assert account.begun == {ADA.key, BOB.key, "cy@example.org"}
    assert account.answered == {ADA.key: replace(SENT, recipient=Recipient(key=ADA.key, email=ADA.key))}


def test_an_answer_is_kept_whole(journal: Journal, path: Path) -> None:
    later = replace(SENT, state=State.DEFERRED, retry_at=NOW + timedelta(minutes=5), tried=False)
    journal.begin(ADA.key)
    journal.answer(later)
    journal.close()
    account = again(path).read(ISSUE)
    assert account is not None
    assert account.answered[ADA.key] == replace(later, recipient=Recipient(key=ADA.key, email=ADA.key))


@pytest.mark.parametrize(("issue", "boot"), [("0002-2026-02-26", "boot"), (ISSUE, "another boot"), (ISSUE, "")])
def test_notes_of_another_issue_or_boot_say_nothing(journal: Journal, path: Path, issue: str, boot: str) -> None:
    journal.begin(ADA.key)
    assert again(path, boot).read(issue) is None


def test_a_copy_of_the_notes_says_nothing(journal: Journal, path: Path, tmp_path: Path) -> None:
    journal.begin(ADA.key)
    copy = shutil.copy(path, tmp_path / "copy")
    journal.begin(BOB.key)
    assert again(copy).read(ISSUE) is None
    assert again(path).read(ISSUE) is not None


def test_where_the_boot_has_no_name_notes_say_nothing(path: Path) -> None:
    Journal(path, boot="").start(ISSUE, "run")
    assert again(path, "").read(ISSUE) is None


def test_without_notes_nothing_is_known(path: Path) -> None:
    assert again(path).read(ISSUE) is None


def test_a_last_line_without_its_end_was_not_begun(journal: Journal, path: Path) -> None:
    journal.begin(ADA.key)
    with path.open("ab") as file:
        file.write(b'["bob@exam')
    account = again(path).read(ISSUE)
    assert account is not None
    assert account.begun == {ADA.key}


@given(damage=st.binary(min_size=1, max_size=30), at=st.integers(0, 300))
def test_damaged_notes_say_nothing_or_what_they_said(
    damage: bytes, at: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "sending"
    journal = Journal(path, boot="boot")
    journal.start(ISSUE, "run")
    journal.begin(ADA.key)
    journal.answer(SENT)
    journal.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + damage + whole[at:])
    again(path).read(ISSUE)


def test_notes_stay_small_however_many_messages_there_are(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "_LARGE", 2000)
    journal.begin(BOB.key)
    for number in range(1000):
        who = replace(ADA, key=f"p{number}@example.org")
        journal.begin(who.key)
        journal.answer(replace(SENT, recipient=who))
        journal.forget([who.key])
    assert path.stat().st_size < 3000
    account = again(path).read(ISSUE)
    assert account is not None
    assert BOB.key in account.begun


def test_only_its_owner_reads_it(journal: Journal, path: Path) -> None:
    assert path.stat().st_mode & 0o077 == 0


def test_a_message_that_can_not_be_noted_must_not_be_sent(journal: Journal, path: Path) -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), journal._file)
    with pytest.raises(DigestError, match="can't be written"):
        journal.begin(ADA.key)


def test_linux_names_its_boot() -> None:
    if not Path("/proc/sys/kernel/random/boot_id").exists():
        pytest.skip("this system does not name its boot")
    assert this_boot() == this_boot() != ""


# --- what the ledger makes of it --------------------------------------------------------------------------------


def killed(engine: Engine, journal: Journal | NullJournal) -> None:
    """A run that claimed four, began three and heard of two, and ended before it could record any."""
    ledger = Ledger(engine, run="killed", journal=journal)
    ledger.freeze(ISSUE, ((f"{n}@x.org", Subscriber(email=f"{n}@x.org")) for n in ("ada", "bob", "cy", "dee", "eve")))
    ledger.start(ISSUE)
    ada, bob, cy, _ = ledger.claim(ISSUE, limit=4, now=NOW)
    for one in (ada, bob, cy):
        ledger.begin(one)
    ledger.answer(replace(SENT, recipient=ada))
    ledger.answer(Outcome(recipient=bob, state=State.FAILED, code=550, detail="550 5.1.1 No such user", gone=True))
    ledger.finish()


def test_after_a_kill_only_what_was_begun_and_not_answered_is_uncertain(engine: Engine, path: Path) -> None:
    killed(engine, Journal(path, boot="boot"))
    ledger = Ledger(engine, run="next", journal=again(path))
    assert ledger.recover(ISSUE, now=NOW) == 1
    by_state = {state: count for state, count in ledger.tally(ISSUE).items() if count}
    assert by_state == {State.PLANNED: 2, State.SENT: 1, State.FAILED: 1, State.UNCERTAIN: 1}
    assert [row.recipient.key for row in ledger.deliveries(ISSUE, State.UNCERTAIN)] == ["cy@x.org"]
    assert ledger.suppressed(["bob@x.org"]) == {"bob@x.org": "bounced: 550 5.1.1 No such user"}
    # Once more changes nothing.
    assert ledger.recover(ISSUE, now=NOW) == 0


def test_after_a_power_cut_everything_claimed_is_uncertain(engine: Engine, path: Path) -> None:
    killed(engine, Journal(path, boot="boot"))
    assert Ledger(engine, run="next", journal=again(path, "the next boot")).recover(ISSUE, now=NOW) == 4


def test_without_a_journal_everything_claimed_is_uncertain(engine: Engine) -> None:
    killed(engine, NullJournal())
    assert Ledger(engine, run="next").recover(ISSUE, now=NOW) == 4


def test_claims_of_another_run_are_uncertain_whatever_the_notes_say(engine: Engine, path: Path) -> None:
    killed(engine, Journal(path, boot="boot"))
    Ledger(engine, run="older").claim(ISSUE, limit=1, now=NOW)
    ledger = Ledger(engine, run="next", journal=again(path))
    assert ledger.recover(ISSUE, now=NOW) == 2
    assert {row.recipient.key for row in ledger.deliveries(ISSUE, State.UNCERTAIN)} == {"cy@x.org", "eve@x.org"}


def test_a_copy_of_the_project_from_before_the_kill_is_not_believed(engine: Engine, path: Path, tmp_path: Path) -> None:
    killed(engine, Journal(path, boot="boot"))
    old = shutil.copy(path, tmp_path / "old")
    Ledger(engine, run="later", journal=again(path)).recover(ISSUE, now=NOW)
    later = Ledger(engine, run="later", journal=again(path))
    later.start(ISSUE)
    later.claim(ISSUE, limit=2, now=NOW)
    assert Ledger(engine, run="next", journal=again(Path(old))).recover(ISSUE, now=NOW) == 2
    later.finish()
