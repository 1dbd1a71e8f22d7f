"""How fast messages leave, side by side in one run, all into Postfix's smtp-sink on this machine:

    smtp-source    Postfix's own load generator in C: ready bytes, no ledger
    aiosmtplib     `sendmail` of ready bytes, no ledger
    digest         from the ledger (claims and outcomes on disk) through the template to the wire
    digest, signed the same with a DKIM signature on each message, RSA-2048

    python benchmarks/sending.py --messages 5000 --kilobytes 45 --connections 10 [--rtt 20] [--rounds 3]

With --rtt a proxy delays each direction by half as many milliseconds. The figures are medians of the rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import aiosmtplib

from digest.deliver.loop.prerender import THREADS
from digest.deliver.loop.sender import deliver
from digest.deliver.messages.dkim import Signer
from digest.deliver.messages.keys import make_key, signing_keys
from digest.deliver.messages.template import MessageTemplate, message_template
from digest.deliver.wire.smtp import SmtpTransport
from digest.model import Edition, Placeholders, Recipient, Subscriber
from digest.settings import NewsletterSettings, SendSettings
from digest.settings.mail import SmtpSettings
from digest.store.database import open_database, sqlite_url
from digest.store.journal import Journal, this_boot
from digest.store.ledger import Ledger

ISSUE = "0001-2026-02-19"
PATH = f"{os.environ['PATH']}:/usr/sbin"
DELAY = """
import asyncio, sys
async def pipe(reader, writer, delay):
    queue = asyncio.Queue()
    async def deliver():
        while (item := await queue.get()) is not None:
            due, octets = item
            await asyncio.sleep(due - asyncio.get_running_loop().time())
            writer.write(octets)
        writer.close()
    task = asyncio.create_task(deliver())
    while octets := await reader.read(2**18):
        queue.put_nowait((asyncio.get_running_loop().time() + delay, octets))
    queue.put_nowait(None)
    await task
async def main(port, target, delay):
    async def serve(reader, writer):
        there, back = await asyncio.open_connection("127.0.0.1", target)
        await asyncio.gather(pipe(reader, back, delay), pipe(there, writer, delay), return_exceptions=True)
    await (await asyncio.start_server(serve, "127.0.0.1", port)).serve_forever()
asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 2000))
"""


def make_template(kilobytes: int) -> MessageTemplate:
    line = '<p style="margin:0 0 12px;color:#1f2933">A line of an issue, as long as most of them are.</p>\n'
    html = f'<p>GREETx1x</p>{line * (kilobytes * 1024 // 100)}<a href="UNSUBx1x">Unsubscribe EMAILx1x</a>'
    edition = Edition(
        issue=ISSUE,
        subject="Grüße: what happened this week",
        html=html,
        text="GREETx1x\n\nUnsubscribe EMAILx1x: UNSUBx1x\n",
        placeholders=Placeholders(greeting="GREETx1x", email="EMAILx1x", unsubscribe_url="UNSUBx1x"),
    )
    return message_template(
        edition,
        newsletter=NewsletterSettings(title="The Weekly Signal", sender="The Weekly Signal <news@example.org>"),
        date=datetime.now(UTC),
        secret=b"s" * 32,
        unsubscribe_url=lambda person: f"https://example.org/u/{person.key}",
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(*command: str, port: int) -> Iterator[int]:
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            while socket.socket().connect_ex(("127.0.0.1", port)):
                time.sleep(0.02)
            yield port
        finally:
            process.kill()


@contextmanager
def sink(rtt: float) -> Iterator[int]:
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    with serving(shutil.which("smtp-sink", path=PATH), *user, f"127.0.0.1:{port}", "1000", port=port):
        if not rtt:
            yield port
            return
        front = free_port()
        with serving(sys.executable, "-c", DELAY, str(front), str(port), str(rtt), port=front):
            yield front


def by_smtp_source(port: int, count: int, connections: int, template: MessageTemplate) -> None:
    size = len(template.message(Recipient(key="p0@example.org", email="p0@example.org")))
    command = [shutil.which("smtp-source", path=PATH), "-d", "-s", str(connections), "-m", str(count), "-l", str(size)]
    subprocess.run([*command, "-f", "news@example.org", "-t", "p@example.org", f"127.0.0.1:{port}"], check=True)


def by_aiosmtplib(port: int, count: int, connections: int, template: MessageTemplate) -> None:
    message = template.message(Recipient(key="p0@example.org", email="p0@example.org"))

    async def work(share: int) -> None:
        async with aiosmtplib.SMTP(
            hostname="127.0.0.1", port=port, start_tls=False, local_hostname="b.example"
        ) as client:
            for _ in range(share):
                await client.sendmail("news@example.org", ["p@example.org"], message)

    async def main() -> None:
        await asyncio.gather(*(work(count // connections) for _ in range(connections)))

    asyncio.run(main())


def by_digest_signed(port: int, count: int, connections: int, template: MessageTemplate) -> None:
    signer = Signer(KEYS, common=template.common, date=datetime.now(UTC))
    by_digest(port, count, connections, replace(template, signer=signer), ahead=THREADS)


def by_digest(port: int, count: int, connections: int, template: MessageTemplate, *, ahead: int = 0) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(sqlite_url(Path(folder) / "digest.db"))
        ledger = Ledger(engine, run="benchmark", journal=Journal(Path(folder) / "sending", boot=this_boot()))
        people = (Subscriber(email=f"p{number}@example.org", name=f"Person {number}") for number in range(count))
        ledger.freeze(ISSUE, ((person.email, person) for person in people))
        CLOCK.start()
        transport = SmtpTransport(
            SmtpSettings(host="127.0.0.1", port=port, security="none"), sender=template.sender, per_connection=10**6
        )
        sending = deliver(
            ISSUE,
            ledger=ledger,
            transport=transport,
            template=template,
            settings=SendSettings(connections=connections),
            now=lambda: datetime.now(UTC),
            ahead=ahead,
        )
        report = asyncio.run(sending)
        CLOCK.stop()
        assert report.sent == count, report.stopped
        engine.dispose()


class Clock:
    """Time and CPU of this process, of the part of a side that counts."""

    def start(self) -> None:
        self.began, self.used = time.perf_counter(), time.process_time()

    def stop(self) -> None:
        self.seconds, self.cpu = time.perf_counter() - self.began, time.process_time() - self.used


CLOCK = Clock()
Side = Callable[[int, int, int, MessageTemplate], None]
SIDES: dict[str, Side] = {
    "smtp-source": by_smtp_source,
    "aiosmtplib": by_aiosmtplib,
    "digest": by_digest,
    "digest, signed": by_digest_signed,
}
with tempfile.TemporaryDirectory() as folder:
    make_key(Path(folder) / "s.pem", "rsa")
    KEYS = signing_keys(Path(folder), domain="example.org", selectors=["s"])


def measure(side: Side, port: int, count: int, connections: int, template: MessageTemplate) -> tuple[float, float]:
    """Messages a second, and µs of this process's CPU a message."""
    CLOCK.start()
    side(port, count, connections, template)
    if side not in (by_digest, by_digest_signed):
        CLOCK.stop()
    return count / CLOCK.seconds, CLOCK.cpu / count * 1e6


@dataclass(frozen=True)
class Figure:
    """What one side reached: medians of the rounds, and each round's rate."""

    rate: float
    #: µs of our process for a message
    cpu: float
    rounds: tuple[float, ...]


def compare(*, messages: int, kilobytes: int, connections: int, rtt: float, rounds: int) -> dict[str, Figure]:
    """Every side's figure, taken in turn: what disturbs the machine disturbs all of them."""
    template = make_template(kilobytes)
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in SIDES}
    with sink(rtt) as port:
        for _ in range(rounds):
            for name, side in SIDES.items():
                seen[name].append(measure(side, port, messages, connections, template))
    return {
        name: Figure(
            rate=statistics.median(rate for rate, _ in pairs),
            cpu=statistics.median(cpu for _, cpu in pairs),
            rounds=tuple(sorted(rate for rate, _ in pairs)),
        )
        for name, pairs in seen.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--kilobytes", type=int, default=45)
    parser.add_argument("--connections", type=int, default=10)
    parser.add_argument("--rtt", type=float, default=0, help="milliseconds")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    figures = compare(**vars(asked))
    size = len(make_template(asked.kilobytes).message(Recipient(key="p0@example.org", email="p0@example.org"))) / 1024
    print(f"{asked.messages} messages of {size:.0f} KiB, {asked.connections} connections, {asked.rtt:g} ms round trip")
    for name, figure in figures.items():
        spread = " ".join(f"{rate:.0f}" for rate in figure.rounds)
        shown = f"{figure.cpu:4.0f} µs" if name != "smtp-source" else "      –"
        ratio = figures["digest"].rate / figure.rate
        print(f"{name:14} {figure.rate:6.0f}/s  {ratio:5.2f} ×  CPU {shown}  ({spread})")


if __name__ == "__main__":
    main()
