"""The tables of digest.toml that say by which servers mail goes, and how fast."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator

from digest.settings.table import Duration, Password, Table
from digest.text.addresses import normal_address
from digest.text.hostnames import is_address_literal, is_full_name

_QUIET = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)")

_TLS_PORT = 465
#: What is no host name alone: an address of the web, a name with blanks, quotes or an account.
_ADDRESSED = re.compile(r"[\s/\\@,;\"'<>]")
_IPV6 = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\w+)?")
_BRACKETED = re.compile(rf"\[{_IPV6.pattern}\]")

#: Of what limits are kept for: PostgreSQL takes 128 characters, in which "to " and "/minute" go with it. No domain that
#: people have mailboxes at comes near.
_LONGEST_NAME = 100


class Rates(Table):
    """How many messages in any second, minute, hour and day; 0 is no limit."""

    per_second: Annotated[float, Field(ge=0)] = 0.0
    per_minute: Annotated[int, Field(ge=0)] = 0
    per_hour: Annotated[int, Field(ge=0)] = 0
    per_day: Annotated[int, Field(ge=0)] = 0


class ProviderLimit(Rates):
    """What goes to one provider at most."""

    #: A domain, or the name of a group of domains: see `deliver.pacing.providers`.
    to: str = Field(min_length=1, max_length=_LONGEST_NAME)
    #: The group's domains, where it is the owner's own.
    domains: tuple[str, ...] = ()

    @field_validator("to")
    @classmethod
    def _is_lower(cls, value: str) -> str:
        return value.lower()


class WarmUpSettings(Table):
    """How a sender that nobody knows yet begins."""

    #: The first day; none where empty.
    since: date | None = None
    #: So many messages on the first day, and each day `factor` times more.
    start: Annotated[int, Field(ge=0)] = 200
    factor: Annotated[float, Field(ge=1, le=10)] = 1.5
    #: The days' numbers one by one, instead.
    days: tuple[Annotated[int, Field(ge=0)], ...] = ()


class SmtpSettings(Table):
    """SMTP_* of the environment; without a host the outbox is used."""

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    username: str = ""
    password: Password = SecretStr("")
    security: Literal["starttls", "tls", "none"] = "starttls"
    #: What we call ourselves in EHLO: a full host name, or an address such as "[192.0.2.1]"; found out where empty.
    hello: str = ""
    #: "google", "microsoft", or the https address that gives access tokens; a password is used where empty.
    oauth_provider: str = ""
    oauth_client_id: str = ""
    oauth_client_secret: SecretStr = SecretStr("")
    oauth_refresh_token: SecretStr = SecretStr("")

    @model_validator(mode="before")
    @classmethod
    def _with_what_goes_together(cls, given: Any) -> Any:
        """Port 465 is for TLS from the start (RFC 8314): who names one of the two means both."""
        if not isinstance(given, dict):
            return given
        if str(given.get("port", "")).strip() == str(_TLS_PORT):
            return {"security": "tls", **given}
        return {"port": _TLS_PORT, **given} if given.get("security") == "tls" else given

    @field_validator("host")
    @classmethod
    def _is_a_host_alone(cls, value: str) -> str:
        if _BRACKETED.fullmatch(value):
            return value[1:-1]
        if _ADDRESSED.search(value) or (":" in value and not _IPV6.fullmatch(value)):
            raise ValueError(
                'has to be a host name alone, such as "smtp.example.org"; its port is a variable of its own, SMTP_PORT'
            )
        return value

    @field_validator("hello")
    @classmethod
    def _is_a_name_to_say(cls, value: str) -> str:
        if value and not (is_full_name(value) or is_address_literal(value)):
            raise ValueError('has to be a full host name such as "mail.example.org", or an address as "[192.0.2.1]"')
        return value

    @field_validator("oauth_provider")
    @classmethod
    def _is_a_provider(cls, value: str) -> str:
        if value and value not in {"google", "microsoft"} and not value.startswith("https://"):
            raise ValueError('write "google", "microsoft" or the https address that gives access tokens')
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> SmtpSettings:
        needed = ("username", "oauth_client_id", "oauth_refresh_token")
        missing = [f"SMTP_{name.upper()}" for name in needed if not getattr(self, name)]
        if self.oauth_provider and missing:
            raise ValueError(f"SMTP_OAUTH_PROVIDER needs {' and '.join(missing)}")
        if self.host and not self.oauth_provider:
            self._refuse_half_a_login()
        return self

    def _refuse_half_a_login(self) -> None:
        if self.username and not self.password.get_secret_value():
            raise ValueError("SMTP_USERNAME needs SMTP_PASSWORD: set it, or leave both out for a server without login")
        if self.password.get_secret_value() and not self.username:
            raise ValueError("SMTP_PASSWORD needs SMTP_USERNAME: set it, or leave both out for a server without login")
        if "\0" in self.username + self.password.get_secret_value():
            raise ValueError("SMTP_USERNAME and SMTP_PASSWORD can't hold the character NUL")

    @field_validator("security")
    @classmethod
    def _hides_the_password(cls, value: str, info: ValidationInfo) -> str:
        host = str(info.data.get("host", ""))
        if value == "none" and info.data.get("username") and host not in {"localhost", "127.0.0.1", "::1"}:
            raise ValueError(f'"none" would send the password to {host} in the clear; write "starttls" or "tls"')
        return value


#: The server of SMTP_HOST, beside those that have names.
DEFAULT_SERVER = "default"


def variables_of(server: str) -> str:
    """What the names of a server's variables begin with: "SMTP_BACKUP_" for "backup"."""
    return "SMTP_" if server == DEFAULT_SERVER else f"SMTP_{server.upper()}_"


class ServerSettings(Rates):
    """One of several mail servers, or of several accounts on one."""

    #: Its variables in .env begin with it: those of "backup" are SMTP_BACKUP_HOST and so on. "default" is SMTP_HOST's.
    name: str = Field(pattern=r"^[a-z][a-z0-9]*$", max_length=_LONGEST_NAME)
    #: Its share of the connections, beside the others' weights.
    weight: Annotated[float, Field(gt=0, le=1000)] = 1.0
    #: From .env and the environment.
    smtp: SmtpSettings = SmtpSettings()

    @property
    def variables(self) -> str:
        """What the names of its variables begin with."""
        return variables_of(self.name)


class QuietHours(Table):
    """Hours in which nothing is sent, by the newsletter's clock."""

    quiet: str = ""

    @field_validator("quiet")
    @classmethod
    def _is_a_span_of_hours(cls, value: str) -> str:
        if value and not _QUIET.fullmatch(value):
            raise ValueError('write two times of day, such as "22:00-07:00"')
        return value

    @property
    def quiet_hours(self) -> tuple[time, time] | None:
        """The begin and the end."""
        if not (match := _QUIET.fullmatch(self.quiet)):
            return None
        begin_hour, begin, end_hour, end = map(int, match.groups())
        return time(begin_hour, begin), time(end_hour, end)


class SendSettings(QuietHours, Rates):
    connections: Annotated[int, Field(ge=1, le=200)] = 4
    #: Messages on one connection before it is renewed, and seconds.
    per_connection: Annotated[int, Field(ge=1)] = 100
    connection_seconds: Annotated[float, Field(gt=0)] = 300.0
    #: Attempts in all for a message the server defers.
    attempts: Annotated[int, Field(ge=1, le=20)] = 5
    #: How long a run waits for limits, quiet hours and deferred messages before it leaves the rest to the next run.
    wait: Duration = timedelta(0)
    #: Where bounces go, if not to the sender; {token} in it tells whose message came back.
    return_path: str = ""
    limits: tuple[ProviderLimit, ...] = ()
    warm_up: WarmUpSettings = WarmUpSettings()

    @field_validator("return_path")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        with_token = value.replace("{token}", "a" * 24, 1)
        if value and not re.fullmatch(r"[A-Za-z0-9._=+-]{1,64}@[a-z0-9.-]+", with_token):
            raise ValueError('write an address, such as "bounces+{token}@example.org"')
        if value:
            # Raises where it is none.
            normal_address(with_token)
        return value


class DkimSettings(Table):
    """Who signs the mail; where no selector is named, the mail server does, or nobody."""

    #: Each names the key keys/SELECTOR.pem and the record SELECTOR._domainkey.DOMAIN; a message is signed by all.
    selectors: tuple[str, ...] = ()
    #: The sender's domain where empty.
    domain: str = ""

    @field_validator("domain")
    @classmethod
    def _is_in_ascii(cls, value: str) -> str:
        # A tag of a signature is ASCII (RFC 6376 §3.5): xn--... for other letters.
        if value and not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+", value):
            raise ValueError('write a domain in small letters, such as "example.org", other letters as xn--...')
        return value

    @field_validator("selectors")
    @classmethod
    def _are_labels(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for selector in value:
            # It becomes part of a domain's name, and a file's name.
            if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", selector):
                raise ValueError(f'"{selector}" is not a selector: small letters, digits and hyphens, such as "s2026"')
        if len(set(value)) < len(value):
            raise ValueError("a selector is named twice")
        return value
