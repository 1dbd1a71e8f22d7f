"""What is right for the cases about sources, texts and picking."""

from __future__ import annotations

import email.policy
import re
import shutil
from email.parser import BytesParser
from typing import Any

from trial import Check, Trial, require, shorthand, text_of

Story = dict[str, Any]


def _headline(*wanted: str) -> Check:
    """The stories' headlines hold these."""

    def check(trial: Trial) -> str:
        told = " | ".join(story["headline"] for story in trial.build())
        require(all(one in told for one in wanted), told)
        return told

    return check


def _leads_to(address: str) -> Check:
    def check(trial: Trial) -> str:
        leads = [story["url"] for story in trial.build()]
        require(address in leads, str(leads))
        return f"leads to {address}"

    return check


def _published(*moments: str) -> Check:
    def check(trial: Trial) -> str:
        seen = sorted(story["published"][:16] for story in trial.build())
        require(seen == sorted(moments), str(seen))
        return ", ".join(seen)

    return check


def _served(check: Check) -> Check:
    """The same while the case's own server runs."""

    def serve(trial: Trial) -> str:
        with trial.serving_pages():
            return check(trial)

    return serve


def _has_text(trial: Trial) -> str:
    stories = trial.build()
    bare = [shorthand(story) for story in stories if len(text_of(story)) < 40]
    require(bool(stories) and not bare, f"no text: {bare}")
    return " | ".join(text_of(story)[:60] for story in stories)


def _paragraphs(trial: Trial) -> str:
    text = text_of(trial.build()[0])
    require(text.startswith("The keeper mounts a wheel"), text)
    require("|" not in text and "Home Archive" not in text, text)
    return text[:100]


def _mail_subject(trial: Trial) -> str:
    """The subject in the charset that the mail names for its text."""
    raw = next(trial.folder.glob("*.eml")).read_bytes()
    subject = re.search(rb"(?mi)^Subject: (.*?)\r?$", raw)
    charset = BytesParser(policy=email.policy.default).parsebytes(raw).get_content_charset() or ""
    wanted = (subject[1] if subject else b"").decode(charset)
    with trial.serving("serve.py") as printed:
        # It prints its port once that stands in digest.toml.
        printed.readline()
        ran = trial.digest("build", "--since", "2026-11-20", environ={"IMAP_PASSWORD": "swordfish"})
    require(ran.code == 0, ran.said)
    told = trial.stories()[0]["headline"]
    require(told == wanted, f"{told!r}, not {wanted!r}")
    return told


def _refreshed(trial: Trial) -> str:
    trial.digest("send", "--yes", at="2026-11-30 08:01:00")
    first = {story["url"] for story in trial.stories()}
    shutil.copy(trial.folder / "feed-next-week.xml", trial.folder / "feed.xml")
    ran = trial.digest("send", "--yes", at="2026-12-07 08:01:00")
    later = [story for story in trial.stories() if story["url"] not in first]
    require(ran.code == 3 and not later, f"exit {ran.code}: {[shorthand(story) for story in later]}")
    return f"a week later: exit {ran.code}, {ran.said[:120]}"


def _letters(trial: Trial) -> str:
    told = [story["headline"] for story in trial.build()]
    require(len(told) == 2, f"{len(told)} of 2 letters: {told}")
    shutil.copy(trial.folder / "feed.xml", trial.folder / "both.xml")
    shutil.copy(trial.folder / "feed-week-1.xml", trial.folder / "feed.xml")
    for name in ("issues", "outbox"):
        shutil.rmtree(trial.folder / name, ignore_errors=True)
    (trial.folder / "digest.db").unlink()
    trial.digest("send", "--yes", at="2026-11-25 08:00:00")
    first = [story["url"] for story in trial.stories()]
    shutil.copy(trial.folder / "both.xml", trial.folder / "feed.xml")
    ran = trial.digest("send", "--yes")
    second = [story["url"] for story in trial.stories()]
    require(ran.code == 0 and bool(set(second) - set(first)), f"exit {ran.code}: {ran.said}")
    return "both letters are in, together and one a week"


def _thai(trial: Trial) -> str:
    longest = max(len(text_of(story)) for story in trial.build())
    # 60 words of Thai are some 300 letters; 8 to a word is generous.
    require(longest <= 480, f"a summary of {longest} letters")
    return f"at most {longest} letters"


def _muted(trial: Trial) -> str:
    told = [story["headline"] for story in trial.build()]
    require(not any("sparta" in headline.lower() for headline in told), str(told))
    return f"in: {told}"


def _bare_tags(trial: Trial) -> str:
    told = [story["headline"] for story in trial.build()]
    require(any("b" in re.findall(r"\W(b)\W", headline) for headline in told), str(told))
    return " | ".join(told)


COLLECTING: dict[str, Check] = {
    "atom-link-before-link": _leads_to("https://gazette.example/clock"),
    "c1-character-references": _headline("The Clark’s kiosk closes – but not for good"),
    "comment-datepublished": _served(_published("2026-11-27T00:00")),
    "content-encoding-utf-8": _served(_has_text),
    "escaped-cdata": _has_text,
    "layout-table-page": _served(_paragraphs),
    "mail-subject-raw-8bit": _mail_subject,
    "offsets-in-pubdate": _published("2026-11-29T10:00", "2026-11-29T01:10", "2026-11-30T04:21", "2026-11-29T00:15"),
    "page-charset-in-http-header": _served(_headline("Мост через гавань снова открыт")),
    "pubdate-is-time-of-refresh": _refreshed,
    "redirect-to-address-with-space": _served(_has_text),
    "standing-introduction": _letters,
    "tags-in-a-title-of-text": _bare_tags,
    "thai-summary-without-end": _thai,
    "turkish-dotless-i": _muted,
    "xml-base-on-entry": _leads_to("https://gazette.example/ongoing/When/202x/2026/11/29/Otters"),
}
