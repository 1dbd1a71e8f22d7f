"""`digest keys`: the keys that sign the mail, and what DNS has to say of them."""

from __future__ import annotations

import enum
import os
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.clock import clock
from digest.cli.terminal import say
from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.deliver.messages.keys import KeyRecord
    from digest.project import Project

app = typer.Typer(help="Make the keys that sign the mail (DKIM), and check them in DNS.", no_args_is_help=True)


class KeyKind(enum.StrEnum):
    """What a key is made for."""

    RSA = "rsa"
    ED25519 = "ed25519"


Selector = Annotated[str, typer.Option(help="The key's name: part of the DNS record's.", metavar="NAME")]


@app.command()
def make(
    context: typer.Context,
    selector: Selector = "",
    kind: Annotated[
        KeyKind, typer.Option(help="rsa is known to every receiver; ed25519 may sign beside it.")
    ] = KeyKind.RSA,
) -> None:
    """Make a key and print the DNS record to publish. A key that is there is never written over."""
    from digest.deliver.messages.keys import make_key  # noqa: PLC0415 - cryptography takes 60 ms
    from digest.settings import DkimSettings  # noqa: PLC0415 - `--help` must not wait for it

    project = _project(context)
    name = selector or f"s{clock():%Y%m}{'' if kind is KeyKind.RSA else f'-{kind}'}"
    try:
        DkimSettings(selectors=(name,))
    except ValueError:
        raise UsageError(f'"{name}" can\'t be a selector.', hint="Write small letters, digits and hyphens.") from None
    make_key(project.keys / f"{name}.pem", kind.value)
    say(f"wrote {project.keys / name}.pem: keep it secret, and keep a copy.")
    _tell(next(_records(project, name)))
    say()
    say("When digest keys check finds the record, sign with the key: write into digest.toml")
    names = [*(project.settings.dkim.selectors or _signing_beside(project, kind)), name]
    say("    [dkim]")
    say(f"    selectors = [{', '.join(f'{chr(34)}{one}{chr(34)}' for one in names)}]")


@app.command()
def show(context: typer.Context, selector: Selector = "") -> None:
    """Print the DNS records of the keys in keys/."""
    for record in _records(_project(context), selector):
        _tell(record)


@app.command()
def check(context: typer.Context, selector: Selector = "") -> None:
    """Ask DNS whether the records are published and are the keys'."""
    from digest.doctor.dns import Resolver  # noqa: PLC0415 - `--help` must not wait for it
    from digest.doctor.domain import check_dkim  # noqa: PLC0415 - `--help` must not wait for it
    from digest.doctor.observation import State  # noqa: PLC0415 - `--help` must not wait for it

    dns = Resolver()
    found = [check_dkim(dns, name=record.name, value=record.value) for record in _records(_project(context), selector)]
    for one in found:
        say(f"{one.state:8} {one.found}")
        if one.advice:
            say(f"         {one.advice}")
    if any(one.state is not State.OK for one in found):
        raise typer.Exit(4)


def _project(context: typer.Context) -> Project:
    from digest.project import Project  # noqa: PLC0415 - settings cost 0.2 s that `--help` must not pay

    return Project.open(context.obj, os.environ)


def _records(project: Project, selector: str) -> Iterator[KeyRecord]:
    """Of one key, or of all that are in the folder or named in the settings."""
    from digest.deliver.messages.keys import key_record, read_key  # noqa: PLC0415 - `--help` must not wait for it

    held = (path.stem for path in project.keys.glob("*.pem"))
    names = [selector] if selector else sorted({*held, *project.settings.dkim.selectors})
    if not names:
        raise UsageError("There are no keys.", hint="Make one with: digest keys make")
    for name in names:
        key = read_key(project.keys / f"{name}.pem")
        yield key_record(key, domain=project.settings.signing_domain, selector=name)


def _signing_beside(project: Project, kind: KeyKind) -> list[str]:
    """The RSA keys that an Ed25519 key has to sign beside: many receivers know no other."""
    if kind is KeyKind.RSA:
        return []
    return [record.name.partition("._domainkey")[0] for record in _records(project, "") if "k=rsa" in record.value][-1:]


def _tell(record: KeyRecord) -> None:
    say()
    say(f"name   {record.name}")
    say("type   TXT")
    say(f"value  {record.value}")
    say(f"as a line of a zone file:\n  {record.zone_line}")
