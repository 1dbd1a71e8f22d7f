"""A server that speaks as much of OpenAI's chat completions as a client needs, and misbehaves on demand.

A real one, on loopback: a script says what becomes of each request.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

KEY = "sk-test-5ecre7"


@dataclass(frozen=True)
class Asked:
    """A request as the server got it."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def rules(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def sources(self) -> list[str]:
        """The articles between their fences."""
        content = self.body["messages"][1]["content"]
        return re.findall(
            r"^\[(?:[0-9a-f]+) source \d+\]\n(.*?)\n\[[0-9a-f]+ end\]$", content, re.DOTALL | re.MULTILINE
        )

    @property
    def kind(self) -> str:
        for kind, words in {"introduction": "Introduce a section", "subject": "Write the subject"}.items():
            if words in self.rules:
                return kind
        return "summary"


@dataclass(frozen=True)
class Reply:
    """What the server does with one request."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    #: Hang up without a word.
    drop: bool = False
    #: Say nothing until the server is closed.
    hang: bool = False
    #: Wait until as many requests are here as this asks for.
    meet: threading.Barrier | None = None


DROP, HANG = Reply(drop=True), Reply(hang=True)


def answer(*sentences: str, **choice: Any) -> Reply:
    """A well-formed answer of these sentences."""
    return written(json.dumps({"sentences": sentences}, ensure_ascii=False), **choice)


def written(
    content: str | None, *, finish: str = "stop", usage: tuple[int, int] | None = (100, 20), **message: Any
) -> Reply:
    """A completion with this content, whatever it is."""
    completion = {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [
            {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
        ],
    }
    if usage:
        completion["usage"] = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
    return Reply(body=json.dumps(completion).encode())


def failure(status: int, code: str = "", **headers: str) -> Reply:
    """An error as such servers word it; like one of them, it repeats the key."""
    body = {
        "error": {"message": f"Incorrect API key provided: {KEY}.", "type": KEY, "code": code or KEY, "param": None}
    }
    return Reply(status=status, body=json.dumps(body).encode(), headers=headers)


class ModelServer:
    """Answers requests by a script until it is closed; use it as a context.

    Args:
        script: what to do with a request; it is given all that were asked so far, the newest last.
    """

    def __init__(self, script: Callable[[list[Asked]], Reply]) -> None:
        self.asked: list[Asked] = []
        #: Requests that were here at the same time, at most.
        self.most_at_once = 0
        self._here = 0
        self._script = script
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def environ(self) -> dict[str, str]:
        return {"LLM_BASE_URL": self.url, "LLM_MODEL": "test-model", "LLM_API_KEY": KEY}

    def __enter__(self) -> ModelServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def reply(self, asked: Asked) -> Reply:
        with self._lock:
            self._here += 1
            self.most_at_once = max(self.most_at_once, self._here)
            self.asked.append(asked)
            reply = self._script(self.asked)
        if reply.hang:
            self._closing.wait()
        if reply.meet:
            reply.meet.wait(timeout=30)
        with self._lock:
            self._here -= 1
        return reply

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                reply = server.reply(
                    Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, json.loads(body))
                )
                if reply.drop or reply.hang:
                    # A reset, not an orderly end.
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.close_connection = True
                    self.connection.close()
                    return
                self.send_response(reply.status)
                for name, value in {"content-type": "application/json", **reply.headers}.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("content-length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_: object) -> None:
                """Keep the tests' output clean."""

            def finish(self) -> None:
                if not self.wfile.closed:
                    try:
                        super().finish()
                    except OSError:
                        self.close_connection = True

        return Handler
