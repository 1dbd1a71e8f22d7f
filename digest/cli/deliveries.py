"""`digest deliveries`: who got an issue and who did not, whom to try again, and all of it for a spreadsheet."""

from __future__ import annotations

import csv
import enum
import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import clock
from digest.cli.terminal import listed, reply, say
from digest.errors import UsageError
from digest.model.mailing import DeliveryState
from digest.text.plural import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from digest.store.deliveries import Delivery, Retried
    from digest.workspace import Workspace

app = typer.Typer(help="See who got an issue, try the others again, or stop it.", no_args_is_help=True)

IssueName = Annotated[
    str, typer.Option("--issue", help="The issue: its number, its date or its folder's name.", metavar="ISSUE")
]


class Format(enum.StrEnum):
    """What a spreadsheet reads, and what a program does."""

    CSV = "csv"
    JSON = "json"


#: Those whom a person has to know of: neither sent nor about to be.
_TROUBLED = (
    DeliveryState.DEFERRED,
    DeliveryState.FAILED,
    DeliveryState.UNCERTAIN,
    DeliveryState.SKIPPED,
    DeliveryState.CANCELLED,
)
#: Suppressed addresses named one by one; `digest subscribers suppressed` has all of them.
_NAMED = 100
_COLUMNS = ("issue", "email", "state", "attempts", "code", "reply", "next_try", "changed")


@app.command("list")
def list_deliveries(
    context: typer.Context,
    issue: IssueName = "latest",
    states: Annotated[
        list[DeliveryState] | None,
        typer.Option("--state", help="Only those in this state; may be given more than once.", metavar="STATE"),
    ] = None,
    *,
    everybody: Annotated[bool, typer.Option("--all", help="Everybody, those who got it too.")] = False,
) -> None:
    """Print who did not get an issue and why, an address a line."""
    # The database takes 0.3 s to import, which `--help` must not pay.
    from digest.work.outlet import only_written  # noqa: PLC0415 - see above
    from digest.work.recovery import mailed_issue, settle  # noqa: PLC0415 - see above

    with opened(context) as workspace:
        key = mailed_issue(workspace, issue)
        settle(workspace)
        written = only_written(workspace, key)
        say(f"Issue {key}: {counted(workspace.ledger.tally(key), only_written=written)}")
        for one in _deliveries_of(workspace, key, tuple(DeliveryState) if everybody else states or _TROUBLED):
            told = reply(one.detail, code=one.code, retry_at=one.next_at, zone=workspace.today.tzinfo)
            say(f"{one.email}\t{_word(one.state, only_written=written)}\t{told}".rstrip("\t"))


@app.command()
def retry(
    context: typer.Context,
    addresses: Annotated[list[str] | None, typer.Argument(help="Only these people.", metavar="[ADDRESS]...")] = None,
    issue: IssueName = "latest",
    *,
    deferred: Annotated[bool, typer.Option("--deferred", help="Those the server put off: don't wait longer.")] = False,
    failed: Annotated[bool, typer.Option("--failed", help="Those the server refused.")] = False,
    uncertain: Annotated[bool, typer.Option("--uncertain", help="Those who may have got it already.")] = False,
    skipped: Annotated[bool, typer.Option("--skipped", help="Those who had left and are back on the list.")] = False,
) -> None:
    """Have the next `digest send` try again those who did not get an issue. Nobody on record as sent gets it twice."""
    from digest.work.recovery import retry as retry_deliveries  # noqa: PLC0415 - `--help` must not wait for it

    states = _states((deferred, failed, uncertain, skipped), named=bool(addresses))
    with opened(context) as workspace:
        outcome = retry_deliveries(workspace, issue, states, addresses or ())
    key, count, lost = outcome.issue, outcome.count, outcome.suppressed
    if count:
        say(f"{number(count, 'message')} of issue {key} will be tried again by the next run of: digest send")
    elif not lost:
        say(f"Nobody of issue {key} is {' or '.join(states)}{' among them' if addresses else ''}.")
    if lost:
        say(f"{number(len(lost), 'address is', 'addresses are')} suppressed, and will not be mailed:")
        listed([f"{email}: {reason}" for email, reason in lost], most=_NAMED)
        say("To mail one again: digest subscribers restore ADDRESS, then this command once more.")


@app.command()
def adopt(context: typer.Context) -> None:
    """After the ledger was lost: count the issues that issues/ tells of as sent, so that nobody gets them again."""
    from digest.work.adoption import adopt as adopt_issues  # noqa: PLC0415 - `--help` must not wait for it

    with opened(context) as workspace:
        adopted = adopt_issues(workspace)
    for key, missing in adopted.items():
        say(f"Issue {key} counts as sent.{f' But {missing}' if missing else ''}")
    if adopted:
        say("Who got which is not known any more, nor who is never mailed again: that comes back as mail bounces.")
    else:
        say("There is nothing to adopt: the ledger knows every issue that issues/ tells of.")


@app.command()
def export(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="The file to write; without one, or as -, it is printed.")] = None,
    issue: IssueName = "latest",
    form: Annotated[Format, typer.Option("--format", help="A spreadsheet's rows, or an object a line.")] = Format.CSV,
) -> None:
    """Write every delivery of an issue, with the server's last reply, as CSV or as lines of JSON."""
    # The database takes 0.3 s to import, which `--help` must not pay.
    from digest.work.outlet import only_written  # noqa: PLC0415 - see above
    from digest.work.recovery import mailed_issue, settle  # noqa: PLC0415 - see above

    with opened(context) as workspace:
        key = mailed_issue(workspace, issue)
        settle(workspace)
        deliveries = _deliveries_of(workspace, key, tuple(DeliveryState))
        rows = (_row(key, one, only_written=only_written(workspace, key)) for one in deliveries)
        with _opened_output(file) as out:
            count = (_write_csv if form is Format.CSV else _write_json)(out, rows)
    if file is not None and str(file) != "-":
        say(f"wrote {number(count, 'delivery', 'deliveries')} to {file}")


def counted(tally: Mapping[DeliveryState, int], *, only_written: bool) -> str:
    """ "12 sent, 1 failed, 3 on their way now"."""
    words = {DeliveryState.CLAIMED: "on their way now"}
    told = [
        f"{count:,} {words.get(state) or _word(state, only_written=only_written)}"
        for state, count in tally.items()
        if count
    ]
    return ", ".join(told) or "nobody on record"


def _word(state: DeliveryState, *, only_written: bool) -> str:
    """What a state is called: nothing is sent that lies in a folder."""
    return "written" if only_written and state is DeliveryState.SENT else state


@contextmanager
def opened(context: typer.Context) -> Iterator[Workspace]:
    from digest.project import Project  # noqa: PLC0415 - `--help` must not wait for it
    from digest.workspace import open_workspace  # noqa: PLC0415 - `--help` must not wait for it

    with open_workspace(Project.open(context.obj, os.environ), clock=clock) as workspace:
        yield workspace


def _deliveries_of(workspace: Workspace, key: str, states: Iterable[DeliveryState]) -> Iterator[Delivery]:
    from digest.store.deliveries import read  # noqa: PLC0415 - `--help` must not wait for it

    return read(workspace.engine, key, list(states))


def _states(chosen: Sequence[bool], *, named: bool) -> tuple[Retried, ...]:
    """The states that were asked for, in the order of `RETRIED`; all of them for people by name."""
    from digest.store.deliveries import RETRIED  # noqa: PLC0415 - `--help` must not wait for it

    wanted = dict(zip(RETRIED, chosen, strict=True))
    if not (named or any(wanted.values())):
        options = ", ".join(f"--{state}" for state in RETRIED)
        raise UsageError("Who is to be tried again?", hint=f"Say {options} or their addresses.")
    return tuple(state for state in RETRIED if wanted[state]) or RETRIED


@contextmanager
def _opened_output(file: Path | None) -> Iterator[IO[str]]:
    """The file, which only its owner may read since it names people; or what the shell reads."""
    if file is None or str(file) == "-":
        yield sys.stdout
        return
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise UsageError(f"{file} can't be written: {error.strerror}", hint="Choose another file.") from error
    with os.fdopen(opened, "w", encoding="utf-8", newline="") as out:
        yield out


def _row(key: str, one: Delivery, *, only_written: bool) -> dict[str, object]:
    moments = (moment.isoformat() if moment else "" for moment in (one.next_at, one.changed_at))
    state = str(_word(one.state, only_written=only_written))
    values = (key, one.email, state, one.attempts, one.code, one.detail, *moments)
    return dict(zip(_COLUMNS, values, strict=True))


def _write_csv(out: IO[str], rows: Iterable[Mapping[str, object]]) -> int:
    from digest.audience.cells import guard  # noqa: PLC0415 - `--help` must not wait for it

    writer = csv.DictWriter(out, _COLUMNS)
    writer.writeheader()
    # The reply is the server's and the address a stranger's: neither may run in a spreadsheet.
    return sum(
        bool(writer.writerow({name: guard(v) if isinstance(v, str) else v for name, v in row.items()})) for row in rows
    )


def _write_json(out: IO[str], rows: Iterable[Mapping[str, object]]) -> int:
    return sum(bool(out.write(json.dumps(row, ensure_ascii=False) + "\n")) for row in rows)
