"""Errors of the wire → what went wrong, in words that go on after an address: never Python's, nor a library's. Pure."""

from __future__ import annotations

import os
import re
import socket
import ssl
from collections.abc import Iterator

import httpx2

#: What h11 says of an answer that breaks the protocol (RFC 9112) → what it means to people; the first that fits.
_SAID = (
    ("without sending a response", "hung up without an answer"),
    ("without sending complete", "broke off in the middle of its answer"),
    ("content-length", "sent an answer whose length cannot be told"),
    ("transfer-encoding", "sent an answer in a form of transfer that is not read"),
    ("chunk", "sent an answer in pieces that do not fit together"),
)
_NO_HTTP = "sent an answer that is no proper HTTP"
_BY_TYPE = (
    (httpx2.TimeoutException, "did not answer in time"),
    (httpx2.ConnectError, "could not be reached"),
    (httpx2.ProxyError, "could not be reached over the proxy"),
)
_CUT = "broke the connection off"
_UNKNOWN_HOST = re.compile(r"\S{1,300} is not known to the name server")


def no_address(error: Exception) -> str:
    """Why an address cannot be asked."""
    said = str(error) if isinstance(error, httpx2.InvalidURL) else ""
    return f"has an address that cannot be asked{f': {said[:200]}' if said.isprintable() and said else ''}"


def no_answer(error: httpx2.TransportError) -> str:
    """Why a server that was asked gave no answer that could be read."""
    said = str(error)
    if isinstance(error, httpx2.RemoteProtocolError):
        return next((words for mark, words in _SAID if mark in said.lower()), _NO_HTTP)
    if _UNKNOWN_HOST.fullmatch(said):
        return f"could not be reached: {said}"
    known = (no_connection(cause) for cause in _causes(error) if isinstance(cause, OSError))
    return next(filter(None, known), "") or next((words for kind, words in _BY_TYPE if isinstance(error, kind)), _CUT)


def no_connection(error: OSError) -> str:
    """What the system says of a connection that came to nothing, "" where that says nothing to people."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"has a certificate that is not trusted: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return "could not agree on encryption (TLS)"
    if isinstance(error, socket.gaierror):
        return "could not be reached: its name is not known to the name server"
    return f"could not be reached: {os.strerror(error.errno).lower()}" if error.errno else ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
