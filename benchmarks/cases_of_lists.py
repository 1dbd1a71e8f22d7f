"""What is right for the cases about lists of subscribers."""

from __future__ import annotations

import shutil

from trial import Check, Trial, require


def _mails(*people: str) -> Check:
    """Who is mailed, and nobody else, once the list has been checked."""

    def check(trial: Trial) -> str:
        checked = trial.digest("subscribers", "check")
        rehearsed = trial.digest("send", "--dry-run")
        sent = trial.digest("send", "--yes")
        mailed = trial.mailed()
        require(mailed == set(people), f"mailed {sorted(mailed)}; check exits {checked.code}: {checked.said}")
        require("OPTIN" not in checked.said, f"names a column that tells nothing: {checked.said}")
        return f"mailed {sorted(mailed)}; check {checked.code}, dry run {rehearsed.code}, send {sent.code}"

    return check


def _short_rows(trial: Trial) -> str:
    checked = trial.digest("subscribers", "check")
    require("39 active" in checked.said or "40 active" in checked.said, checked.said)
    require(checked.code == 0, f"exit {checked.code}: {checked.said}")
    # The same rows with every cell, then as the spreadsheet saves them, while their issue is on its way.
    path = trial.folder / "subscribers" / "readers.csv"
    short = path.read_text("utf-8")
    header, *rows = short.splitlines()
    cells = header.count(",")
    whole = "\n".join([header, *(row + "," * (cells - row.count(",")) for row in rows)])
    path.write_text(whole + "\n", "utf-8")
    with (trial.folder / "digest.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[send]\nper_day = 10\n")
    trial.digest("send", "--yes")
    path.write_text(short, "utf-8")
    again = trial.digest("send", "--yes", at="2026-12-02 08:00:30")
    require("skipped" not in again.said, again.said)
    require(len(trial.mailed()) == 20, f"{len(trial.mailed())} of 20 mailed after two days: {again.said}")
    return f"{checked.said[:60]} ...; 20 mailed after two days of 10"


def _renamed(trial: Trial) -> str:
    trial.digest("send", "--yes")
    lists = trial.folder / "subscribers"
    shutil.move(lists / "readers.csv", lists / "members.csv")
    trial.replace("digest.toml", '"readers"', '"members"')
    again = trial.digest("send", "--yes")
    require(again.code == 0, f"exit {again.code}: {again.said}")
    before = len(trial.written())
    require(before == 3, f"{before} messages after the same week's second run")
    trial.add_article("The ferry has a new captain", "The ferry has a new captain since Sunday. She is from Selm.")
    later = trial.digest("send", "--yes", at="2026-12-08 08:00:00")
    require(later.code == 0 and len(trial.written()) == 6, f"exit {later.code}, {len(trial.written())}: {later.said}")
    return "3 mailed, nobody twice, and 3 the week after"


def _listmonk(trial: Trial) -> str:
    checked = trial.digest("subscribers", "check")
    sent = trial.digest("send", "--yes")
    mailed = trial.mailed()
    told = "blocklisted" in checked.said and "disabled" in checked.said
    require(mailed == {"kai"} or (told and sent.code == 4 and not mailed), f"{sorted(mailed)}: {checked.said}")
    return f"mailed {sorted(mailed)}; {checked.said[:120]}"


LISTS: dict[str, Check] = {
    "excel-trailing-commas": _short_rows,
    "export-brevo": _mails("kai"),
    "export-listmonk": _listmonk,
    "export-mailchimp-cleaned": _mails(),
    "export-mailchimp-contacts": _mails("kai"),
    "export-mailchimp-unsubscribed": _mails(),
    "export-substack": _mails("kai"),
    "list-renamed-blocks-all": _renamed,
    "us-state-column": _mails("kai", "lou"),
}
