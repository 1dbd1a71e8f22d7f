"""What an issue is made of and by which rules: sources read, stories picked, texts written and rendered."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from digest.settings.table import Span
from digest.settings.table import Table as _Table


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
