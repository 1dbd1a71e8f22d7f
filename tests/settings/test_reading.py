"""digest.toml, .env and the environment → Settings."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from digest.deliver.messages.headers import links_header
from digest.errors import UsageError
from digest.settings import Settings
from digest.settings.reading import _FORMS, ENVIRONMENT, load
from tests.settings.conftest import MINIMAL, problems

#: One value for each, none of which is the default.
EVERY_VARIABLE = {
    "SMTP_HOST": "mail.example.org",
    "SMTP_PORT": "2525",
    "SMTP_USERNAME": "news",
    "SMTP_PASSWORD": "pass word",
    "SMTP_SECURITY": "tls",
    "SMTP_OAUTH_PROVIDER": "google",
    "SMTP_OAUTH_CLIENT_ID": "client",
    "SMTP_OAUTH_CLIENT_SECRET": "client-secret",
    "SMTP_OAUTH_REFRESH_TOKEN": "token",
    "IMAP_PASSWORD": "mailbox",
    "IMAP_PASSWORD_WORK": "another",
    "LLM_BASE_URL": "https://api.example.com/v1",
    "LLM_MODEL": "model",
    "LLM_API_KEY": "key",
    "DATABASE_URL": "sqlite:///other.db",
    "DIGEST_LOG_LEVEL": "debug",
    "DIGEST_SECRET_KEY": "a-secret-of-enough-characters",
    "DIGEST_KEYS": "/run/keys",
}


def write(folder: Path, extra: str) -> None:
    (folder / "digest.toml").write_text(MINIMAL + extra)


def test_a_minimal_file_gets_every_default(project: Path) -> None:
    settings = load(project, {})

    assert settings.newsletter.cadence == "weekly"
    assert settings.source_list()[0].location == "https://example.org/feed.xml"
    assert settings.smtp.host == ""


def test_a_folder_without_settings_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no digest\.toml") as caught:
        load(tmp_path, {})

    assert "digest init" in caught.value.hint


def test_every_problem_is_reported_at_once(project: Path) -> None:
    write(project, '[pick]\nwindow = "seven"\nmax_stories = 0\n[send]\nconections = 3\n')

    found = problems(project, {"SMTP_PORT": "smtp"})

    assert len(found) == 4
    assert found[0].startswith('digest.toml: pick.window: "seven" is not a span of time')
    assert found[1].startswith("digest.toml: pick.max_stories: ")
    assert found[2] == 'digest.toml: send.conections: is not a setting; did you mean "connections"?'
    assert found[3].startswith("environment: SMTP_PORT: ")


def test_a_source_is_counted_from_one_and_has_one_place(project: Path) -> None:
    write(project, '[[sources]]\nfeed = "a"\nfolder = "b"\n')

    assert problems(project) == [
        "digest.toml: sources[2]: a source has exactly one of feed, opml, folder, page, sitemap, mailbox and picks"
    ]


@pytest.mark.parametrize("selector", ["h2 >", "a[", "h2 a::before"])
def test_a_selector_that_is_none_is_told_with_its_source(project: Path, selector: str) -> None:
    write(project, f'[[sources]]\npage = "https://example.org/"\nlinks = "{selector}"\n')

    [problem] = problems(project)

    assert problem.startswith(f'digest.toml: sources[2].links: "{selector}" is not a CSS selector')
    assert '"h2 a"' in problem


def test_links_are_those_of_a_page(project: Path) -> None:
    write(project, '[[sources]]\nfeed = "https://example.org/feed"\nlinks = "h2 a"\n')

    assert "links = belongs to page =" in problems(project)[0]


@pytest.mark.parametrize(
    "address",
    ["mail.example.org", "https://rosa@mail.example.org/", "imaps://mail.example.org/INBOX", "imaps://rosa@/x",
     "imaps://rosa@h:port/", "imaps://rosa@h/\\u0000", "imaps://rosa@h/?x=1", "imaps://rosa@h/A%0d%0aB"],
)  # fmt: skip
def test_a_mailbox_that_is_none_is_told_how_to_be_written(project: Path, address: str) -> None:
    write(project, f'[[sources]]\nmailbox = "{address}"\n')

    [problem] = problems(project)

    assert problem.startswith("digest.toml: sources[2].mailbox: is not the address of a mailbox: write it as")


def test_a_password_in_a_mailboxs_address_is_refused_and_not_shown(project: Path) -> None:
    write(project, '[[sources]]\nmailbox = "imaps://rosa:hunter2@mail.example.org/INBOX"\n')

    [problem] = problems(project)

    assert "hunter2" not in problem
    assert ".env" in problem


def test_a_password_in_place_of_its_name_is_refused_and_not_shown(project: Path) -> None:
    write(project, '[[sources]]\nmailbox = "imaps://rosa@mail.example.org/INBOX"\npassword_in = "hunter2"\n')

    [problem] = problems(project)

    assert "hunter2" not in problem
    assert "such as IMAP_PASSWORD_WORK" in problem


def test_each_mailbox_has_the_password_that_its_source_names(project: Path) -> None:
    one, two, three = (f"imaps://rosa@{name}.example.org/INBOX" for name in ("one", "two", "three"))
    write(
        project,
        f'[[sources]]\nmailbox = "{one}"\n[[sources]]\nmailbox = "{two}"\npassword_in = "IMAP_PASSWORD_TWO"\n'
        f'[[sources]]\nmailbox = "{three}"\npassword_in = "IMAP_PASSWORD_THREE"\n',
    )
    (project / ".env").write_text("IMAP_PASSWORD=first\nIMAP_PASSWORD_TWO=dolphin\n")

    settings = load(project, {"IMAP_PASSWORD": "hunter2"})

    assert [settings.mailbox_password(place) for place in (one, two, three)] == ["hunter2", "dolphin", ""]
    assert "dolphin" not in repr(settings)


def test_a_misspelt_password_of_a_mailbox_gets_a_suggestion(project: Path) -> None:
    (project / ".env").write_text("IMAP_PASWORD=x\n")

    assert problems(project) == ['.env: IMAP_PASWORD: is not a setting; did you mean "IMAP_PASSWORD"?']


def test_a_file_without_sources_is_refused(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text(MINIMAL.split("[[", maxsplit=1)[0])

    assert "there is no source" in problems(tmp_path)[0]


def test_a_toml_error_names_its_line(project: Path) -> None:
    (project / "digest.toml").write_text("[newsletter\n")

    assert "line 1" in problems(project)[0]


def test_a_secret_in_the_shared_file_is_refused(project: Path) -> None:
    write(project, '[smtp]\npassword = "hunter2"\n')

    [problem] = problems(project)

    assert "hunter2" not in problem
    assert ".env" in problem


def test_the_environment_wins_over_dotenv(project: Path) -> None:
    (project / ".env").write_text("SMTP_HOST=from.dotenv\nSMTP_PORT=25\n")

    smtp = load(project, {"SMTP_HOST": "from.environment"}).smtp

    assert (smtp.host, smtp.port) == ("from.environment", 25)


@pytest.mark.parametrize("empty", ["", " ", "\t"])
def test_an_empty_variable_of_the_environment_hides_none_of_dotenv(project: Path, empty: str) -> None:
    (project / ".env").write_text("".join(f"{name}={value}\n" for name, value in EVERY_VARIABLE.items()))

    assert load(project, dict.fromkeys(EVERY_VARIABLE, empty)) == load(project, {})
    assert load(project, {}).smtp.host == "mail.example.org"


@pytest.mark.parametrize("empty", ["", " ", "\t"])
def test_an_empty_variable_is_none_wherever_it_stands(project: Path, empty: str) -> None:
    (project / ".env").write_text("".join(f"{name}='{empty}'\n" for name in EVERY_VARIABLE))

    assert load(project, dict.fromkeys(EVERY_VARIABLE, empty)) == load(project, {})
    assert load(project, {}).mail_servers() == ()


@pytest.mark.parametrize(
    ("dotenv", "environ", "place"),
    [
        ("SMTP_USERNAME=news\n", {}, ".env: SMTP_HOST: is missing or empty"),
        ("SMTP_HOST=\nSMTP_PASSWORD=secret\n", {}, ".env: SMTP_HOST: is missing or empty"),
        ("SMTP_HOST=' '\nSMTP_PORT=465\n", {}, ".env: SMTP_HOST: is missing or empty"),
        ("", {"SMTP_HOST": "", "SMTP_USERNAME": "news"}, "environment: SMTP_HOST: is empty"),
        ("", {"SMTP_SECURITY": "tls"}, ".env: SMTP_HOST: is missing or empty"),
    ],
)
def test_a_mail_server_that_lost_its_host_is_told(
    project: Path, dotenv: str, environ: dict[str, str], place: str
) -> None:
    (project / ".env").write_text(dotenv)

    [problem] = problems(project, environ)

    assert problem.startswith(place)
    assert "secret" not in problem


def test_a_misspelt_name_in_dotenv_gets_a_suggestion(project: Path) -> None:
    (project / ".env").write_text("SMTP_PASWORD=x\nOTHER_PROGRAM=1\n")

    assert problems(project) == ['.env: SMTP_PASWORD: is not a setting; did you mean "SMTP_PASSWORD"?']


def test_no_secret_shows_when_settings_are_printed(project: Path) -> None:
    secrets = {"SMTP_PASSWORD": "hunter2", "DIGEST_SECRET_KEY": "swordfish-swordfish"}
    settings = load(project, {"SMTP_HOST": "mail.example.org", "SMTP_USERNAME": "news", **secrets})

    assert "hunter2" not in repr(settings)
    assert "swordfish" not in repr(settings)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("36h", timedelta(hours=36)), ("7d", timedelta(days=7)), (" 2w ", timedelta(weeks=2))],
)
def test_a_span_of_time_is_written_as_people_do(project: Path, written: str, meant: timedelta) -> None:
    write(project, f'[pick]\nwindow = "{written}"\n')

    assert load(project, {}).pick.window == meant


@pytest.mark.parametrize("language", ["Deutsch", "de_DE", "", "../en"])
def test_a_language_that_is_no_tag_is_refused(project: Path, language: str) -> None:
    (project / "digest.toml").write_text(MINIMAL.replace("[newsletter]", f'[newsletter]\nlanguage = "{language}"'))

    [problem] = problems(project)

    assert problem.startswith("digest.toml: newsletter.language: ")
    assert 'write one such as "de" or "pt-BR"' in problem


@pytest.mark.parametrize("sender", ["nobody", "A\\nBcc: b@example.org <a@example.org>", ""])
def test_a_sender_without_a_clean_address_is_refused(project: Path, sender: str) -> None:
    (project / "digest.toml").write_text(MINIMAL.replace("The Weekly Signal <news@example.org>", sender))

    assert problems(project)[0].startswith("digest.toml: newsletter.sender: ")


@pytest.mark.parametrize("key", ["sender", "reply_to"])
@pytest.mark.parametrize(
    "written", ["Ada <ada@example.org>, Ben <ben@example.org>", "ben@example.net <ada@example.org>", "Ada"]
)
def test_a_mailbox_that_could_be_somebody_elses_is_refused_with_its_key(project: Path, key: str, written: str) -> None:
    table = MINIMAL.replace("[newsletter]", f'[newsletter]\n{key} = "{written}"')
    if key == "sender":
        table = table.replace('sender = "The Weekly Signal <news@example.org>"\n', "")
    (project / "digest.toml").write_text(table)

    [problem] = problems(project)

    assert problem.startswith(f"digest.toml: newsletter.{key}: ")


@pytest.mark.parametrize("address", ["https://news.example.org/u/", "http://news.example.org/u/{token}"])
def test_an_address_to_unsubscribe_is_https_and_tells_people_apart(project: Path, address: str) -> None:
    table = MINIMAL.replace("[[sources]]", f'unsubscribe_url = "{address}"\n[[sources]]')
    (project / "digest.toml").write_text(table)

    assert problems(project)[0].startswith("digest.toml: newsletter.unsubscribe_url: write an https address")


@pytest.mark.parametrize(
    "address",
    [
        "https://x.org/ü/{token}",
        "https://bücher.example/{token}",
        "https://x.org/my list/{token}",
        "https://x.org/{token}>",
        "https://x.org/{token}/\\u0000",
        f"https://x.org/{'long/' * 200}{{token}}",
    ],
)
def test_an_address_to_unsubscribe_that_no_header_can_hold_is_refused(project: Path, address: str) -> None:
    table = MINIMAL.replace("[[sources]]", f'unsubscribe_url = "{address}"\n[[sources]]')
    (project / "digest.toml").write_text(table, encoding="utf-8")

    assert problems(project)[0].startswith("digest.toml: newsletter.unsubscribe_url: write an https")


def test_the_longest_address_to_unsubscribe_fits_a_header(project: Path) -> None:
    address = f"https://x.org/{'l' * (900 - 14 - 7)}{{token}}"
    table = MINIMAL.replace("[[sources]]", f'unsubscribe_url = "{address}"\n[[sources]]')
    (project / "digest.toml").write_text(table)

    link = load(project, {}).newsletter.unsubscribe_url.replace("{token}", "k" * 24)
    assert links_header("List-Unsubscribe", (link,))


def test_every_name_of_the_environment_leads_to_a_setting() -> None:
    for path in ENVIRONMENT.values():
        model: type = Settings
        for part in path:
            field = model.model_fields[part]  # type: ignore[attr-defined]
            model = field.annotation
        assert field is not None


def test_a_key_that_can_be_guessed_is_refused(project: Path) -> None:
    [problem] = problems(project, {"DIGEST_SECRET_KEY": "swordfish"})

    assert problem.startswith("environment: DIGEST_SECRET_KEY: has fewer than 16 characters")


def test_a_password_never_travels_in_the_clear(project: Path) -> None:
    login = {"SMTP_USERNAME": "news", "SMTP_PASSWORD": "hunter2", "SMTP_SECURITY": "none"}

    [problem] = problems(project, {"SMTP_HOST": "mail.example.org", **login})

    assert problem.startswith('environment: SMTP_SECURITY: "none" would send the password to mail.example.org')
    assert load(project, {"SMTP_HOST": "localhost", **login}).smtp.security == "none"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('[dkim]\nselectors = ["../s"]', "not a selector"),
        ('[dkim]\nselectors = ["s", "s"]', "named twice"),
        ('[dkim]\ndomain = "grüße.example"', "xn--"),
        ('[send]\nreturn_path = "bounces+{token}"', "write an address"),
        ('[send]\nreturn_path = "a b@example.org"', "write an address"),
    ],
)
def test_a_signer_or_return_path_that_can_not_be_is_refused(tmp_path, table, said):
    (tmp_path / "digest.toml").write_text(
        f'[newsletter]\ntitle = "T"\nsender = "a@example.org"\n[[sources]]\nfolder = "x"\n{table}\n'
    )
    with pytest.raises(UsageError, match=said):
        load(tmp_path, {})


@pytest.mark.parametrize("name", ["digest.toml", ".env"])
def test_a_file_that_is_not_utf_8_is_told_with_its_line(project: Path, name: str) -> None:
    (project / name).write_bytes(b"# one\n# caf\xe9\n")
    with pytest.raises(UsageError, match=rf"{name}:2: this is not UTF-8 text") as caught:
        load(project, {})
    assert "Save it as UTF-8" in caught.value.hint


def test_a_folder_in_place_of_the_settings_is_told(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").mkdir()
    with pytest.raises(UsageError, match=r"can't be read: Is a directory"):
        load(tmp_path, {})


def test_a_port_that_is_no_number_is_told_in_plain_words(project: Path) -> None:
    with pytest.raises(UsageError, match="SMTP_PORT: has to be a whole number, not 'abc'"):
        load(project, {"SMTP_PORT": "abc"})


@pytest.mark.parametrize("written", ["7", "-3", '"99999999w"', '"7"', '"0d"', "true", '""', "2026-02-01"])
def test_a_window_that_is_no_span_of_time_is_refused(project: Path, written: str) -> None:
    write(project, f"[pick]\nwindow = {written}\n")

    [problem] = problems(project)

    assert problem.startswith("digest.toml: pick.window: ")
    assert '"36h" or "7d"' in problem


def test_no_wait_at_all_is_a_span_of_time(project: Path) -> None:
    write(project, '[send]\nwait = "0h"\n')

    assert load(project, {}).send.wait == timedelta(0)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('SMTP_HOST="mail.example.org', ".env:2: is not NAME=value"),
        ("the password of rosa", ".env:2: is not NAME=value"),
        ("SMTP_PASSWORD", ".env:2: SMTP_PASSWORD has no value: write SMTP_PASSWORD=..."),
        ("smtp_host=mail.example.org", '.env: smtp_host: is not a setting; did you mean "SMTP_HOST"?'),
    ],
)
def test_a_line_of_env_that_says_nothing_is_told_and_not_passed_over(project: Path, line: str, told: str) -> None:
    (project / ".env").write_text(f"# secrets\n{line}\n")

    [problem] = problems(project)

    assert problem.startswith(told)
    assert "rosa" not in problem


def test_an_env_that_an_editor_began_with_a_mark_is_read(project: Path) -> None:
    (project / ".env").write_bytes(b"\xef\xbb\xbfSMTP_HOST=mail.example.org\r\nOTHER\r\n")

    assert load(project, {}).smtp.host == "mail.example.org"


def test_an_env_that_is_a_folder_is_told(project: Path) -> None:
    (project / ".env").mkdir()

    assert problems(project) == [".env can't be read: Is a directory"]


def test_a_table_that_is_written_twice_is_told_by_its_name(project: Path) -> None:
    write(project, "[pick]\nmax_stories = 3\n[pick]\nwindow = '7d'\n")

    [problem] = problems(project)

    assert problem.startswith("digest.toml can't be read: [pick] stands in it twice")
    assert "(at line 9" in problem


def test_a_choice_is_told_with_what_there_is(project: Path) -> None:
    assert problems(project, {"SMTP_SECURITY": "ssl"}) == [
        "environment: SMTP_SECURITY: has to be 'starttls', 'tls' or 'none', not 'ssl'"
    ]


def test_a_model_without_its_variables_is_told_in_plain_words(project: Path) -> None:
    write(project, '[summarize]\nmethod = "model"\n')

    assert problems(project)[0].startswith('digest.toml: [summarize] method = "model" needs LLM_BASE_URL')


def test_settings_that_are_named_in_place_of_their_folder_are_told(project: Path) -> None:
    with pytest.raises(UsageError, match=r"digest\.toml is a file") as caught:
        load(project / "digest.toml", {})

    assert "folder" in caught.value.hint


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('[[servers]]\nname = "My Backup"', 'servers[1].name: has to be small letters and digits, such as "backup"'),
        ('[render]\naccent = "blue"', "render.accent: has to be a colour such as \"#0f5c8c\", not 'blue'"),
        ('[[sections]]\nname = ""', "sections[1].name: is empty"),
        ("[pick]\nmax_stories = 0", "pick.max_stories: has to be greater than or equal to 1, not 0"),
    ],
)
def test_a_value_of_another_form_is_told_in_plain_words(project: Path, table: str, told: str) -> None:
    write(project, f"{table}\n")

    assert problems(project)[0].startswith(f"digest.toml: {told}")


def test_every_pattern_of_the_settings_has_its_words() -> None:
    root = Path(__file__).parents[2] / "digest" / "settings"
    text = "".join((root / name).read_text() for name in ("content.py", "mail.py", "sources.py", "whole.py"))

    assert set(re.findall(r"(\w+): str = Field\([^)\n]*pattern=", text)) == set(_FORMS)


# --- what stands in .env arrives whole --------------------------------------------------------------------------
