"""Pages that are served in an article's place, as if they were it: to log in, to consent, to say that it is gone."""

from __future__ import annotations

import re

_WALL = re.compile(
    r"""(?:please\ )?(?:log|sign)[ -]?in(?:\ to\ (?:continue|read|view|your\ account).*)?|log[ -]?in\ required
    | (?:this\ |the\ )?(?:page|article|content)?\ ?not\ (?:found|available)|(?:error\ )?40[34](?:\ error)?(?:\W+.{,30})?
    | access\ denied|just\ a\ moment|one\ moment(?:,?\ please)?|attention\ required|security\ check(?:point)?
    | are\ you\ (?:a\ robot|human)|verify(?:ing)?\ (?:that\ )?you\ are\ (?:a\ )?human
    | before\ you\ continue(?:\ to\ .{,30})?
    | (?:cookie|privacy)\ (?:consent|settings|notice)|unusual\ traffic.{,40}|subscribe\ to\ (?:continue|read).{,40}
    | anmelden|anmeldung|einloggen|seite\ nicht\ gefunden|zugriff\ verweigert|einen\ (?:augenblick|moment)(?:\ bitte)?
    | (?:se\ )?connexion|se\ connecter|page\ (?:introuvable|non\ trouvée)|accès\ refusé
    | inici(?:ar|a)\ sesión|página\ no\ encontrada|acceso\ denegado
    | pagina\ non\ trovata|página\ não\ encontrada|inloggen|pagina\ niet\ gevonden
    | zaloguj\ się|nie\ znaleziono\ strony|войти|страница\ не\ найдена""",
    re.IGNORECASE | re.VERBOSE,
)
#: Between it and the name of its site.
_SEPARATOR = re.compile(r"\s+[|»–—·-]\s+|\s*\|\s*|\s*::\s*")
_END = " .!?…"


def is_wall(title: str) -> bool:
    """Whether a page of this title tells its reader to do something first, or that there is nothing."""
    parts = _SEPARATOR.split(title.strip())
    return any(_WALL.fullmatch(part.strip(_END)) for part in (parts[0], parts[-1]))
