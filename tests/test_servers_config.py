"""Several mail servers: named in digest.toml, with host and password in .env."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import UsageError
from digest.settings.reading import ENVIRONMENT, load

MINIMAL = """
[newsletter]
title = "The Weekly Signal"
sender = "The Weekly Signal <news@example.org>"
[[sources]]
feed = "https://example.org/feed.xml"
"""
BACKUP = '[[servers]]\nname = "backup"\nweight = 0.5\nper_hour = 100\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "digest.toml").write_text(MINIMAL + BACKUP)
    return tmp_path


def problems(folder: Path, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(UsageError) as caught:
        load(folder, environ or {})
    return caught.value.message.splitlines()


def test_a_server_has_its_variables_by_its_name(project: Path) -> None:
    (project / ".env").write_text(
        "SMTP_HOST=one.example\nSMTP_BACKUP_HOST=two.example\nSMTP_BACKUP_PASSWORD=secret\nSMTP_BACKUP_PORT=465\n"
    )
    one, two = load(project, {"SMTP_BACKUP_USERNAME": "news"}).mail_servers()
    assert (one.name, one.smtp.host, one.weight) == ("default", "one.example", 1)
    assert (two.name, two.smtp.host, two.weight, two.per_hour) == ("backup", "two.example", 0.5, 100)
    assert (two.smtp.port, two.smtp.username, two.smtp.password.get_secret_value()) == (465, "news", "secret")


def test_servers_that_are_no_tables_are_told_and_not_stumbled_over(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text('servers = ["x", {name = "backup"}]\n' + MINIMAL)
    [problem, *_] = problems(tmp_path, {"SMTP_BACKUP_PORT": "x"})
    assert problem.startswith("digest.toml: servers[1]: ")


def test_the_server_of_smtp_host_may_have_a_weight_and_limits(project: Path) -> None:
    (project / "digest.toml").write_text(MINIMAL + '[[servers]]\nname = "default"\nper_day = 500\n')
    [one] = load(project, {"SMTP_HOST": "one.example"}).mail_servers()
    assert (one.smtp.host, one.per_day) == ("one.example", 500)


@pytest.mark.parametrize("table", ['[[servers]]\nname = "{}"\n', '[[send.limits]]\nper_hour = 1\nto = "{}"\n'])
def test_a_name_is_no_longer_than_every_database_keeps_it(tmp_path: Path, table: str) -> None:
    toml = tmp_path / "digest.toml"
    toml.write_text(MINIMAL + table.format("a" * 100))
    load(tmp_path, {f"SMTP_{'A' * 100}_HOST": "one.example"})

    toml.write_text(MINIMAL + table.format("a" * 101))
    assert any("100 characters" in problem for problem in problems(tmp_path))


def test_without_any_host_mail_goes_to_the_outbox(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text(MINIMAL)
    assert load(tmp_path, {}).mail_servers() == ()


def test_named_servers_need_no_default(project: Path) -> None:
    assert [one.name for one in load(project, {"SMTP_BACKUP_HOST": "two.example"}).mail_servers()] == ["backup"]


def test_a_server_without_a_host_is_told(project: Path) -> None:
    assert problems(project) == ['.env: SMTP_BACKUP_HOST: is missing: [[servers]] "backup" needs it']


def test_a_variable_of_a_server_that_there_is_none_of_is_told(project: Path) -> None:
    (project / ".env").write_text("SMTP_BACKUP_HOST=two.example\nSMTP_BAKCUP_PORT=25\n")
    assert problems(project) == ['.env: SMTP_BAKCUP_PORT: there is no [[servers]] in digest.toml with name = "bakcup"']


def test_a_wrong_value_is_told_by_its_variable(project: Path) -> None:
    found = problems(project, {"SMTP_BACKUP_HOST": "two.example", "SMTP_BACKUP_PORT": "smtp"})
    assert len(found) == 1
    assert "SMTP_BACKUP_PORT: " in found[0]


def test_a_host_in_digest_toml_is_refused(project: Path) -> None:
    (project / "digest.toml").write_text(MINIMAL + BACKUP + '[servers.smtp]\nhost = "two.example"\n')
    found = problems(project, {"SMTP_BACKUP_HOST": "two.example"})
    assert found == ["digest.toml: servers[1].smtp: is not read from digest.toml; write SMTP_BACKUP_HOST=... in .env"]


def test_two_servers_of_one_name_are_told(project: Path) -> None:
    (project / "digest.toml").write_text(MINIMAL + BACKUP + BACKUP)
    assert any('two [[servers]] are called "backup"' in one for one in problems(project, {"SMTP_BACKUP_HOST": "x"}))


@pytest.mark.parametrize("value", ['"night"', '"22:00"', '"25:00-07:00"'])
def test_quiet_hours_are_two_times_of_day(project: Path, value: str) -> None:
    (project / "digest.toml").write_text(MINIMAL + f"[send]\nquiet = {value}\n")
    assert any("22:00-07:00" in one for one in problems(project))


OAUTH = {
    "SMTP_BACKUP_HOST": "smtp.gmail.com",
    "SMTP_BACKUP_USERNAME": "news@example.org",
    "SMTP_BACKUP_OAUTH_PROVIDER": "google",
    "SMTP_BACKUP_OAUTH_CLIENT_ID": "client",
    "SMTP_BACKUP_OAUTH_CLIENT_SECRET": "secret",
    "SMTP_BACKUP_OAUTH_REFRESH_TOKEN": "token",
}


def test_a_named_server_takes_every_variable_that_smtp_host_has(project: Path) -> None:
    (project / ".env").write_text("".join(f"{name}={value}\n" for name, value in OAUTH.items()))
    [backup] = load(project, {}).mail_servers()
    assert backup.variables == "SMTP_BACKUP_"
    assert (backup.smtp.oauth_provider, backup.smtp.oauth_client_id) == ("google", "client")
    assert backup.smtp.oauth_client_secret.get_secret_value() == "secret"
    assert backup.smtp.oauth_refresh_token.get_secret_value() == "token"
    # Each variable of SMTP_HOST has a twin, one that is written later too.
    twins = [name.replace("SMTP_", "SMTP_BACKUP_") for name in ENVIRONMENT if name.startswith("SMTP_")]
    (project / ".env").write_text("".join(f"{name}=\n" for name in twins))
    assert problems(project) == ['.env: SMTP_BACKUP_HOST: is missing: [[servers]] "backup" needs it']


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("USERNAME", ".env: SMTP_BACKUP_OAUTH_PROVIDER needs SMTP_BACKUP_USERNAME"),
        ("OAUTH_REFRESH_TOKEN", ".env: SMTP_BACKUP_OAUTH_PROVIDER needs SMTP_BACKUP_OAUTH_REFRESH_TOKEN"),
    ],
)
def test_what_a_login_lacks_is_told_by_the_servers_own_variables(project: Path, left_out: str, told: str) -> None:
    given = {name: value for name, value in OAUTH.items() if name != f"SMTP_BACKUP_{left_out}"}
    assert problems(project, given) == [told]
    (project / "digest.toml").write_text(MINIMAL)
    usual = {name.replace("BACKUP_", ""): value for name, value in given.items()}
    assert problems(project, usual) == [told.replace("BACKUP_", "")]


def test_a_provider_that_there_is_none_of_is_told_by_its_variable(project: Path) -> None:
    [problem] = problems(project, OAUTH | {"SMTP_BACKUP_OAUTH_PROVIDER": "yahoo"})
    assert problem.startswith('environment: SMTP_BACKUP_OAUTH_PROVIDER: write "google", "microsoft" or')
