"""Messages that are written before their turn."""

from __future__ import annotations

import threading

import pytest

from digest.deliver.loop import prerender
from digest.deliver.loop.prerender import Prerenderer
from digest.model import Recipient


def recipient(name: str) -> Recipient:
    return Recipient(key=name, email=f"{name}@example.org")


def test_without_threads_a_message_is_written_when_it_is_needed() -> None:
    asked: list[str] = []

    def write(to: Recipient) -> list[bytes]:
        asked.append(to.key)
        return [to.key.encode()]

    with Prerenderer(write, threads=0) as prerenderer:
        [message] = prerenderer.messages([recipient("ada")])
        assert asked == []
        assert message.as_bytes() == b"ada"


def test_with_threads_a_message_is_written_once_elsewhere_and_kept() -> None:
    where: list[str] = []

    def write(to: Recipient) -> list[bytes]:
        where.append(threading.current_thread().name)
        return [to.key.encode()]

    with Prerenderer(write, threads=2) as prerenderer:
        messages = list(prerenderer.messages([recipient(name) for name in "abcdef"]))
        assert [message.as_bytes() for message in messages for _ in range(2)] == [
            name.encode() for name in "aabbccddeeff"
        ]
    assert len(where) == 6
    assert all(name.startswith("prerender") for name in where)


def test_what_goes_wrong_while_writing_comes_out_where_the_message_is_needed() -> None:
    def write(to: Recipient) -> list[bytes]:
        raise ValueError(to.key)

    with Prerenderer(write, threads=1) as prerenderer:
        [message] = prerenderer.messages([recipient("ada")])
        with pytest.raises(ValueError, match="ada"):
            message.as_bytes()


def test_messages_that_nobody_wants_any_more_are_not_written() -> None:
    going, begun = threading.Event(), []

    def write(to: Recipient) -> list[bytes]:
        begun.append(to.key)
        going.wait(10)
        return []

    with Prerenderer(write, threads=1) as prerenderer:
        assert len(list(prerenderer.messages([recipient(str(number)) for number in range(50)]))) == 50
        prerenderer._pool.shutdown(wait=False, cancel_futures=True)
        going.set()
    assert len(begun) <= prerender._TOGETHER
