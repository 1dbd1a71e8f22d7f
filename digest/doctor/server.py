"""What a visit to the mail server, and one to the address for one-click unsubscribing, says. Pure but for the POST."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx2

from digest.doctor.observation import Observation, State

#: Certificates are renewed 30 days ahead by those who do it by machine; with less than this it was forgotten.
_SOON = timedelta(days=14)
#: Signatures and tokens bear times; receivers allow some minutes.
_DRIFT = timedelta(minutes=2)
_TIMEOUT = 15.0
#: HTML of 90 KiB, the bar of the checks, encoded, and the text beside it.
_USUAL_SIZE = 150_000


def judge_encryption(
    *, server: str, tls: str, expires: datetime | None, local: bool, now: datetime
) -> list[Observation]:
    """Whether what we say to the server is hidden, and for how long yet.

    Args:
        tls: "TLSv1.3"; "" where the connection is in the clear.
        local: the server is on this machine.
    """
    if not tls:
        advice = "" if local else "Set SMTP_SECURITY to starttls (port 587) or tls (port 465)."
        state = State.OK if local else State.ERROR
        return [Observation(code="tls", state=state, found=f"{server}: not encrypted", advice=advice)]
    old = tls in ("SSLv3", "TLSv1", "TLSv1.1")
    advice = "Ask the server's owner for TLS 1.2 or newer." if old else ""
    seen = [Observation(code="tls", state=State.WARNING if old else State.OK, found=f"{server}: {tls}", advice=advice)]
    if expires is not None:
        soon = expires - now < _SOON
        found = f"{server}: the certificate is for this name and good until {expires:%d %b %Y}"
        advice = "Renew it: when it ends, nothing is sent." if soon else ""
        state = State.WARNING if soon else State.OK
        seen.append(Observation(code="certificate", state=state, found=found, advice=advice))
    return seen


def judge_hello(*, server: str, said: str, wanted: str) -> Observation:
    """What name we say in EHLO.

    Args:
        said: the one that the server took.
        wanted: SMTP_HELLO.
    """
    if wanted and said != wanted:
        found = f"{server} refuses {wanted} and takes {said} in EHLO"
        advice = "Set SMTP_HELLO to a full name of this machine that DNS knows, or leave it out."
        return Observation(code="hello", state=State.WARNING, found=found, advice=advice)
    return Observation(code="hello", state=State.OK, found=f"{server} takes {said} in EHLO")


def judge_size(*, server: str, most: int) -> list[Observation]:
    """Whether messages of the usual size pass.

    Args:
        most: octets by EHLO's SIZE; 0 where it does not say.
    """
    if not most:
        return []
    found = f"{server} takes messages of up to {most:,} bytes"
    advice = "Have its owner raise that: an issue of the default length may have more." if most < _USUAL_SIZE else ""
    return [Observation(code="size", state=State.WARNING if advice else State.OK, found=found, advice=advice)]


def check_one_click(url: str, *, now: datetime, tls: ssl.SSLContext | None = None) -> list[Observation]:
    """POST as mail programs do (RFC 8058), for a token that is nobody's; what it says of the clock besides.

    Args:
        url: with the token in it.
    """
    try:
        with httpx2.Client(verify=tls or True, timeout=_TIMEOUT, follow_redirects=False) as client:
            answer = client.post(url, data={"List-Unsubscribe": "One-Click"})
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        found = f"{_host(url)} can't be reached: {type(error).__name__}"
        advice = "Readers can't unsubscribe while it is so. Check newsletter.unsubscribe_url."
        return [Observation(code="one-click", state=State.ERROR, found=found, advice=advice)]
    return [_judge_answer(url, answer.status_code), *_judge_clock(answer.headers.get("date", ""), now)]


def _judge_answer(url: str, status: int) -> Observation:
    found = f"{_host(url)} answers a POST for nobody's token with {status}"
    # What it says to a token that it does not know is its own affair, as long as it takes the POST.
    if status // 100 == 2 or status in (400, 404, 410, 422):
        return Observation(code="one-click", state=State.OK, found=found)
    if status // 100 == 3:
        advice = "It must answer itself: mail programs follow no redirect (RFC 8058 §3.1)."
    elif status in (401, 403):
        advice = "It must work without a login, a cookie or a form's token (RFC 8058 §3.1)."
    elif status == 405:
        advice = "It must take POST with the body List-Unsubscribe=One-Click."
    else:
        advice = "Look into its log: readers can't unsubscribe."
    return Observation(code="one-click", state=State.ERROR, found=found, advice=advice)


def _judge_clock(date: str, now: datetime) -> list[Observation]:
    try:
        there = parsedate_to_datetime(date).astimezone(UTC)
    except (TypeError, ValueError):
        return []
    off = abs(there - now)
    if off > _DRIFT:
        found = f"this machine's clock and the web server's differ by {off}"
        advice = "Set this one by NTP: receivers distrust mail and signatures of another time."
        return [Observation(code="clock", state=State.WARNING, found=found, advice=advice)]
    return [Observation(code="clock", state=State.OK, found="the clock agrees with the web server's")]


def _host(url: str) -> str:
    return httpx2.URL(url).host
