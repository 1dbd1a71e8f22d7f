"""`digest init`."""

from __future__ import annotations

import tomllib
from pathlib import Path

from digest.settings.reading import load


def test_a_new_project_can_be_loaded(run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "news").code == 0

    settings = load(tmp_path / "news", {})

    assert len(settings.secret_key.get_secret_value()) >= 32
    assert (tmp_path / "news" / "subscribers" / f"{settings.newsletter.list}.csv").is_file()


def test_nothing_that_is_there_is_overwritten(run, tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text("mine")

    shown = run("init", tmp_path)

    assert (tmp_path / "digest.toml").read_text() == "mine"
    assert f"kept   {tmp_path / 'digest.toml'}" in shown.out
    assert run("init", tmp_path).out.count("kept") == 5


def test_secrets_are_for_their_owner_only(run, tmp_path: Path) -> None:
    run("init", tmp_path)

    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0


def test_two_projects_have_two_keys(run, tmp_path: Path) -> None:
    keys = set()
    for name in ("one", "two"):
        run("init", tmp_path / name)
        keys.add(load(tmp_path / name, {}).secret_key.get_secret_value())

    assert len(keys) == 2


def test_the_templates_come_on_request(run, tmp_path: Path) -> None:
    run("init", tmp_path / "plain")
    run("init", tmp_path / "own", "--with-templates")

    assert not (tmp_path / "plain" / "templates").exists()
    assert (tmp_path / "own" / "templates" / "issue.html.j2").is_file()
    assert 'unsubscribe = "Abbestellen"' in (tmp_path / "own" / "templates" / "words" / "de.toml").read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_named(run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    shown = run("init", tmp_path / "file" / "news")

    assert shown.code == 2
    assert str(tmp_path / "file") in shown.err


def test_the_settings_of_a_new_project_are_toml_with_comments(run, tmp_path: Path) -> None:
    run("init", tmp_path)
    text = (tmp_path / "digest.toml").read_text()

    assert tomllib.loads(text)["newsletter"]["title"]
    assert text.count("#") > 20


def test_a_newsletter_can_not_be_made_in_a_file(run, tmp_path: Path) -> None:
    (tmp_path / "signal").write_text("mine")

    shown = run("init", tmp_path / "signal")

    assert (shown.code, shown.out) == (2, "")
    assert "signal is a file." in shown.err
