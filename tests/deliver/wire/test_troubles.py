"""What OpenSSL and the system say, in sentences with the next step."""

from __future__ import annotations

import ssl

import pytest

from digest.deliver.wire.transport import BrokenConnectionError, ServerRefusedError
from digest.deliver.wire.troubles import unreachable
from digest.settings.mail import SmtpSettings

SERVER = SmtpSettings(host="mail.example.org", port=587)


def tls_error(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, reason)
    error.reason = reason
    return error


@pytest.mark.parametrize("reason", ["UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION"])
def test_versions_of_tls_that_are_too_old_are_told(reason: str) -> None:
    trouble = unreachable(SERVER, tls_error(reason))
    assert isinstance(trouble, ServerRefusedError)
    assert "no longer safe" in str(trouble)
    assert "TLS 1.2" in trouble.hint


def test_a_handshake_that_fails_otherwise_names_the_ports() -> None:
    trouble = unreachable(SERVER, tls_error("SSLV3_ALERT_HANDSHAKE_FAILURE"))
    assert isinstance(trouble, ServerRefusedError)
    assert "587" in trouble.hint


def test_what_the_system_says_may_pass() -> None:
    trouble = unreachable(SERVER, ConnectionRefusedError(111, "Connection refused"))
    assert isinstance(trouble, BrokenConnectionError)
    assert "mail.example.org:587 can't be reached: [Errno 111]" in str(trouble)
