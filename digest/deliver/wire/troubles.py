"""What stands in the way to a mail server, each in one sentence with the next step. Pure."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator

import aiosmtplib

from digest.deliver.messages.headers import one_line
from digest.deliver.wire.replies import Reply, Stage, Verdict, verdict_of
from digest.deliver.wire.transport import BrokenConnectionError, ServerRefusedError
from digest.settings.mail import SmtpSettings

_OTHER_HOST = "Check that SMTP_HOST is the name in the server's certificate."
_UNKNOWN_AUTHORITY = (
    "Nobody this machine trusts has signed it: add its authority, or have the server send its whole chain."
)
#: By OpenSSL's X509_V_ERR_*: what to do about a certificate.
_CERTIFICATE = {
    9: "It is not valid yet: check this machine's clock.",
    10: "It has expired: whoever keeps the server must renew it. Check this machine's clock, too.",
    62: _OTHER_HOST,
    64: _OTHER_HOST,
}
#: What OpenSSL calls a greeting in the clear, and a server that knows only versions of TLS that we don't take.
_IN_THE_CLEAR = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE"})
_TOO_OLD = frozenset({"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "WRONG_SSL_VERSION", "VERSION_TOO_LOW"})
#: aiosmtplib's code for what is no reply, and its words before it.
_NO_REPLY = -1
_MALFORMED = "Malformed SMTP response line: "

_SERVICE = "Check SMTP_HOST and SMTP_PORT in .env: mail is handed in at port 587 or 465."
_TLS_FIRST = "Set SMTP_SECURITY=tls in .env, with SMTP_PORT=465."
_ENCRYPT = "Set SMTP_SECURITY to starttls (port 587) or tls (port 465)."
_WANTS_TLS = re.compile(r"\b(starttls|tls|ssl|encrypt\w*)\b", re.IGNORECASE)
#: What a refusal before the login is about, and what to do.
_REFUSALS = {
    Stage.CONNECT: ("refuses us", f"It takes no mail from this machine. {_SERVICE}"),
    Stage.HELLO: (
        "refuses our name in EHLO",
        "Set SMTP_HELLO in .env to this machine's full name, such as mail.example.org.",
    ),
    Stage.TLS: (
        "refuses to encrypt (STARTTLS)",
        "Set SMTP_SECURITY=tls and SMTP_PORT=465 if it has that; nothing is sent in the clear.",
    ),
}
#: What to do about a refused login, by the reply; the first that fits.
_LOGINS = (
    # Microsoft "535 5.7.139 Authentication unsuccessful, basic authentication is disabled", "5.7.57"
    (r"basic auth\w* is disabled|\b5\.7\.139\b", "It takes no password any more: set SMTP_OAUTH_PROVIDER=microsoft."),
    # Gmail "534 5.7.9 Application-specific password required", "534 5.7.14 Please log in via your web browser"
    (r"app(lication)?[- ]?(specific )?password", "Make an app password at your provider and set SMTP_PASSWORD to it."),
    (r"^534\b.*\b(web|browser)", "Log in there once with a browser, or set SMTP_PASSWORD to an app password."),
    (r"^530\b.*\b(starttls|tls|ssl|encrypt)|^538\b", _ENCRYPT),
    (r"^432\b", "Log in at your provider once, or set a new password there, and write it into SMTP_PASSWORD."),
    (r"^50\d\b", "Check SMTP_HOST and SMTP_SECURITY in .env; if the server needs no login, leave SMTP_USERNAME out."),
)
_LOGIN = "Check SMTP_USERNAME and SMTP_PASSWORD in .env; many providers want an app password."
_CONSENT = "Check SMTP_USERNAME in .env, and consent again: SMTP_OAUTH_REFRESH_TOKEN."

Trouble = BrokenConnectionError | ServerRefusedError


def refused(smtp: SmtpSettings, stage: Stage, reply: Reply) -> Trouble:
    """What a server said no with before any mail."""
    server = f"{smtp.host}:{smtp.port}"
    if reply.code == _NO_REPLY:
        return _no_smtp(server, stage, reply.text)
    if stage is Stage.LOGIN:
        return _login_refused(server, reply, by_token=bool(smtp.oauth_provider))
    verdict = verdict_of(stage, reply)
    if verdict is not Verdict.STOP:
        return BrokenConnectionError(f"{server} answered: {reply}", code=reply.code, verdict=verdict)
    what, hint = _REFUSALS[stage]
    if stage is Stage.HELLO and _WANTS_TLS.search(reply.text):
        what, hint = "wants to be spoken to over TLS", _ENCRYPT
    return ServerRefusedError(f"{server} {what}: {reply}", hint=hint)


def _no_smtp(server: str, stage: Stage, said: str) -> Trouble:
    line = one_line(said.removeprefix(_MALFORMED))[:60]
    if stage is not Stage.CONNECT:
        return BrokenConnectionError(f"{server} answered “{line}”")
    return ServerRefusedError(f"{server} speaks something other than SMTP: “{line}”", hint=_SERVICE)


def _login_refused(server: str, reply: Reply, *, by_token: bool) -> Trouble:
    # RFC 4954 §6: 432 wants the person, 454 and 421 the time.
    if reply.code // 100 != 5 and reply.code != 432:
        verdict = verdict_of(Stage.LOGIN, reply)
        return BrokenConnectionError(f"{server} answered the login: {reply}", code=reply.code, verdict=verdict)
    usual = _CONSENT if by_token else _LOGIN
    line = str(reply)
    hint = next((advice for like, advice in _LOGINS if re.search(like, line, re.IGNORECASE)), usual)
    return ServerRefusedError(f"{server} refuses the login: {reply}", hint=hint)


def speaks_tls_first(smtp: SmtpSettings) -> ServerRefusedError:
    """A server that says nothing in the clear, and answers TLS."""
    return ServerRefusedError(f"{smtp.host}:{smtp.port} speaks TLS from the start.", hint=_TLS_FIRST)


def offers_no_starttls(smtp: SmtpSettings) -> ServerRefusedError:
    return ServerRefusedError(
        f"{smtp.host}:{smtp.port} offers no encryption (STARTTLS), and nothing is sent in the clear.",
        hint="Set SMTP_SECURITY=tls and SMTP_PORT=465 if it has that; SMTP_SECURITY=none is for your own machine.",
    )


def unreachable(smtp: SmtpSettings, error: Exception) -> Trouble:
    """What went wrong where the server said nothing of it."""
    server = f"{smtp.host}:{smtp.port}"
    causes = list(_causes(error))
    if unverified := next((cause for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), None):
        return ServerRefusedError(
            f"The certificate of {server} can't be verified: {causes[-1]}",
            hint=_CERTIFICATE.get(unverified.verify_code, _UNKNOWN_AUTHORITY),
        )
    unnamed = (isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME for cause in causes)
    if isinstance(error, UnicodeError) or any(unnamed):
        return ServerRefusedError(f"There is no server called {server}.", hint="Check SMTP_HOST in .env.")
    if broken := next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None):
        return _no_tls(smtp, broken)
    if is_ungreeted(error):
        why = "it says nothing" if isinstance(error, TimeoutError) else "it closes the connection"
        return BrokenConnectionError(f"{server} does not greet us: {why}")
    return BrokenConnectionError(f"{server} can't be reached: {causes[-1]}")


def _no_tls(smtp: SmtpSettings, error: ssl.SSLError) -> Trouble:
    server, reason = f"{smtp.host}:{smtp.port}", error.reason or ""
    if reason in _TOO_OLD:
        hint = "Ask its owner for TLS 1.2 or newer, or set SMTP_HOST to another server."
        return ServerRefusedError(f"{server} knows only versions of TLS that are no longer safe: {reason}", hint=hint)
    if reason in _IN_THE_CLEAR and smtp.security == "tls":
        hint = "Set SMTP_SECURITY=starttls in .env, with SMTP_PORT=587."
        return ServerRefusedError(f"{server} does not speak TLS from the start.", hint=hint)
    hint = "SMTP_SECURITY is tls for port 465 and starttls for port 587."
    return ServerRefusedError(f"{server} can't be spoken to over TLS: {error}", hint=hint)


def is_ungreeted(error: Exception) -> bool:
    """Whether a server that took the connection did not greet, as one does that waits for TLS."""
    silent = aiosmtplib.SMTPReadTimeoutError | aiosmtplib.SMTPServerDisconnected
    return isinstance(error, aiosmtplib.SMTPConnectError) and isinstance(error.__cause__, silent)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
