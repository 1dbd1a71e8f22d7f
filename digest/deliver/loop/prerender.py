"""Messages written before their turn, where writing one takes long.

An RSA signature takes 250 µs, more than all the rest that this program does for a message. cryptography makes it
without the interpreter's lock (version 50: one thread makes 4,000 a second, two on two cores 7,600), and hashlib the
hash of a body, so threads bring both to other cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from types import TracebackType

from digest.deliver.wire.transport import Message
from digest.model import Recipient

#: One for each core: on two of them 1,700 messages of 45 KB a second left with one thread, 1,900 to 2,000 with two, and
#: no more with three.
THREADS = min(4, os.cpu_count() or 1)
#: Messages that a thread is given at once: to hand over each by itself takes a tenth of its time.
_TOGETHER = 5


def _one_of(written: Future[list[Sequence[bytes]]], place: int, _: Recipient) -> Sequence[bytes]:
    return written.result()[place]


class Prerenderer:
    """Makes the messages of a run.

    It is bounded by whoever asks. A message that waits holds only those of its bytes that no other has.

    Args:
        threads: 0 writes each message when it is needed.
    """

    def __init__(self, write: Callable[[Recipient], Sequence[bytes]], *, threads: int) -> None:
        self._write = write
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="prerender") if threads else None

    def messages(self, recipients: Sequence[Recipient]) -> Iterator[Message]:
        if self._pool is None:
            yield from (Message(recipient=recipient, write=self._write) for recipient in recipients)
            return
        for start in range(0, len(recipients), _TOGETHER):
            group = recipients[start : start + _TOGETHER]
            written = self._pool.submit(self._write_all, group)
            for place, recipient in enumerate(group):
                # The first that was asked for is the first to be written and to be sent: there is hardly ever a wait.
                yield Message(recipient=recipient, write=partial(_one_of, written, place))

    def _write_all(self, recipients: Sequence[Recipient]) -> list[Sequence[bytes]]:
        return [self._write(recipient) for recipient in recipients]

    def __enter__(self) -> Prerenderer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
