"""`digest preview`: a server on this machine that shows the draft as a mail and draws it anew when a file changes.

It listens on the loopback interface and answers only to its own name, so that no page on the web can read a draft
through the author's browser. What it shows is in `views`.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from digest.errors import DigestError, UsageError
from digest.model import Edition
from digest.web import views
from digest.web.views import Example, Look, View, self_contained

__all__ = ["Preview", "application", "self_contained", "serve"]

#: Ticks of uvicorn, 0.1 seconds each, between two looks at the watched files: soon enough to feel immediate.
_TICKS = 2

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: No scripts and no requests but for pictures that the owner's own theme may have. `allow-same-origin` lets the page
#: around it keep the place where the author was reading.
_MAIL_POLICY = (
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
    " style-src 'unsafe-inline'; img-src data: https:; form-action 'none'; frame-ancestors 'self'"
)


class Preview:
    """What is shown now: the last edition that could be drawn, and why a later one could not."""

    def __init__(self, render_page: Callable[[], Edition], watch: Sequence[Path] = ()) -> None:
        self._render_page = render_page
        self._watch = watch
        self._files: object = None
        self._listeners: set[asyncio.Event] = set()
        self.edition: Edition | None = None
        self.problem = ""
        self.ended = False

    @property
    def version(self) -> str:
        """Differs when what is shown does."""
        shown = (self.edition, self.problem)
        return hashlib.sha256(repr(shown).encode("utf-8", "replace")).hexdigest()[:16]

    def refresh(self) -> None:
        """Draw anew if a watched file changed since the last time."""
        files = _fingerprint(self._watch)
        if files == self._files:
            return
        self._files = files
        try:
            self.edition, self.problem = self._render_page(), ""
        except DigestError as error:
            self.problem = f"{error.message}\n{error.hint}".strip()
        self._wake()

    def end(self) -> None:
        """Let every open stream of events end."""
        self.ended = True
        self._wake()

    async def events(self) -> AsyncIterator[str]:
        """The version now and after each change, as server-sent events."""
        changed = asyncio.Event()
        self._listeners.add(changed)
        try:
            while not self.ended:
                yield f"event: version\ndata: {self.version}\n\n"
                await changed.wait()
                changed.clear()
        finally:
            self._listeners.discard(changed)

    def _wake(self) -> None:
        for changed in self._listeners:
            changed.set()


def serve(
    render_page: Callable[[], Edition],
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    open_browser: bool = True,
    watch: Sequence[Path] = (),
    example: Example | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Show an edition until Ctrl-C.

    Args:
        render_page: draws the edition from what is on disk now; called in this thread whenever a watched file changed.
            A DigestError is shown above the last edition that worked.
        port: 0 takes a free one.
        watch: files, and folders with everything below them; they need not exist.
        example: the subscriber whose mail is shown.
        say: is told the address.

    Raises:
        UsageError: the port can't be had.
    """
    preview = Preview(render_page, watch)
    preview.refresh()
    with _listening(host, port) as listener:
        address = f"http://{host}:{listener.getsockname()[1]}/"
        say(f"Preview: {address}   (Ctrl-C ends it)")
        if open_browser and _opens_a_window():
            webbrowser.open(address)
        app = application(preview, host=host, example=example or Example())
        server = _Server(uvicorn.Config(app, log_level="warning", log_config=None, lifespan="off"), preview)
        # uvicorn raises the signal again once it has shut down.
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def application(preview: Preview, *, host: str, example: Example) -> Starlette:
    """The routes of the preview."""

    async def page(request: Request) -> Response:
        look = _look(request)
        shown = views.page(preview.edition, example, look, problem=preview.problem, version=preview.version)
        return HTMLResponse(shown, headers=_headers(_PAGE_POLICY))

    async def mail(request: Request) -> Response:
        look = _look(request)
        shown = views.mail(preview.edition, example, dark=look.dark, styles=look.styles) if preview.edition else ""
        return HTMLResponse(shown, headers=_headers(_MAIL_POLICY))

    async def text(_: Request) -> Response:
        shown = views.text(preview.edition, example) if preview.edition else ""
        return PlainTextResponse(shown, headers=_headers(_MAIL_POLICY))

    async def events(_: Request) -> Response:
        return StreamingResponse(preview.events(), media_type="text/event-stream", headers=_headers(_PAGE_POLICY))

    return Starlette(
        routes=[
            Route("/", page),
            Route("/mail", mail),
            Route("/text", text),
            Route("/events", events),
            Route("/page.css", _asset("page.css", "text/css")),
            Route("/page.js", _asset("page.js", "text/javascript")),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[host, "localhost"], www_redirect=False)],
    )


class _Server(uvicorn.Server):
    """Looks at the watched files while it runs."""

    def __init__(self, config: uvicorn.Config, preview: Preview) -> None:
        super().__init__(config)
        self._preview = preview

    async def on_tick(self, counter: int) -> bool:
        if counter % _TICKS == 0:
            self._preview.refresh()
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # The stream of events of an open page would keep the server alive.
        self._preview.end()
        super().handle_exit(sig, frame)


def _asset(name: str, media_type: str) -> Callable[[Request], Response]:
    return lambda _: Response(views.asset(name), media_type=media_type, headers=_headers(_PAGE_POLICY))


def _look(request: Request) -> Look:
    asked = request.query_params
    chosen: list[View] = [view for view in views.VIEWS if view == asked.get("view")]
    return Look(view=chosen[0] if chosen else "both", dark=asked.get("dark") == "1", styles=asked.get("styles") != "0")


def _headers(policy: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise UsageError(
            f"The preview can't listen on {host}:{port}: {error.strerror}", hint="Choose another --port, or 0 for any."
        ) from error


def _opens_a_window() -> bool:
    """Not where the only browser would take over this terminal."""
    try:
        return type(webbrowser.get()) is not webbrowser.GenericBrowser
    except webbrowser.Error:
        return False


def _fingerprint(paths: Sequence[Path]) -> frozenset[tuple[Path, int, int]]:
    """Which files there are, when they changed and how long they are."""
    found = set()
    for path in paths:
        for file in (path, *path.rglob("*")) if path.is_dir() else (path,):
            # A file may go while it is looked at: editors write anew and rename.
            with contextlib.suppress(OSError):
                status = file.stat()
                found.add((file, status.st_mtime_ns, status.st_size))
    return frozenset(found)
