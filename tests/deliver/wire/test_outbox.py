"""Files named after addresses, which may be anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.deliver.wire.outbox import file_name

addresses = st.one_of(st.text(max_size=400), st.text(st.sampled_from("./\\@-~ \0\n:aA\u202e"), max_size=30))


@given(key=addresses)
@example("../../etc/passwd@example.org")
@example("")
@example(".")
@example("..")
@example("/root@example.org")
@example("-rf@example.org")
@example("con@example.org")
@example("a" * 1000 + "@example.org")
def test_no_address_leads_out_of_the_folder(key: str) -> None:
    name = file_name(key)
    assert Path(name).name == name
    assert name.isascii()
    assert name.isprintable()
    assert not name.startswith((".", "-", "~"))
    assert name.endswith(".eml")
    assert len(name) <= 120
    assert not set(name) & set('/\\:*?"<>|')


@given(first=addresses, second=addresses)
@example("a/b@example.org", "a_b@example.org")
@example("A@example.org", "a@example.org")
def test_no_two_addresses_share_a_file(first: str, second: str) -> None:
    assert first == second or file_name(first).lower() != file_name(second).lower()


@pytest.mark.parametrize("key", ["ada@example.org", "ada.lovelace+news@mail.example.org"])
def test_a_plain_address_is_the_name(key: str) -> None:
    assert file_name(key) == f"{key}.eml"
