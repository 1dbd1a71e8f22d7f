"""Holds docs/guide.md to the program that it describes."""

import re
import tomllib
from pathlib import Path

import pytest
import typer.main
from pydantic import BaseModel

from digest import errors
from digest.audience.rows import STATUSES
from digest.audience.unsubscribing import unsubscribe_token
from digest.cli.app import app
from digest.settings import SectionSettings, Settings
from digest.settings.mail import ProviderLimit, ServerSettings, WarmUpSettings
from digest.settings.reading import ENVIRONMENT
from digest.settings.sources import SourceSettings

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
REFERENCE = GUIDE.split("## digest.toml", 1)[1].split("## How the mail looks", 1)[0]
FROM_ENVIRONMENT = {key for key, *_ in ENVIRONMENT.values()}
TABLES = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel) and name not in FROM_ENVIRONMENT
} | {
    "sources": SourceSettings,
    "sections": SectionSettings,
    "send.limits": ProviderLimit,
    "send.warm_up": WarmUpSettings,
    "servers": ServerSettings,
}


def _commands(command, path=()):
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, (*path, name))


COMMANDS = [(path, command) for path, command in _commands(typer.main.get_command(app)) if path]


@pytest.mark.parametrize("table", TABLES)
def test_every_setting_is_in_the_reference(table):
    # What .env fills in is among its variables.
    missing = [key for key in TABLES[table].model_fields if f"`{key}`" not in REFERENCE and key != "smtp"]
    assert missing == []


def test_every_default_in_the_reference_is_the_programs():
    rows = re.findall(r"^\| `(\w+)` \| `(.+?)` \|", REFERENCE, flags=re.MULTILINE)
    defaults = {}
    for model in TABLES.values():
        for key, field in model.model_fields.items():
            defaults.setdefault(key, []).append(field.default)
    shown = [(key, tomllib.loads(f"x = {text}")["x"]) for key, text in rows if text[0] in '"[0123456789tf']
    assert len(shown) > 30
    for key, value in shown:
        if key in defaults:
            wanted = tuple(value) if isinstance(value, list) else value
            assert any(wanted == default for default in defaults[key]), key


@pytest.mark.parametrize("variable", ENVIRONMENT)
def test_every_variable_is_in_the_reference(variable):
    assert f"`{variable}`" in REFERENCE


def test_every_exit_code_is_explained():
    explained = {int(code) for code in re.findall(r"^\| (\d) \|", GUIDE, flags=re.MULTILINE)}
    raised = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type)}
    assert explained == raised | {0, 5}


def test_every_term_of_a_score_is_explained():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "digest" / "pick").rglob("*.py")]
    terms = {name for source in sources for name in re.findall(r'\bTerm\(\s*name="([a-z ]+)"', source)}
    assert {"recency", "coverage", "topic"} <= terms
    assert [name for name in sorted(terms) if f"\n| {name} |" not in GUIDE] == []


@pytest.mark.parametrize("status", sorted(STATUSES))
def test_every_status_is_explained(status):
    assert f"`{status}`" in GUIDE


@pytest.mark.parametrize("path", [path for path, command in COMMANDS if not hasattr(command, "commands")], ids=" ".join)
def test_every_command_is_shown(path):
    assert f"digest {' '.join(path)}" in GUIDE


def test_no_option_is_shown_that_there_is_none_of():
    known = {
        option for _, command in COMMANDS for parameter in command.params for option in getattr(parameter, "opts", ())
    }
    top = {option for parameter in typer.main.get_command(app).params for option in parameter.opts}
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", GUIDE))
    assert shown <= known | top


@pytest.mark.parametrize("block", re.findall(r"```toml\n(.*?)```", GUIDE, flags=re.DOTALL))
def test_every_piece_of_settings_is_valid(block):
    required = {
        "newsletter": {"title": "T", "sender": "a@example.org"},
        "sources": [{"feed": "feed.xml"}],
        "llm": {"base_url": "http://127.0.0.1:11434/v1", "model": "m"},
    }
    assert Settings.model_validate({**required, **tomllib.loads(block)})


def test_every_link_within_the_guide_leads_somewhere():
    headings = re.findall(r"^#+ (.+)$", GUIDE, flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors


def test_the_recipe_for_tokens_makes_ours():
    recipe = re.search(r"```python\n(.*?)```", GUIDE, flags=re.DOTALL)[1]
    names = {}
    exec(recipe, names)  # noqa: S102 -- the guide's own text
    secret = "0123456789abcdef"
    ours = unsubscribe_token(secret.encode(), "weekly", "ada@example.org")
    assert names["token"](secret, "weekly", "Ada@example.org") == ours
