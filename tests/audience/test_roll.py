"""Who is on a list, in eight bytes a person."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from digest.audience.roll import Roll


@given(keys=st.sets(st.text(max_size=20)), others=st.sets(st.text(max_size=20)))
def test_everybody_who_was_put_on_it_is_on_it_and_nobody_else(keys: set[str], others: set[str]) -> None:
    roll = Roll(array("q", map(hash, keys)))
    assert all(key in roll for key in keys)
    assert not any(key in roll for key in others - keys)
