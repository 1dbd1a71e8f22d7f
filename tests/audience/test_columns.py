"""The column of addresses, found by its cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.audience.columns import columns_of_addresses
from digest.audience.sheet import inspect
from digest.audience.subscribers import add, check, read, remove
from digest.errors import UsageError
from digest.model import Subscriber


def written(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize(
    "header",
    ["Subscriber,Opens", "Contact,Opens", "user,Opens", "Login,Opens", "Email address - other,Opens", "q7,Opens"],
)
def test_the_column_is_found_whatever_it_is_called(tmp_path: Path, header: str) -> None:
    path = written(tmp_path, f"{header}\na@x.example,3\nb@x.example,0\n")

    assert [entry.email for entry in read(path) if isinstance(entry, Subscriber)] == ["a@x.example", "b@x.example"]


def test_a_note_says_which_column_was_taken(tmp_path: Path) -> None:
    path = written(tmp_path, "Member,Opens\na@x.example,3\n")

    assert check(path).notes == (f"{path}: the addresses are read from the column “Member”, by what it holds",)


def test_a_few_rows_without_an_address_do_not_hide_the_column(tmp_path: Path) -> None:
    rows = "".join(f"p{number}@x.example,Ida\n" for number in range(18))
    path = written(tmp_path, f"Member,Name\n{rows},Leo\nnone,Lou\n")

    assert columns_of_addresses(inspect(path), (0, 1)) == [0]
    assert check(path).statuses == {"active": 18}


def test_of_two_columns_called_alike_the_full_one_counts(tmp_path: Path) -> None:
    path = written(
        tmp_path, "Email address - home,Email address - work\n,a@x.example\nb@x.example,c@x.example\n,d@x.example\n"
    )

    assert [entry.email for entry in read(path) if isinstance(entry, Subscriber)] == [
        "a@x.example",
        "c@x.example",
        "d@x.example",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Who,Whom\na@x.example,b@x.example\n", "2 columns may hold the address: “Who” and “Whom”"),
        ("Who,Whom\nIda,Leo\n", "no column is called “email”"),
        ("Unsubscribed\na@x.example\n", "no column is called “email”"),  # a list of those who left
        ("a@x.example,Ida\nb@x.example,Leo\n", "here stands an address"),
    ],
)
def test_where_no_column_alone_is_full_of_addresses_the_list_is_refused(
    tmp_path: Path, text: str, problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        read(written(tmp_path, text))


@pytest.mark.parametrize("start", ["", "\ufeff", "# friends\n", "\n"])
def test_a_file_of_nothing_but_addresses_is_a_list(tmp_path: Path, start: str) -> None:
    path = written(tmp_path, f"{start}a@x.example\nb@x.example\n")

    audit = check(path)
    assert audit.statuses == {"active": 2}
    assert audit.notes == (f"{path} has no line that names the columns and was read as addresses, one a line",)


def test_a_file_of_addresses_is_written_as_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "# friends\na@x.example\nb@x.example")

    assert add(path, "c@x.example").lines == (4,)
    assert remove(path, "a@x.example").lines == (2,)
    assert path.read_text() == "# friends\nb@x.example\nc@x.example\n"
    with pytest.raises(UsageError) as refused:
        add(path, "d@x.example", name="Ida")
    assert refused.value.hint == "Write “email,name” as its first line, or leave it out here."


@pytest.mark.parametrize("row", ["b@x.example,unsubscribed", "b@x.example;unsubscribed", "b@x.example unsubscribed"])
def test_who_left_a_file_of_addresses_is_not_mailed(tmp_path: Path, row: str) -> None:
    audit = check(written(tmp_path, f"a@x.example\n{row}\n"))

    assert (audit.statuses, audit.bad) == ({"active": 1}, 1)
