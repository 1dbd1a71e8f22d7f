"""What each stage may be told, with the defaults: the tables of digest.toml, checked by pydantic.

`digest.config` reads them from a project's folder. A key is fixed once it is here; a new one needs a default.
"""

from __future__ import annotations

import re
from datetime import timedelta
from ipaddress import ip_address
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BeforeValidator,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from digest.mailsettings import (
    DEFAULT_SERVER,
    ProviderLimit,
    QuietHours,
    Rates,
    ServerSettings,
    SmtpSettings,
    WarmUpSettings,
)
from digest.model import Source
from digest.sourcesettings import ImapSettings, SourceSettings
from digest.table import Duration, Span
from digest.table import Table as _Table
from digest.text.addresses import normal_address
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


class SectionSettings(_Table):
    name: str = Field(min_length=1)
    keywords: tuple[str, ...] = ()
    #: Feed categories that belong here, compared without regard to case.
    categories: tuple[str, ...] = ()
    #: Names or locations of sources whose articles belong here.
    sources: tuple[str, ...] = ()
    #: Articles of the kind that belongs here: files of the project, or their headlines or first paragraphs.
    examples: tuple[str, ...] = ()
    max_stories: int | None = Field(default=None, ge=1)
    #: With fewer its stories go to the catch-all; where unset, two in an issue of eight stories or more.
    min_stories: int | None = Field(default=None, ge=1)
    order: Literal["score", "newest"] = "score"

    @field_validator("examples")
    @classmethod
    def _are_texts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        address = next((one for one in value if re.match(r"https?://\S*$", one)), None)
        if address:
            raise ValueError(
                f'"{address}" is an address: write the article\'s headline and first paragraph, or save it as a file'
            )
        return value


class CollectSettings(_Table):
    #: Fetch the article's page where a feed has only a teaser; a source may say otherwise.
    full_text: bool = False
    #: Private, loopback and link-local addresses are refused unless this is set.
    allow_private: bool = False
    timeout: Annotated[float, Field(gt=0, le=600)] = 20.0
    max_megabytes: Annotated[float, Field(gt=0, le=1000)] = 10.0
    connections: Annotated[int, Field(ge=1, le=100)] = 16
    per_host: Annotated[int, Field(ge=1, le=16)] = 2
    #: Pages fetched at most for one sitemap, page of links or file of picks, newest first.
    max_pages: Annotated[int, Field(ge=1, le=2000)] = 100


class PickSettings(_Table):
    #: How far back a first issue looks; later ones go back to the last issue. Where unset, the cadence.
    window: Span | None = None
    max_stories: Annotated[int, Field(ge=1, le=500)] = 20
    #: Stories led by one source, at most.
    per_source: Annotated[int, Field(ge=1)] = 3
    #: Stories in one section, at most, where the section does not say. Where unset, better ones may go beyond it.
    per_section: Annotated[int, Field(ge=1)] = 6
    #: Stories on one subject, at most.
    per_topic: Annotated[int, Field(ge=1)] = 2
    #: A story that scores less by itself is not taken, however much room there is. Where unset, `pick.ranking.worth`
    #: decides.
    min_score: Annotated[float, Field(ge=-10, le=10)] | None = None
    #: After this time an article's recency counts half; where unset, a third of the window.
    half_life: Span | None = None
    #: Words that lift a story.
    boost: tuple[str, ...] = ()
    #: Words that keep an article out.
    mute: tuple[str, ...] = ()
    #: The section for what matches none; where unset, it is called by the phrase of the newsletter's language.
    catch_all: str = Field(default="More stories", min_length=1)

    @property
    def sections_give_way(self) -> bool:
        return "per_section" not in self.model_fields_set


class SummarizeSettings(_Table):
    words: Annotated[int, Field(ge=15, le=400)] = 60
    #: "model" needs LLM_BASE_URL and LLM_MODEL.
    method: Literal["extractive", "model"] = "extractive"


class ModelSettings(_Table):
    """What a language model writes and may use, where `summarize.method` is "model"."""

    writes: tuple[Literal["summaries", "introductions", "subject"], ...] = ("summaries", "introductions", "subject")
    #: Limits of one run; requests that are tried again count.
    max_requests: Annotated[int, Field(ge=1, le=10_000)] = 80
    #: Of questions and answers together.
    max_tokens: Annotated[int, Field(ge=100)] = 200_000
    #: Seconds for all answers together.
    seconds: Annotated[float, Field(gt=0, le=86_400)] = 300.0
    #: Tokens and seconds of one answer, with all tries.
    answer_tokens: Annotated[int, Field(ge=50, le=100_000)] = 1_000
    answer_seconds: Annotated[float, Field(gt=0, le=3_600)] = 60.0
    #: Questions at a time.
    connections: Annotated[int, Field(ge=1, le=64)] = 4
    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    #: Money for a million tokens, in the owner's currency.
    price_in: Annotated[float, Field(ge=0)] | None = None
    price_out: Annotated[float, Field(ge=0)] | None = None
    max_cost: Annotated[float, Field(ge=0)] | None = None
    #: Take an http address that is not on this machine.
    allow_http: bool = False

    @model_validator(mode="after")
    def _can_count_money(self) -> ModelSettings:
        if (self.price_in is None) != (self.price_out is None):
            raise ValueError("price_in and price_out go together")
        if self.max_cost is not None and self.price_in is None:
            raise ValueError("max_cost needs price_in and price_out")
        return self


class EndpointSettings(_Table):
    """LLM_* of the environment: a server that speaks OpenAI's chat completions."""

    #: Such as "https://api.example.com/v1".
    base_url: str = ""
    model: str = ""
    api_key: SecretStr = SecretStr("")

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError('write an address such as "https://api.example.com/v1"')
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("write the address alone; the key belongs in LLM_API_KEY")
        if value.rstrip("/").endswith("/chat/completions"):
            raise ValueError('leave out "/chat/completions"')
        # Raises where it is no number.
        _ = parts.port
        return value.rstrip("/")

    @field_validator("api_key")
    @classmethod
    def _fits_a_header(cls, value: SecretStr) -> SecretStr:
        key = value.get_secret_value()
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise ValueError("holds a character that no key has")
        return value

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def missing(self) -> list[str]:
        """The variables that are still to be written."""
        needed = {"LLM_BASE_URL": self.base_url, "LLM_MODEL": self.model}
        if not self.is_local:
            needed["LLM_API_KEY"] = self.api_key.get_secret_value()
        return [name for name, value in needed.items() if not value]


class ComposeSettings(_Table):
    min_stories: Annotated[int, Field(ge=1)] = 3
    #: A fixed subject; may hold {title}, {number}, {date} and {headline}. Where empty, the top headline leads it.
    subject: str = ""

    @field_validator("subject")
    @classmethod
    def _has_known_places(cls, value: str) -> str:
        if re.search(r"[{}]", re.sub(r"\{(?:title|number|date|headline)\}", "", value)):
            raise ValueError("only {title}, {number}, {date} and {headline} may stand in braces")
        return value


class RenderSettings(_Table):
    #: The colour of rules and links, "#rrggbb".
    accent: str = Field(default="#0f5c8c", pattern=r"^#[0-9a-fA-F]{6}$")
    greeting: str = ""


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


class DkimSettings(_Table):
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

    def source_list(self) -> tuple[Source, ...]:
        return tuple(source.source(full_text=self.collect.full_text) for source in self.sources)
