from __future__ import annotations

import pytest

from digest.model import Edition
from digest.render.placeholders import new_placeholders

PLACEHOLDERS = new_placeholders("0123456789abcdef")


@pytest.fixture
def edition() -> Edition:
    return Edition(
        issue="0007-2026-02-19",
        subject='Ministers & "markets" </title><script>',
        html=(
            '<!DOCTYPE html>\n<html lang="en"><head><meta name="color-scheme" content="light dark">'
            "<style>.a { color: red !important }</style>"
            "<style>@media (prefers-color-scheme: dark) { .a { color: pink !important } }</style></head>"
            "<body><!--[if mso]><table><tr><td><![endif]-->"
            f'<p class="a">{PLACEHOLDERS.greeting}</p><p>{PLACEHOLDERS.email}</p>'
            f'<a href="{PLACEHOLDERS.unsubscribe_url}">Unsubscribe</a></body></html>\n'
        ),
        text=f"{PLACEHOLDERS.greeting}\n<https://example.org/>\n{PLACEHOLDERS.unsubscribe_url}\n",
        placeholders=PLACEHOLDERS,
    )
