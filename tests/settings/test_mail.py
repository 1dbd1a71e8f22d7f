"""What may be said of a mail server."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from digest.settings.mail import SmtpSettings


def why(**given: object) -> str:
    with pytest.raises(ValidationError) as caught:
        SmtpSettings.model_validate(given)
    return str(caught.value)


@pytest.mark.parametrize(
    "host", ["smtp://a.org:587", "mail.example.org:587", "https://mail.example.org", "a b", '"a.org"', "u@a.org"]
)
def test_a_host_stands_alone(host: str) -> None:
    assert "SMTP_PORT" in why(host=host)


@pytest.mark.parametrize(("host", "kept"), [("[2001:db8::1]", "2001:db8::1"), ("::1", "::1"), (" a.org ", "a.org")])
def test_an_address_may_be_a_host(host: str, kept: str) -> None:
    assert SmtpSettings(host=host).host == kept


def test_half_a_login_is_told_before_any_connection() -> None:
    assert "SMTP_USERNAME needs SMTP_PASSWORD" in why(host="a.org", username="news")
    assert "SMTP_PASSWORD needs SMTP_USERNAME" in why(host="a.org", password="x")
    assert "NUL" in why(host="a.org", username="news", password="a\0b")


@pytest.mark.parametrize("name", ["localhost", "web_1.app_net", "bücher.org", "a b", "[300.1.1.1]"])
def test_a_name_that_servers_refuse_is_not_said(name: str) -> None:
    assert "full host name" in why(hello=name)


@pytest.mark.parametrize("name", ["mail.example.org", "[192.0.2.1]", "[IPv6:2001:db8::1]"])
def test_a_name_or_an_address_may_be_said(name: str) -> None:
    assert SmtpSettings(hello=name).hello == name


@pytest.mark.parametrize(
    ("given", "port", "security"),
    [
        ({}, 587, "starttls"),
        ({"port": "465"}, 465, "tls"),
        ({"security": "tls"}, 465, "tls"),
        ({"port": 465, "security": "starttls"}, 465, "starttls"),
        ({"port": 2465, "security": "tls"}, 2465, "tls"),
    ],
)
def test_port_465_and_tls_go_together(given: dict[str, object], port: int, security: str) -> None:
    smtp = SmtpSettings.model_validate(given)
    assert (smtp.port, smtp.security) == (port, security)
