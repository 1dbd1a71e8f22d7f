"""Passwords in .env arrive as they were written."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.settings.reading import load
from tests.settings.conftest import MINIMAL, problems


@pytest.mark.parametrize(
    ("line", "password"),
    [
        ("SMTP_PASSWORD=pa$$w0rd", "pa$$w0rd"),
        ("SMTP_PASSWORD=a${b}c$HOME", "a${b}c$HOME"),
        ('SMTP_PASSWORD="a${b:-c}"', "a${b:-c}"),
        ("export SMTP_PASSWORD = abcd efgh ijkl", "abcd efgh ijkl"),
        ("SMTP_PASSWORD=a#b", "a#b"),
        ("SMTP_PASSWORD=ab # of the app", "ab"),
        ("SMTP_PASSWORD='ab # cd'", "ab # cd"),
        ("SMTP_PASSWORD=' ab '", " ab "),
        ("SMTP_PASSWORD=ab   ", "ab"),
        (r"SMTP_PASSWORD='it\'s \\'", "it's \\"),
        (r'SMTP_PASSWORD="a\tb\""', 'a\tb"'),
        ("SMTP_PASSWORD=a'b\"c", "a'b\"c"),
        ("\ufeffSMTP_PASSWORD=ab\r", "ab"),
        ("SMTP_PASSWORD='two\nlines'", "two\nlines"),
    ],
)
def test_a_password_in_dotenv_arrives_whole(project: Path, line: str, password: str) -> None:
    (project / ".env").write_bytes(f"{line}\nSMTP_HOST=mail.example.org\nSMTP_USERNAME=news\n".encode())

    assert load(project, {"b": "expanded"}).smtp.password.get_secret_value() == password


# Nothing but blanks counts as not set.
@given(st.text(st.characters(exclude_characters="\0\r", codec="utf-8"), min_size=1).filter(str.strip))
def test_whatever_stands_in_single_quotes_comes_back(password: str) -> None:
    quoted = password.replace("\\", "\\\\").replace("'", "\\'")
    with TemporaryDirectory() as folder:
        (Path(folder) / "digest.toml").write_text(MINIMAL)
        (Path(folder) / ".env").write_bytes(f"IMAP_PASSWORD='{quoted}'\n".encode())
        assert load(Path(folder), {}).imap.password.get_secret_value() == password


def test_a_password_of_the_environment_is_not_altered(project: Path) -> None:
    environ = {"SMTP_HOST": " a.org ", "SMTP_USERNAME": " news ", "SMTP_PASSWORD": " $x "}
    smtp = load(project, environ).smtp
    assert (smtp.host, smtp.username, smtp.password.get_secret_value()) == ("a.org", "news", " $x ")


def test_a_nul_in_dotenv_is_told_by_its_line(project: Path) -> None:
    (project / ".env").write_bytes(b"# x\nSMTP_HOST=a\0b\n")
    assert problems(project) == [".env:2: holds the character NUL: save it as UTF-8 text in your editor"]
