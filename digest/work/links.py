"""The links by which people leave: what they are made with, and whose one is.

They hold as long as mails are out: after a list was renamed, a key was set or the ledger was lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from digest.audience import subscribers
from digest.audience.unsubscribing import return_path, tokens_in, tokens_of, unsubscribe_url
from digest.model import Recipient, Subscriber
from digest.store.secret import copied_secret, keep_links_list, keep_print, kept_secret, links_list
from digest.text.addresses import address_key
from digest.workspace import Workspace

#: An address in a text that a person pasted.
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"?]+")


def remember_links(workspace: Workspace) -> None:
    """Note what the links of an issue that is about to be mailed are made with."""
    settings = workspace.settings
    if given := settings.secret_key.get_secret_value():
        keep_print(workspace.engine, given)
    keep_links_list(workspace.engine, settings.newsletter.list)


def unsubscribe_links(workspace: Workspace) -> Callable[[Recipient], str]:
    """Makes each person's link."""
    newsletter, secret = workspace.settings.newsletter, workspace.secret
    name = links_list(workspace.engine, newsletter.list)
    return lambda person: unsubscribe_url(newsletter, secret=secret, list_name=name, key=person.key)


def return_paths(workspace: Workspace) -> Callable[[Recipient], str]:
    """Makes the address that each person's message comes back to."""
    settings, secret = workspace.settings, workspace.secret
    name = links_list(workspace.engine, settings.newsletter.list)
    return lambda person: return_path(settings.send.return_path, secret=secret, list_name=name, key=person.key)


def people_in(workspace: Workspace, text: str, list_name: str = "") -> Iterator[tuple[str, Subscriber]]:
    """Whose address, token to unsubscribe or return path stands in a text: each with the list that names them.

    A person's token is the same on every list. It is tried with every key and every list's name that it may have been
    made with, also of older versions and before a name or a key changed.

    Args:
        list_name: look on this list only.
    """
    project, wanted = workspace.project, tokens_in(text)
    addresses = {address_key(written) for written in _ADDRESS.findall(text)}
    keys, names = _all_secrets(workspace) if wanted else [], _all_lists(workspace)
    for name in [list_name] if list_name else project.list_names:
        for row in subscribers.people(project.list_file(name), project.list_columns(name)):
            key = address_key(row.email)
            if key in addresses or any(wanted & tokens_of(key, secret=one, list_names=names) for one in keys):
                yield name, row


def _all_secrets(workspace: Workspace) -> list[bytes]:
    given = workspace.settings.secret_key.get_secret_value()
    known = (given, kept_secret(workspace.engine), copied_secret(workspace.project.secret_copy))
    return [key.encode() for key in dict.fromkeys(known) if key]


def _all_lists(workspace: Workspace) -> set[str]:
    current = workspace.settings.newsletter.list
    return {current, links_list(workspace.engine, current), *workspace.project.list_names, *workspace.book.lists()}
