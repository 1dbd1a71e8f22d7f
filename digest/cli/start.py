"""`digest init` and `digest demo`: the first five minutes."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Annotated

import typer

from digest import bundled
from digest.cli.terminal import say
from digest.errors import UsageError

#: What git should leave alone in a newsletter's folder: secrets, the ledger and what is made anew.
_GITIGNORE = ".env\ndigest.db*\ndigest.log*\n.digest.lock\nissues/\noutbox/\nkeys/\n"


def init(
    folder: Annotated[Path, typer.Argument(help="Where; made if absent.")] = Path(),
    with_templates: Annotated[
        bool, typer.Option("--with-templates", help="Copy the templates too, to change how the mail looks.")
    ] = False,
) -> None:
    """Write a working newsletter project: settings, an example list and a first article.

    A file that is there already is left as it is.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", hint="Name a folder, or one that is not there yet.")
    for name, content in _starter_files(with_templates=with_templates).items():
        _write_new(folder / name, content, private=name == ".env")
    where = "" if folder == Path() else f"cd {folder} && "
    say()
    say("Next:")
    say("  1. Write your newsletter's title, sender and sources into digest.toml.")
    say(f"  2. See what it makes of them:   {where}digest preview")
    say(f"  3. Send it to yourself:         {where}digest send --to you@example.org")
    say("Until SMTP_HOST is set in .env, messages are written to outbox/ as .eml files.")


def _starter_files(*, with_templates: bool) -> dict[str, str]:
    names = ("digest.toml", "subscribers/example.csv", "articles/welcome.md")
    files = {name: bundled.starter(name).read_text(encoding="utf-8") for name in names}
    files[".env"] = _with_secret(bundled.starter(".env.example").read_text(encoding="utf-8"))
    files[".gitignore"] = _GITIGNORE
    if with_templates:
        from digest.languages.tables import languages, written  # noqa: PLC0415 -- needed for this one option only

        theme = bundled.templates()
        files |= {f"templates/{file.relative_to(theme)}": file.read_text(encoding="utf-8") for file in _files(theme)}
        files |= {f"templates/words/{language}.toml": written(language, "mail") for language in languages("mail")}
    return files


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _with_secret(example: str) -> str:
    """The example with a key of this project's own: unsubscribe links are signed with it."""
    line = f"DIGEST_SECRET_KEY={secrets.token_urlsafe(32)}"
    filled, count = re.subn(r"^#?\s*DIGEST_SECRET_KEY=.*$", line, example, count=1, flags=re.MULTILINE)
    return filled if count else f"{example}\n{line}\n"


def _write_new(path: Path, content: str, *, private: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600 if private else 0o644, exist_ok=False)
        path.write_text(content, encoding="utf-8")
    except FileExistsError:
        say(f"kept   {path} (it was there already)")
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}", hint="Choose another folder.") from error
    else:
        say(f"wrote  {path}")
