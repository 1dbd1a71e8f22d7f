"""Random sentinels that stand in an edition for what differs from subscriber to subscriber.

They are put in by templates and replaced when a message is made. Markers such as `{{ name }}` would be found in
articles too: somebody who writes about templates, or wants a reader's unsubscribe link, could have them filled.
"""

from __future__ import annotations

import re

from digest.model import Placeholders

#: 64 random bits: no article can hold them by chance, and no author can know them before the edition exists.
_TOKEN = re.compile(r"[0-9a-f]{16,64}")

#: Any sentinel of any edition; the closing letter keeps one from being the beginning of another.
SENTINEL = re.compile(r"x(?:greeting|email|unsubscribeurl)[0-9a-f]{16,64}x")


def new_placeholders(token: str) -> Placeholders:
    """Make the sentinels of one edition.

    Args:
        token: 16 to 64 random hexadecimal digits in lower case (`secrets.token_hex(8)`), new for each edition.

    Raises:
        ValueError: `token` is something else.
    """
    if _TOKEN.fullmatch(token) is None:
        raise ValueError("the token of placeholders is 16 to 64 hexadecimal digits")
    return Placeholders(
        greeting=f"xgreeting{token}x", email=f"xemail{token}x", unsubscribe_url=f"xunsubscribeurl{token}x"
    )
