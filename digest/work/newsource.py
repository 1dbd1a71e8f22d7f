"""A source that a person adds: which one they mean, and whether it can be added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import ValidationError

from digest.collect.discovery.search import Found
from digest.errors import UsageError
from digest.model import Source, SourceKind
from digest.settings.reading import problem_in
from digest.settings.sources import SourceSettings
from digest.work.sourcelist import same_place
from digest.work.sources import place_as_written
from digest.workspace import Workspace


def refuse_unknown_kind(kind: str) -> None:
    kinds = get_args(SourceKind)
    if kind and kind not in kinds:
        raise UsageError(
            f"--as: '{kind}' is not one of {', '.join(kinds)}.", hint="What there is: docs/guide.md, Sources"
        )


def chosen_feed(found: tuple[Found, ...], feed: str) -> Found:
    if not feed:
        return found[0]
    if feed.isdecimal() and 0 < int(feed) <= len(found):
        return found[int(feed) - 1]
    chosen = next((one for one in found if one.location == feed), None)
    if chosen is None:
        raise UsageError(f'There is no feed "{feed}" among those found.', hint=f"Write 1 to {len(found)}.")
    return chosen


def source_of(workspace: Workspace, entry: Mapping[str, Any]) -> Source:
    try:
        settings = SourceSettings.model_validate(entry)
    except ValidationError as error:
        why = problem_in(error.errors()[0])
        raise UsageError(f"It can't be added so: {why}.", hint="See: digest sources add --help") from error
    return settings.source(full_text=workspace.settings.collect.full_text)


def refuse_written(workspace: Workspace, place: str) -> None:
    """What is there already needs no look at the network; a page may be there for other reasons than its feed."""
    _, location = place_as_written(workspace.project.folder, place, kind="feed")
    refuse_known(workspace, location, but="page")


def refuse_known(workspace: Workspace, location: str, *, but: str = "", links: str = "") -> None:
    known = same_place(workspace.settings.source_list(), location)
    if known and known.kind != but:
        called = f' as "{known.name}"' if known.name else ""
        hint = "See: digest sources list"
        if known.kind == "page" and links and links != known.links:
            hint = f"To read other links of it, write into its [[sources]] there: links = {json.dumps(links)}"
        raise UsageError(f"{known.location} is in digest.toml already{called}.", hint=f"Nothing was added. {hint}")
