"""What an owner may write: the tables of digest.toml and the variables of .env, checked by pydantic.

`settings.reading` reads them from a project's folder. A key is fixed once it is here; a new one needs a default.
"""

from __future__ import annotations

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
from digest.settings.mail import DkimSettings, SendSettings
from digest.settings.whole import LANGUAGE_TAG, SHORTEST_SECRET, Cadence, ListSettings, NewsletterSettings, Settings

__all__ = [
    "LANGUAGE_TAG",
    "SHORTEST_SECRET",
    "Cadence",
    "CollectSettings",
    "ComposeSettings",
    "DkimSettings",
    "EndpointSettings",
    "ListSettings",
    "ModelSettings",
    "NewsletterSettings",
    "PickSettings",
    "RenderSettings",
    "SectionSettings",
    "SendSettings",
    "Settings",
    "SummarizeSettings",
]
