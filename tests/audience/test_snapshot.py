"""A list as it is just now."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from digest.audience.snapshot import HashedKeys


@given(keys=st.sets(st.text(max_size=20)), others=st.sets(st.text(max_size=20)))
def test_everybody_who_was_put_on_it_is_on_it_and_nobody_else(keys: set[str], others: set[str]) -> None:
    keys_on_it = HashedKeys(array("q", map(hash, keys)))
    assert all(key in keys_on_it for key in keys)
    assert not any(key in keys_on_it for key in others - keys)
