"""Messages written before their turn, where writing one takes long.

An RSA signature takes 270 µs, more than all the rest that this program does for a message. It is made under the
interpreter's lock (cryptography 50: one thread makes 2,600 to 2,800 a second, two together 2,900 to 3,000), so threads
don't bring it to other cores. What they let happen beside it is what needs no lock: the hash of a body, and the
system's part of the loop's reading and writing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from digest.deliver.transport import Letter
from digest.model import Recipient

#: One for each core: on two of them 1,700 messages of 45 KB a second left with one thread, 1,900 to 2,000 with two, and
#: no more with three.
THREADS = min(4, os.cpu_count() or 1)


class Press:
    """Makes the letters of a run.

    It is bounded by whoever asks: a letter that nobody has sent yet holds its message, so not many should wait.

    Args:
        threads: 0 writes each message when it is needed.
    """

    def __init__(self, write: Callable[[Recipient], bytes], *, threads: int) -> None:
        self._write = write
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="press") if threads else None

    def letter(self, recipient: Recipient) -> Letter:
        if self._pool is None:
            return Letter(recipient=recipient, write=self._write)
        written = self._pool.submit(self._write, recipient)
        # The first that was asked for is the first to be written and to be sent: there is hardly ever a wait.
        return Letter(recipient=recipient, write=lambda _: written.result())

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
