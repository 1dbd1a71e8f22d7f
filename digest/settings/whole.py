"""All that an owner may write: the newsletter itself, and the tables of digest.toml and .env together."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BeforeValidator,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from digest.model import Source
from digest.settings.content import (
    CollectSettings,
    ComposeSettings,
    EndpointSettings,
    ModelSettings,
    PickSettings,
    RenderSettings,
    SectionSettings,
    SummarizeSettings,
)
from digest.settings.mail import (
    DEFAULT_SERVER,
    DkimSettings,
    SendSettings,
    ServerSettings,
    SmtpSettings,
)
from digest.settings.sources import ImapSettings, SourceSettings
from digest.settings.table import Table as _Table
from digest.text.mailbox import Mailbox, read_mailbox

Cadence = Literal["daily", "weekly", "monthly"]

#: Characters of a key that nobody guesses: 16 random ones of base64 hold 96 bits.
SHORTEST_SECRET = 16

#: What List-Unsubscribe may hold between < and >, with room for tokens on a line of 998 (RFC 5322 §2.1.1).
_UNSUBSCRIBE = re.compile(r"(?=.*\{token\})https://[!-;=?-~]{0,892}")

#: RFC 5646 in short: a language, then script, region and variants.
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)


def _mailbox(value: Any) -> Mailbox:
    """What a setting says that names one mailbox: "Name <address>" or an address."""
    if isinstance(value, Mailbox):
        return value
    if not isinstance(value, str):
        raise ValueError('write it as "Name <name@example.org>"')  # noqa: TRY004 - pydantic tells of a ValueError
    return read_mailbox(value)


def _mailbox_if_any(value: Any) -> Mailbox | None:
    return _mailbox(value) if value else None


class NewsletterSettings(_Table):
    title: str = Field(min_length=1)
    sender: Annotated[Mailbox, BeforeValidator(_mailbox)]
    language: str = "en"
    timezone: str = "UTC"
    cadence: Cadence = "weekly"
    #: The postal address in the footer.
    address: str = ""
    #: The name of the CSV file below subscribers/, without ".csv".
    list: str = "subscribers"
    reply_to: Annotated[Mailbox | None, BeforeValidator(_mailbox_if_any)] = None
    website: str = ""
    #: An https address with {token} in it, for one-click unsubscribing; a mailto: to the sender where empty.
    unsubscribe_url: str = ""

    @field_validator("language")
    @classmethod
    def _is_a_tag(cls, value: str) -> str:
        if not LANGUAGE_TAG.fullmatch(value):
            raise ValueError(f'"{value}" is not a language tag: write one such as "de" or "pt-BR"')
        return value

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f'"{value}" is not a time zone: write a name such as "Europe/Berlin"') from None
        return value

    @field_validator("unsubscribe_url")
    @classmethod
    def _has_a_token(cls, value: str) -> str:
        if value and not _UNSUBSCRIBE.fullmatch(value):
            raise ValueError("write an https address with {token} in it: ASCII, no blanks, < or >, 900 letters at most")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def _parse_mailed(value: Any) -> Any:
    """What an owner says of a column: the values of those who are mailed; "ignore" is none at all."""
    if value == "ignore":
        return ()
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return tuple(value)
    if isinstance(value, tuple):
        return value
    raise ValueError('write the values of those who are mailed, such as ["subscribed"], or "ignore"')


class ListSettings(_Table):
    """What the columns of one list mean, where that is not clear by itself."""

    #: By a column's name: the values of those who are mailed, () where it tells nothing of leaving.
    columns: dict[str, Annotated[tuple[str, ...], BeforeValidator(_parse_mailed)]] = Field(default_factory=dict)


class Settings(_Table):
    """Everything a run may be told."""

    newsletter: NewsletterSettings
    sources: tuple[SourceSettings, ...] = ()
    sections: tuple[SectionSettings, ...] = ()
    collect: CollectSettings = CollectSettings()
    pick: PickSettings = PickSettings()
    summarize: SummarizeSettings = SummarizeSettings()
    model: ModelSettings = ModelSettings()
    compose: ComposeSettings = ComposeSettings()
    render: RenderSettings = RenderSettings()
    send: SendSettings = SendSettings()
    servers: tuple[ServerSettings, ...] = ()
    dkim: DkimSettings = DkimSettings()
    #: By a list's name.
    lists: dict[str, ListSettings] = Field(default_factory=dict)
    # From .env and the environment:
    smtp: SmtpSettings = SmtpSettings()
    llm: EndpointSettings = EndpointSettings()
    database_url: str = ""
    imap: ImapSettings = ImapSettings()
    log_level: Literal["debug", "info", "warning", "off"] = "info"
    secret_key: SecretStr = SecretStr("")
    #: The folder of the private keys; keys/ in the project's folder where empty.
    private_keys: str = ""

    @field_validator("secret_key")
    @classmethod
    def _cannot_be_guessed(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(
                f"has fewer than {SHORTEST_SECRET} characters; write a long random one, such as this prints: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        return value

    def mailbox_password(self, location: str) -> str:
        """The password of a mailbox among the sources, "" where none is set."""
        names = (source.password_in for source in self.sources if source.mailbox == location)
        return next((self.imap.named(name).get_secret_value() for name in names), "")

    @model_validator(mode="after")
    def _has_a_source(self) -> Settings:
        if not self.sources:
            raise ValueError('there is no source: add [[sources]] and below it feed = "https://..."')
        return self

    @model_validator(mode="after")
    def _can_ask_a_model(self) -> Settings:
        if self.summarize.method != "model":
            return self
        if missing := self.llm.missing():
            raise ValueError(f'[summarize] method = "model" needs {" and ".join(missing)} in .env')
        if not (self.llm.base_url.startswith("https:") or self.llm.is_local or self.model.allow_http):
            raise ValueError(
                "LLM_BASE_URL would send articles and key in the clear: write https, or allow_http = true under [model]"
            )
        return self

    @model_validator(mode="after")
    def _tells_servers_apart(self) -> Settings:
        names = [server.name for server in self.servers]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f'two [[servers]] are called "{name}"')
        return self

    def mail_servers(self) -> tuple[ServerSettings, ...]:
        """All servers that mail may leave by, SMTP_HOST's first; none where it goes to the outbox."""
        named = {server.name: server for server in self.servers}
        if self.smtp.host:
            default = named.pop(DEFAULT_SERVER, ServerSettings(name=DEFAULT_SERVER))
            return (default.model_copy(update={"smtp": self.smtp}), *named.values())
        return tuple(named.values())

    @property
    def signing_domain(self) -> str:
        """The domain that signs, in ASCII: the sender's where no other is named."""
        return self.dkim.domain or self.newsletter.sender.domain

    def source_list(self) -> tuple[Source, ...]:
        return tuple(source.source(full_text=self.collect.full_text) for source in self.sources)
