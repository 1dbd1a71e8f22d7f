"""Pages that are served in an article's place, as if they were it: to log in, to consent, to say that it is gone."""

from __future__ import annotations

import re
from functools import cache

from digest.languages.tables import either, merged

_STATUS = r"(?:error )?40[34](?: error)?(?:\W+.{,30})?"
#: Between it and the name of its site.
_SEPARATOR = re.compile(r"\s+[|»–—·-]\s+|\s*\|\s*|\s*::\s*")
_END = " .!?…"


def is_wall(title: str) -> bool:
    """Whether a page of this title tells its reader to do something first, or that there is nothing."""
    parts = _SEPARATOR.split(title.strip())
    return any(_wall().fullmatch(part.strip(_END)) for part in (parts[0], parts[-1]))


@cache
def _wall() -> re.Pattern[str]:
    return re.compile(either((*merged("walls")["titles"], _STATUS)), re.IGNORECASE)
