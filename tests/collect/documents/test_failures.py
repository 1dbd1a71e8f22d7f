"""What went wrong on the wire, in words."""

from __future__ import annotations

import errno
import socket
import ssl

import httpx2
import pytest

from digest.collect.documents.failures import no_address, no_answer, no_connection


def caused(error: httpx2.TransportError, cause: Exception) -> httpx2.TransportError:
    error.__cause__ = cause
    return error


def untrusted() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed (_ssl.c:1006)")
    error.verify_message = "certificate has expired"
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (httpx2.ConnectError("news.example is not known to the name server"),
         "could not be reached: news.example is not known to the name server"),
        (caused(httpx2.ConnectError("All connection attempts failed"), OSError(errno.EHOSTUNREACH, "x")),
         "could not be reached: no route to host"),
        (caused(httpx2.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]"), untrusted()),
         "has a certificate that is not trusted: certificate has expired"),
        (caused(httpx2.ConnectError("[SSL: WRONG_VERSION_NUMBER]"), ssl.SSLError(1, "x")),
         "could not agree on encryption (TLS)"),
        (httpx2.ConnectError("All connection attempts failed"), "could not be reached"),
        (httpx2.ConnectTimeout(""), "did not answer in time"),
        (httpx2.ReadError(""), "broke the connection off"),
        (httpx2.RemoteProtocolError("illegal status line: bytearray(b'ICY 200 OK')"),
         "sent an answer that is no proper HTTP"),
    ],
)  # fmt: skip
def test_an_error_is_told_in_words_of_people(error: httpx2.TransportError, said: str) -> None:
    assert no_answer(error) == said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (httpx2.InvalidURL("Invalid port: 'x'"), "has an address that cannot be asked: Invalid port: 'x'"),
        (httpx2.InvalidURL("Invalid hostname: '\ud800'"), "has an address that cannot be asked"),
        (httpx2.LocalProtocolError("Illegal header value b'x'"), "has an address that cannot be asked"),
        (UnicodeError("label empty or too long"), "has an address that cannot be asked"),
    ],
)
def test_an_address_that_cannot_be_asked_is_told_without_pythons_words(error: Exception, said: str) -> None:
    assert no_address(error) == said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), "could not be reached: connection refused"),
        (socket.gaierror(-2, "Name or service not known"),
         "could not be reached: its name is not known to the name server"),
        (ssl.SSLError(1, "[SSL] internal error (_ssl.c:1006)"), "could not agree on encryption (TLS)"),
        (TimeoutError("timed out"), ""),
    ],
)  # fmt: skip
def test_a_connection_that_came_to_nothing_is_told_in_words(error: OSError, said: str) -> None:
    assert no_connection(error) == said
