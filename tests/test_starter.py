"""Holds what `digest init` writes and the settings to each other."""

import re
import tomllib

import pytest
from dotenv import dotenv_values
from pydantic import BaseModel

from digest import bundled
from digest.audience.subscribers import check
from digest.settings import ListSettings, NewsletterSettings, SectionSettings, Settings
from digest.settings.mail import ServerSettings
from digest.settings.reading import ENVIRONMENT, load
from digest.settings.sources import SourceSettings

SETTINGS = bundled.starter("digest.toml")
ENV_EXAMPLE = bundled.starter(".env.example")
FROM_ENVIRONMENT = {key for key, *_ in ENVIRONMENT.values()}
TABLES = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if name not in {*FROM_ENVIRONMENT, "sources", "sections", "servers", "lists"}
}


@pytest.fixture(scope="module")
def everything():
    """The tables with every commented-out key taken for real."""
    text = re.sub(r"^# (?=\[|[a-z_]+ = )", "", SETTINGS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return tomllib.loads(text)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "digest.toml").write_bytes(SETTINGS.read_bytes())
    (tmp_path / ".env").write_bytes(ENV_EXAMPLE.read_bytes())
    return tmp_path


def test_the_starter_is_a_valid_project_that_sends_nothing(project):
    settings = load(project, {})
    assert (settings.smtp.host, settings.database_url, settings.compose.min_stories) == ("", "", 1)


def test_the_starter_shows_every_table(everything):
    assert everything.keys() == set(Settings.model_fields) - FROM_ENVIRONMENT


@pytest.mark.parametrize("table", TABLES)
def test_the_starter_shows_every_key_and_no_other(everything, table):
    assert everything[table].keys() == set(TABLES[table].model_fields)


@pytest.mark.parametrize(
    ("table", "model"), [("sources", SourceSettings), ("sections", SectionSettings), ("servers", ServerSettings)]
)
def test_the_starter_shows_every_key_of_tables_that_there_may_be_many_of(everything, table, model):
    # A server's address and password are in .env.
    assert {key for entry in everything[table] for key in entry} == set(model.model_fields) - {"smtp"}


def test_the_starter_shows_what_may_be_said_of_a_list(everything):
    assert {key for entry in everything["lists"].values() for key in entry} == set(ListSettings.model_fields)


@pytest.mark.parametrize("table", TABLES)
def test_what_the_starter_shows_commented_out_is_the_default(everything, table):
    model: type[BaseModel] = TABLES[table]
    set_by_starter = tomllib.loads(SETTINGS.read_text(encoding="utf-8")).get(table, {})
    commented = {key: value for key, value in everything[table].items() if key not in set_by_starter}
    required = {"title": "T", "sender": "a@example.org"} if model is NewsletterSettings else {}
    shown, default = model.model_validate({**required, **commented}), model.model_validate(required)
    for key in commented:
        # What depends on something else has no value of its own to show.
        if getattr(default, key) is not None:
            assert getattr(shown, key) == getattr(default, key), key


def test_the_environment_example_shows_every_variable_and_sets_none():
    text = ENV_EXAMPLE.read_text(encoding="utf-8")
    assert set(re.findall(r"^# ?([A-Z_]+)=", text, flags=re.MULTILINE)) == set(ENVIRONMENT)
    assert dotenv_values(ENV_EXAMPLE) == {}


def test_the_environment_example_is_valid_once_it_is_filled_in(project):
    filled = re.sub(r"^# ?(?=[A-Z_]+=)", "", ENV_EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (project / ".env").write_text(filled, encoding="utf-8")
    assert load(project, {}).smtp.host == "smtp.example.org"


def test_the_example_list_has_nothing_to_mend():
    audit = check(bundled.starter("subscribers/example.csv"))
    assert (audit.bad, audit.notes) == (0, ())
    assert audit.statuses["active"] >= 2


def test_the_starter_names_files_that_init_writes(project):
    settings = load(project, {})
    assert bundled.starter(f"subscribers/{settings.newsletter.list}.csv").is_file()
    assert [source.location for source in settings.source_list()] == ["articles"]
    assert bundled.starter("articles/welcome.md").is_file()
