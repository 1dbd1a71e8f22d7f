"""digest.toml + .env + environment → `Settings`. The only module that reads the environment.

`load` reads a project's folder and reports every problem at once, each with its file, its key and, for a misspelt key,
the likely one. Secrets come from `.env` or the environment only; the environment wins over `.env`. A variable that is
empty counts as not set: `docker compose` hands on an empty one for each that its host does not have.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import ValidationError

from digest.errors import UsageError
from digest.settings import Settings
from digest.settings.mail import DEFAULT_SERVER, variables_of

SETTINGS_FILE = "digest.toml"
ENVIRONMENT_FILE = ".env"

#: Environment variable → the settings' key. The only way to set these.
ENVIRONMENT: Mapping[str, tuple[str, ...]] = {
    "SMTP_HOST": ("smtp", "host"),
    "SMTP_PORT": ("smtp", "port"),
    "SMTP_USERNAME": ("smtp", "username"),
    "SMTP_PASSWORD": ("smtp", "password"),
    "SMTP_SECURITY": ("smtp", "security"),
    "SMTP_HELLO": ("smtp", "hello"),
    "SMTP_OAUTH_PROVIDER": ("smtp", "oauth_provider"),
    "SMTP_OAUTH_CLIENT_ID": ("smtp", "oauth_client_id"),
    "SMTP_OAUTH_CLIENT_SECRET": ("smtp", "oauth_client_secret"),
    "SMTP_OAUTH_REFRESH_TOKEN": ("smtp", "oauth_refresh_token"),
    "IMAP_PASSWORD": ("imap", "password"),
    "LLM_BASE_URL": ("llm", "base_url"),
    "LLM_MODEL": ("llm", "model"),
    "LLM_API_KEY": ("llm", "api_key"),
    "DATABASE_URL": ("database_url",),
    "DIGEST_LOG_LEVEL": ("log_level",),
    "DIGEST_SECRET_KEY": ("secret_key",),
    "DIGEST_KEYS": ("private_keys",),
}
#: A name in .env that begins so and is not known is a misspelling; others belong to other programs.
_OUR_PREFIXES = ("SMTP_", "IMAP_", "DIGEST_", "LLM_")
#: Passwords of further mailboxes; a source says which is its own.
_FURTHER_PASSWORD = re.compile(r"IMAP_PASSWORD(?:_[A-Z0-9]+)+")
#: The tables that are made of variables only: what is wrong with one as a whole is wrong in .env.
_TABLES = {path[:1] for path in ENVIRONMENT.values() if len(path) > 1}
#: What may be said of a mail server: the end of a variable's name → the key.
_SERVER_KEYS = {name.removeprefix("SMTP_"): path[1] for name, path in ENVIRONMENT.items() if path[0] == "smtp"}
#: SMTP_BACKUP_HOST is the host of the [[servers]] called "backup".
_OF_SERVER = re.compile(rf"SMTP_(?P<name>[A-Z][A-Z0-9]*)_(?P<key>{'|'.join(_SERVER_KEYS)})")
#: Keys that settings hold to a pattern → what that is in words.
_FORMS = {"accent": 'a colour such as "#0f5c8c"', "name": 'small letters and digits, such as "backup"'}
#: How the standard library says that a table is there already.
_TWICE = re.compile(r"Cannot declare (\(.*?\)) twice")
#: Read by the command line itself, before any settings.
_ELSEWHERE = frozenset({"DIGEST_PROJECT"})


def load(folder: Path, environ: Mapping[str, str], *, text: str | None = None) -> Settings:
    """Read a project's settings.

    Args:
        folder: the project's folder, which holds digest.toml and perhaps .env.
        environ: the process's environment; where a variable of it is not empty, it wins over .env.
        text: read instead of the file: what digest.toml is about to hold.

    Raises:
        UsageError: a file is absent or broken, or settings are wrong; the message has one line for each problem.
    """
    table = read_table(read_settings(folder) if text is None else text)
    problems = [f"{SETTINGS_FILE}: {key}: {why}" for key, why in _secrets_in(table)]
    dotenv = _read_dotenv(folder / ENVIRONMENT_FILE)
    problems += [f"{ENVIRONMENT_FILE}: {name}: {why}" for name, why in _misspelt(dotenv, _server_names(table))]
    given = _not_empty(environ)
    variables = {**_not_empty(dotenv), **given}
    try:
        settings = Settings.model_validate(_with_environment(table, variables))
    except ValidationError as error:
        names = _server_names(table)
        problems += [_sentence(details, set(given), names) for details in error.errors()]
    else:
        problems += _without_host(settings, variables, environ)
        if not problems:
            return settings
    raise UsageError("\n".join(problems), hint=_mend(len(problems)))


def _not_empty(variables: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if value.strip()}


def _mend(count: int) -> str:
    return "Mend it and run the command again." if count == 1 else f"Mend these {count} and run the command again."


def read_settings(folder: Path) -> str:
    """The text of a project's digest.toml, with its line ends. Raises UsageError where it can't be read."""
    path = folder / SETTINGS_FILE
    if folder.is_file():
        raise UsageError(f"{folder} is a file.", hint=f"Name the folder that holds {SETTINGS_FILE}.")
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise UsageError(
            f"There is no {path.name} in {folder.resolve()}.",
            hint="Change to your newsletter's folder, or make one with: digest init FOLDER",
        ) from None
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def read_table(text: str) -> dict[str, Any]:
    """What the text of a digest.toml says. Raises UsageError with the line where it is no TOML."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        told = _TWICE.sub(_named_twice, str(error))
        message = f"{SETTINGS_FILE} can't be read: {told}"
        raise UsageError(message, hint="Mend that line; see docs/guide.md.") from error


def _named_twice(match: re.Match[str]) -> str:
    table = ".".join(re.findall(r"'([^']*)'", match[1]))
    return f"[{table}] stands in it twice; put what is below it to the first one"


def _read_dotenv(path: Path) -> dict[str, str]:
    """The variables of a .env. Raises UsageError for lines that say nothing: a password in one would be missed."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    problems = [f"{path.name}:{line}: {why}" for line, why in _unread(text)]
    if problems:
        raise UsageError("\n".join(problems), hint=_mend(len(problems)))
    # A dollar is a dollar: a password such as "pa${ss}" has to arrive whole.
    values = dotenv_values(stream=StringIO(text), interpolate=False)
    return {name: value for name, value in values.items() if value is not None}


def _unread(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a .env that can't be understood; what they hold is not shown, it may be a secret."""
    for found in parse_stream(StringIO(text)):
        if "\0" in found.original.string:
            yield found.original.line, "holds the character NUL: save it as UTF-8 text in your editor"
        elif found.error:
            yield found.original.line, "is not NAME=value; text with blanks stands between two quotes"
        elif found.key and found.value is None and found.key.startswith(_OUR_PREFIXES):
            yield found.original.line, f"{found.key} has no value: write {found.key}=..."


def _not_utf8(path: Path, error: UnicodeDecodeError) -> UsageError:
    line = error.object[: error.start].count(b"\n") + 1
    return UsageError(f"{path.name}:{line}: this is not UTF-8 text", hint="Save it as UTF-8 in your editor.")


def _unreadable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path.name} can't be read: {error.strerror}", hint=f"See {path.resolve()} and who may read it.")


def _secrets_in(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What belongs in .env is refused in digest.toml: that file is shown and shared."""
    for variable, (key, *_) in ENVIRONMENT.items():
        if table.pop(key, None) is not None:
            yield key, f"is not read from {SETTINGS_FILE}; write {variable}=... in {ENVIRONMENT_FILE}"
    for number, name in enumerate(_server_names(table), start=1):
        entry = table["servers"][number - 1]
        if isinstance(entry, dict) and entry.pop("smtp", None) is not None:
            variable = f"{variables_of(name)}HOST=..."
            yield f"servers[{number}].smtp", f"is not read from {SETTINGS_FILE}; write {variable} in {ENVIRONMENT_FILE}"


def _server_names(table: Mapping[str, Any]) -> list[str]:
    """The names of [[servers]], in their order; "" for what is no table."""
    servers = table.get("servers")
    entries = servers if isinstance(servers, list) else []
    return [str(entry.get("name", "")) if isinstance(entry, dict) else "" for entry in entries]


def _without_host(settings: Settings, variables: Mapping[str, str], environ: Mapping[str, str]) -> Iterator[str]:
    """Servers that lack their host: without it mail would be written into a folder, and nobody would have got it."""
    rest = [name for name, path in ENVIRONMENT.items() if path[0] == "smtp" and name in variables]
    if rest and not settings.smtp.host and not any(server.name == DEFAULT_SERVER for server in settings.servers):
        place, state = (ENVIRONMENT_FILE, "is missing or empty")
        if "SMTP_HOST" in environ:
            place, state = "environment", f"is empty, and {ENVIRONMENT_FILE} has none"
        are = "are" if rest[1:] else "is"
        yield f"{place}: SMTP_HOST: {state}, though {' and '.join(rest)} {are} set: name the server, or delete these"
    for server in settings.servers:
        default = server.name == DEFAULT_SERVER
        if not (settings.smtp.host if default else server.smtp.host):
            yield f'{ENVIRONMENT_FILE}: {server.variables}HOST: is missing: [[servers]] "{server.name}" needs it'


def _misspelt(dotenv: Mapping[str, str], servers: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in dotenv:
        if (server := _OF_SERVER.fullmatch(name)) and name not in ENVIRONMENT:
            if server["name"].lower() not in servers:
                wanted = server["name"].lower()
                yield name, f'there is no [[servers]] in {SETTINGS_FILE} with name = "{wanted}"'
            continue
        known = name in ENVIRONMENT or name in _ELSEWHERE or _FURTHER_PASSWORD.fullmatch(name)
        if name.upper().startswith(_OUR_PREFIXES) and not known:
            yield name, "is not a setting" + _suggestion(name.upper(), ENVIRONMENT)


def _with_environment(table: dict[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    whole = dict(table)
    for variable, path in ENVIRONMENT.items():
        value = _value(variable, environ)
        if value and len(path) == 1:
            whole[path[0]] = value
        elif value:
            whole.setdefault(path[0], {})[path[1]] = value
    _add_servers(whole, environ)
    further = {name: value for name, value in environ.items() if _FURTHER_PASSWORD.fullmatch(name)}
    if further:
        whole.setdefault("imap", {})["others"] = further
    return whole


def _value(variable: str, environ: Mapping[str, str]) -> str:
    """What a variable says. A password keeps its blanks, for it may have some at its ends."""
    value = environ.get(variable, "")
    return value if variable.endswith("_PASSWORD") else value.strip()


def _add_servers(whole: dict[str, Any], environ: Mapping[str, str]) -> None:
    """Give each of [[servers]] its variables; what digest.toml says itself stays, and is refused later."""
    if not _server_names(whole):
        return
    whole["servers"] = [dict(entry) if isinstance(entry, dict) else entry for entry in whole["servers"]]
    for variable in environ:
        found, value = _OF_SERVER.fullmatch(variable), _value(variable, environ)
        for entry in whole["servers"] if found and value else ():
            if found and isinstance(entry, dict) and entry.get("name") == found["name"].lower():
                entry.setdefault("smtp", {})[_SERVER_KEYS[found["key"]]] = value


def _sentence(details: Any, environ: set[str], servers: Sequence[str]) -> str:
    """One problem that pydantic found, in the words of the file it stands in."""
    path: tuple[str | int, ...] = details["loc"]
    message, whole = _message(details, path), path
    if path[:1] == ("servers",) and path[2:3] == ("smtp",):
        # It is as with the server of SMTP_HOST, but for the variables' names.
        whole = path[2:]
        message = message.replace("SMTP_", variables_of(servers[int(path[1])]))
    if whole in _TABLES:
        return f"{ENVIRONMENT_FILE}: {message}"
    variable = next((name for name, key in ENVIRONMENT.items() if key == whole), None)
    if variable is None:
        return f"{SETTINGS_FILE}: {problem_in(details)}"
    if whole != path:
        variable = variables_of(servers[int(path[1])]) + variable.removeprefix("SMTP_")
    return f"{'environment' if variable in environ else ENVIRONMENT_FILE}: {variable}: {message}"


def problem_in(details: Any) -> str:
    """One problem that pydantic found in a table of digest.toml: its key, and what is wrong."""
    path: tuple[str | int, ...] = details["loc"]
    return f"{_dotted(path)}: {_message(details, path)}" if path else _message(details, path)


def _message(details: Any, path: tuple[str | int, ...]) -> str:
    match details["type"]:
        case "extra_forbidden":
            return "is not a setting" + _suggestion(str(path[-1]), _keys_beside(path))
        case "missing":
            return "is missing"
        case "value_error":
            return str(details["ctx"]["error"])
        case "int_parsing" | "int_type" | "int_from_float":
            return f"has to be a whole number, not {details['input']!r}"[:200]
        case "string_too_short":
            return "is empty"
        case _:
            return f"{_wanted(details, path)}, not {details['input']!r}"[:200]


def _wanted(details: Any, path: tuple[str | int, ...]) -> str:
    """What a value has to be."""
    if details["type"] == "string_pattern_mismatch":
        return f"has to be {_FORMS[str(path[-1])]}"
    told: str = details["msg"]
    return told.replace("Input should be", "has to be", 1)


def _suggestion(name: str, known: Any) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f'; did you mean "{close[0]}"?' if close else f"; known are {', '.join(sorted(known))}"


def _keys_beside(path: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand where the last part of the path stands."""
    model: Any = Settings
    for part in path[:-1]:
        # A list's name is a key of its owner.
        if isinstance(part, str) and part in model.model_fields:
            annotation = model.model_fields[part].annotation
            model = next(
                (kind for kind in getattr(annotation, "__args__", ()) if hasattr(kind, "model_fields")), annotation
            )
    # A name of ENVIRONMENT would be no help: it is refused in this file.
    internal = {key for key, *_ in ENVIRONMENT.values()} if model is Settings else set()
    return [name for name in model.model_fields if name not in internal]


def _dotted(path: tuple[str | int, ...]) -> str:
    """("sources", 0, "weight") → "sources[1].weight", counted from 1 as a person does."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")
