"""When the last message of an issue will be out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from digest.audience import subscribers
from digest.deliver.pacing.forecast import Forecast, open_stretches
from digest.deliver.pacing.limits import Meter, run_limits
from digest.work.console import Ahead
from digest.work.outlet import by_mail, destination
from digest.workspace import Workspace


def forecast(workspace: Workspace, issue: str, *, list_name: str = "") -> Forecast:
    """How long it will take to send what is left of an issue, as far as the limits and the quiet hours tell.

    Args:
        list_name: a list that is not on record yet and will be.
    """
    settings, now = workspace.settings, workspace.clock()
    taken = workspace.allowances.load()
    limits = run_limits(settings.send, now=now.astimezone(settings.newsletter.zone), taken=taken)
    servers = [Meter(f"by {server.name}", server, taken) for server in settings.mail_servers()]
    coming = _active_keys(workspace, list_name) if list_name else ()
    keys = chain(workspace.ledger.left(issue), coming)
    limited = limits.forecast(keys, now.timestamp(), per_second=settings.send.per_second, servers=servers)
    return replace(limited, open=open_stretches(now, settings.send.quiet_hours, settings.newsletter.zone))


def _active_keys(workspace: Workspace, list_name: str) -> Iterator[str]:
    return subscribers.active_keys(workspace.project.list_file(list_name), workspace.project.list_columns(list_name))


def ahead_of(workspace: Workspace, issue: str, *, list_name: str = "") -> Ahead:
    """A delivery as it is before it begins; see `forecast`."""
    return Ahead(
        issue=issue,
        destination=destination(workspace),
        by_mail=by_mail(workspace),
        forecast=forecast(workspace, issue, list_name=list_name),
        quiet=bool(workspace.settings.send.quiet_hours),
        now=workspace.clock,
        local=workspace.local,
    )
