from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from digest.errors import UsageError
from digest.model import Edition
from digest.web.preview import Preview, application, serve
from digest.web.views import Example


@pytest.fixture
def preview(edition: Edition) -> Preview:
    shown = Preview(lambda: edition)
    shown.refresh()
    return shown


@pytest.fixture
async def browser(preview: Preview) -> Iterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=application(preview, host="127.0.0.1", example=Example()))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


async def test_the_mail_is_served_under_a_policy_without_scripts(browser):
    answer = await browser.get("/mail?dark=1")
    policy = answer.headers["content-security-policy"]
    assert "Hello Anna," in answer.text
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy.replace("allow-same-origin", "")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/mail", "text/html"),
        ("/text", "text/plain"),
        ("/page.css", "text/css"),
        ("/page.js", "text/javascript"),
    ],
)
async def test_each_address_answers_with_its_kind_and_is_never_kept(browser, path, kind):
    answer = await browser.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""])
async def test_another_host_name_is_refused_so_that_no_web_page_can_read_a_draft(browser, host):
    answer = await browser.get("/mail", headers={"Host": host})
    assert answer.status_code == 400
    assert "Anna" not in answer.text


async def test_an_unknown_view_shows_the_usual_one(browser):
    assert (await browser.get("/?view=../../etc/passwd")).text == (await browser.get("/")).text


async def test_without_an_edition_the_pages_are_empty(edition):
    transport = httpx2.ASGITransport(
        app=application(Preview(lambda: edition), host="127.0.0.1", example=Example()),
    )
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        assert (await client.get("/mail")).text == ""
        assert (await client.get("/text")).text == ""


# --- drawing anew ------------------------------------------------------------------------------------------------


def test_it_draws_anew_only_when_a_file_changed(tmp_path, edition):
    drawn = []
    shown = Preview(lambda: drawn.append(1) or edition, [tmp_path / "draft.md", tmp_path / "templates"])
    shown.refresh()
    shown.refresh()
    assert len(drawn) == 1
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "issue.html.j2").write_text("x")
    shown.refresh()
    assert len(drawn) == 2
    (tmp_path / "draft.md").write_text("x")
    shown.refresh()
    shown.refresh()
    assert len(drawn) == 3


def test_a_mistake_keeps_the_last_edition_and_is_told(tmp_path, edition):
    draft = tmp_path / "draft.md"
    draft.write_text("good")

    def render() -> Edition:
        if draft.read_text() != "good":
            raise UsageError("draft.md:3: no story", hint="Write one.")
        return edition

    shown = Preview(render, [draft])
    shown.refresh()
    version = shown.version
    draft.write_text("bad!!")
    shown.refresh()
    assert shown.edition == edition
    assert shown.problem == "draft.md:3: no story\nWrite one."
    assert shown.version != version
    draft.write_text("good")
    shown.refresh()
    assert (shown.problem, shown.version) == ("", version)


def test_a_mistake_of_the_program_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        Preview(lambda: 1 / 0).refresh()


async def test_open_pages_are_told_of_a_change_and_let_go_at_the_end(tmp_path, edition):
    draft = tmp_path / "draft.md"
    editions = iter([edition, replace(edition, subject="Another")])
    shown = Preview(lambda: next(editions), [draft])
    shown.refresh()
    events = shown.events()
    first = await anext(events)
    assert first == f"event: version\ndata: {shown.version}\n\n"
    draft.write_text("changed")
    shown.refresh()
    assert await anext(events) != first
    shown.end()
    with pytest.raises(StopAsyncIteration):
        await anext(events)


# --- the server --------------------------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_told(edition):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=rf"can't listen on 127\.0\.0\.1:{port}"):
            serve(lambda: edition, port=port, open_browser=False)


SCRIPT = """
    from digest.model import Edition, Placeholders
    from digest.web.preview import serve
    edition = Edition(issue="1", subject="S", html="<p>mail</p>", text="text", placeholders=Placeholders(
        greeting="xg", email="xe", unsubscribe_url="xu"))
    serve(lambda: edition, open_browser=False, say=lambda line: print(line, flush=True))
"""


@pytest.mark.skipif(os.name != "posix", reason="sends a signal as a terminal does for Ctrl-C")
def test_ctrl_c_ends_it_though_a_page_is_open():
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as server:
        [address] = re.findall(r"http://\S+", server.stdout.readline())
        with urllib.request.urlopen(f"{address}events", timeout=30) as events:  # noqa: S310  # our own server
            assert events.readline() == b"event: version\n"
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=30) == 0
