"""The least that a newsletter's settings say."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import UsageError
from digest.settings.reading import load

MINIMAL = """
[newsletter]
title = "The Weekly Signal"
sender = "The Weekly Signal <news@example.org>"
[[sources]]
feed = "https://example.org/feed.xml"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "digest.toml").write_text(MINIMAL)
    return tmp_path


def problems(folder: Path, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(UsageError) as caught:
        load(folder, environ or {})
    return caught.value.message.splitlines()
