"""The links by which people leave: what they are made with, and whose one is.

They hold as long as mails are out: after a list was renamed, a key was set or the ledger was lost.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator

from digest.audience import subscribers
from digest.audience.unsubscribing import return_path, tokens_in, tokens_of, unsubscribe_url
from digest.errors import UsageError
from digest.model import Recipient, Subscriber
from digest.newsdesk import Desk
from digest.store.secret import (
    copied_secret,
    keep_links_list,
    keep_print,
    kept_secret,
    links_list,
    project_secret,
    was_given,
)
from digest.text.addresses import address_key

#: An address in a text that a person pasted.
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"?]+")


def link_secret(desk: Desk) -> bytes:
    """The key that links and Message-IDs are made with.

    Raises:
        UsageError: there was one in the environment, and is none now: another would make links that nobody takes.
    """
    given = desk.project.settings.secret_key.get_secret_value()
    if given:
        return given.encode()
    if was_given(desk.engine):
        raise UsageError(
            "DIGEST_SECRET_KEY is not set any more, and links to unsubscribe in mails that are out were made with it.",
            hint="Put it back into .env, from the old machine or a backup. If it is lost, write a new one there: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'; links that are out then tell nobody.",
        )
    return project_secret(desk.engine, lambda: secrets.token_urlsafe(32), copy=desk.project.secret_copy)


def remember_links(desk: Desk) -> None:
    """Note what the links of an issue that is about to be mailed are made with."""
    settings = desk.project.settings
    if given := settings.secret_key.get_secret_value():
        keep_print(desk.engine, given)
    keep_links_list(desk.engine, settings.newsletter.list)


def unsubscribe_links(desk: Desk) -> Callable[[Recipient], str]:
    """Makes each person's link."""
    newsletter, secret = desk.project.settings.newsletter, link_secret(desk)
    name = links_list(desk.engine, newsletter.list)
    return lambda person: unsubscribe_url(newsletter, secret=secret, list_name=name, key=person.key)


def return_paths(desk: Desk) -> Callable[[Recipient], str]:
    """Makes the address that each person's message comes back to."""
    settings, secret = desk.project.settings, link_secret(desk)
    name = links_list(desk.engine, settings.newsletter.list)
    return lambda person: return_path(settings.send.return_path, secret=secret, list_name=name, key=person.key)


def people_in(desk: Desk, text: str, list_name: str = "") -> Iterator[tuple[str, Subscriber]]:
    """Whose address, token to unsubscribe or return path stands in a text: each with the list that names them.

    A person's token is the same on every list. It is tried with every key and every list's name that it may have been
    made with, also of older versions and before a name or a key changed.

    Args:
        list_name: look on this list only.
    """
    project, wanted = desk.project, tokens_in(text)
    addresses = {address_key(written) for written in _ADDRESS.findall(text)}
    keys, names = _all_secrets(desk) if wanted else [], _all_lists(desk)
    for name in [list_name] if list_name else project.list_names:
        for row in subscribers.people(project.list_file(name), project.list_columns(name)):
            key = address_key(row.email)
            if key in addresses or any(wanted & tokens_of(key, secret=one, list_names=names) for one in keys):
                yield name, row


def _all_secrets(desk: Desk) -> list[bytes]:
    given = desk.project.settings.secret_key.get_secret_value()
    known = (given, kept_secret(desk.engine), copied_secret(desk.project.secret_copy))
    return [key.encode() for key in dict.fromkeys(known) if key]


def _all_lists(desk: Desk) -> set[str]:
    current = desk.project.settings.newsletter.list
    return {current, links_list(desk.engine, current), *desk.project.list_names, *desk.book.lists()}
