from __future__ import annotations

import contextlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.files.textfile import LARGEST_BYTES, NotATextError, decode, read_text_file

TEXT = "Žofie said “no” — twice.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_or_without_a_mark(encoding):
    file = decode((TEXT * 10).encode(encoding))

    assert file.text == TEXT * 10
    assert file.note == ""


def test_windows_bytes_are_read_and_noted():
    file = decode("“Déjà vu” – café".encode("cp1252"))

    assert file.text == "“Déjà vu” – café"
    assert "Windows-1252" in file.note


def test_a_few_nulls_are_left_out_and_noted():
    file = decode(b"A line.\n" * 100 + b"\0")

    assert file.text == "A line.\n" * 100
    assert "null" in file.note


@pytest.mark.parametrize(
    "body", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0", b"\x7fELF\x02\x01\x01\0\0\0\0\0", bytes(range(32)) * 9]
)
def test_a_program_s_file_is_no_text(body):
    with pytest.raises(NotATextError, match="no text"):
        decode(body)


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "log.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)

    with pytest.raises(NotATextError, match="larger than 5 MB"):
        read_text_file(path)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(NotATextError, match="a pipe or a device"):
        read_text_file(tmp_path / "pipe.md")


def test_a_file_that_is_gone_is_named_as_unreadable(tmp_path):
    with pytest.raises(NotATextError, match="cannot be read: No such file"):
        read_text_file(tmp_path / "gone.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_without_nulls_or_none(body):
    with contextlib.suppress(NotATextError):
        assert "\0" not in decode(body).text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf8_without_controls_is_always_text(text):
    assert decode(text.encode()).text == text.removeprefix("\ufeff")
