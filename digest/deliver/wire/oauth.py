"""Access tokens for mail servers that take no password (XOAUTH2): Gmail, Microsoft, and who does as they do.

An access token lasts an hour. It is got for the refresh token in .env (RFC 6749 §6) when it is needed, is renewed a
while before it ends, and is kept in memory only. A refresh token that comes with it takes the place of the last one,
for the next run, too.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from typing import Any, Protocol

import httpx2

from digest.deliver.wire.transport import BrokenConnectionError, ServerRefusedError
from digest.settings.mail import SmtpSettings

TOKEN_URLS = {
    "google": "https://oauth2.googleapis.com/token",
    "microsoft": "https://login.microsoftonline.com/common/oauth2/v2.0/token",
}
#: Microsoft gives the scopes of the consent only to who names them; Google needs no name.
_SCOPES = {"login.microsoftonline.com": "https://outlook.office.com/SMTP.Send offline_access"}
#: A token that ends while a connection is opened would be refused.
_MARGIN = 120.0
#: What RFC 6749 §5.1 leaves unsaid by those who don't say how long a token lasts.
_USUAL_LIFE = 3600.0
_TIMEOUT = 30.0


class RefreshTokens(Protocol):
    """Where refresh tokens are kept that took the place of the owner's; `store.sending` says how."""

    def newest(self, given: str) -> str: ...
    def keep(self, given: str, newest: str) -> None: ...


class _Forgotten:
    """Keeps nothing: the owner's token counts again in the next run."""

    def __init__(self) -> None:
        self._newest: dict[str, str] = {}

    def newest(self, given: str) -> str:
        return self._newest.get(given, given)

    def keep(self, given: str, newest: str) -> None:
        self._newest[given] = newest


class AccessTokens:
    """The access tokens of one account.

    Args:
        refresh_tokens: where a new refresh token is kept; without it, in memory.
        time: seconds by any clock that only goes forward.
        tls: for certificates other than those of the system.
    """

    def __init__(
        self,
        settings: SmtpSettings,
        *,
        time: Callable[[], float],
        tls: ssl.SSLContext | None = None,
        refresh_tokens: RefreshTokens | None = None,
    ) -> None:
        self._settings = settings
        self._given = settings.oauth_refresh_token.get_secret_value()
        self._refresh_tokens = refresh_tokens or _Forgotten()
        self._time = time
        self._tls = tls
        self._token = ""
        self._ends = 0.0
        # Many connections open at once; one of them asks.
        self._asking = asyncio.Lock()

    async def token(self, *, refused: str = "") -> str:
        """A token that holds for a while.

        Args:
            refused: one that the mail server has just refused; another is got unless somebody did.

        Raises:
            BrokenConnectionError: it may work later.
            ServerRefusedError: it won't: the consent was withdrawn, or the client is unknown.
        """
        async with self._asking:
            if self._token in ("", refused) or self._time() > self._ends - _MARGIN:
                await self._renew()
            return self._token

    async def _renew(self) -> None:
        # Each time anew: another server's account may be the same.
        latest = await asyncio.to_thread(self._refresh_tokens.newest, self._given)
        answer = await self._ask(latest)
        self._token = str(answer["access_token"])
        self._ends = self._time() + float(answer.get("expires_in") or _USUAL_LIFE)
        # Microsoft gives a new refresh token each time, the old one holds for 90 days; others take each only once.
        if (renewed := str(answer.get("refresh_token") or latest)) != latest:
            await asyncio.to_thread(self._refresh_tokens.keep, self._given, renewed)

    async def _ask(self, refresh_token: str) -> dict[str, Any]:
        provider = self._settings.oauth_provider
        url = TOKEN_URLS.get(provider, provider)
        form = {
            "grant_type": "refresh_token",
            "client_id": self._settings.oauth_client_id,
            "client_secret": self._settings.oauth_client_secret.get_secret_value(),
            "refresh_token": refresh_token,
            "scope": _SCOPES.get(_host(url), ""),
        }
        try:
            async with httpx2.AsyncClient(verify=self._tls or True, timeout=_TIMEOUT) as client:
                answer = await client.post(url, data={name: value for name, value in form.items() if value})
            said = answer.json() if answer.status_code < 500 else {}
        except (httpx2.HTTPError, ValueError) as error:
            raise BrokenConnectionError(f"{_host(url)} gives no access token: {type(error).__name__}") from error
        return _granted(_host(url), answer.status_code, said if isinstance(said, dict) else {})


def _granted(host: str, status: int, said: dict[str, Any]) -> dict[str, Any]:
    if status == 200 and said.get("access_token"):
        return said
    # The description may name the account, the code does not.
    why = str(said.get("error") or status)[:60]
    if status in (400, 401, 403):
        hint = {
            "invalid_grant": "Consent again, and write the new SMTP_OAUTH_REFRESH_TOKEN into .env.",
            "invalid_client": "Check SMTP_OAUTH_CLIENT_ID and SMTP_OAUTH_CLIENT_SECRET in .env.",
        }.get(why, "Check SMTP_OAUTH_* in .env.")
        raise ServerRefusedError(f"{host} gives no access token: {why}", hint=hint)
    raise BrokenConnectionError(f"{host} gives no access token: {why}", code=status)


def _host(url: str) -> str:
    return httpx2.URL(url).host
