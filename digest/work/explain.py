"""Why an article is in an issue or not, and what would change that, in sentences; from what is on record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from digest.collect.files.folder import KINDS
from digest.collect.files.manuscript import read_manuscript
from digest.collect.files.textfile import NotATextError, read_text_file
from digest.issue.ballot import Ballot, telling_word
from digest.issue.fates import Fate
from digest.model import Term, Why, Window
from digest.project import Project
from digest.text.folding import folded_name
from digest.text.urls import canonical_url
from digest.work.whatif import Change, Choice, full_sections, standing, to_get_in, to_get_out, together_in

_DAY = timedelta(days=1)
_WORDS = re.compile(r"[\w'’-]+")
#: How the address of an article begins that is a file of the project.
FILE = "file:"
#: What is less is shown as 0.00.
_UNSEEN = 0.005
#: Reasons that the choice of stories gives: its settings could have given another.
_CHOSEN_AGAINST = frozenset({Why.BELOW_CUT, Why.SECTION_CAP, Why.SOURCE_CAP, Why.TOPIC_CAP, Why.TOO_WEAK})
_REMEDIES: Mapping[str, str] = {
    Why.MUTED: "Without that word in mute it would be ranked with the others.",
    Why.SENT_BEFORE: "Nothing would bring it in: what was sent is never sent again.",
    Why.NOTHING_NEW: "No setting would bring it in: it is news again once it says more that is new.",
    Why.NO_CONTENT: "With full_text = true for its source, the text of its page would be read.",
    Why.EDITED_OUT: "Put it back into draft.md, or start anew with: digest build --discard-draft",
}
_NOT_ON_RECORD = "What would change that was not noted yet when this issue was built."


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is told of one article."""

    fate: Fate
    #: Whether it is in, and why.
    reason: str
    #: What would change that; "" where it is not known.
    otherwise: str
    #: The settings among it, for those who want to try.
    changes: tuple[Change, ...] = ()
    #: The terms of its score, as far as they are on record.
    terms: tuple[Term, ...] = ()


def meant(fates: Sequence[Fate], written: str) -> tuple[Fate, ...]:
    """The articles that a person means by an id, an address with or without tracking, a file, or words of a title.

    What fits exactly goes before what has it as a piece, and a piece before the same words in another order.
    """
    wanted, canonical = folded_name(written), canonical_url(written)
    file = wanted.removeprefix("./")
    ways: tuple[Callable[[Fate], bool], ...] = (
        lambda fate: wanted in {fate.id, folded_name(fate.title)} or canonical == fate.canonical != "",
        lambda fate: file == folded_name(file_of(fate)) != "",
        lambda fate: any(wanted in folded_name(known) for known in (fate.title, fate.url or "", file_of(fate))),
        lambda fate: set(wanted.split()) <= set(_WORDS.findall(folded_name(fate.title))),
    )
    found = (tuple(filter(way, fates)) for way in ways)
    return next((those for those in found if those), ()) if wanted else ()


def file_of(fate: Fate) -> str:
    """The file that an article stands in, if it has no address; "" where it has one."""
    return fate.canonical.removeprefix(FILE) if fate.canonical.startswith(FILE) else ""


def explanation_of(fate: Fate, fates: Sequence[Fate], ballot: Ballot | None, *, zone: tzinfo) -> Explanation:
    """Say why an article is in or out.

    Args:
        fates: those of the issue, best first.
        ballot: None where an older version of the program built the issue.
        zone: the newsletter's.
    """
    choice = Choice(ballot) if ballot else None
    return replace(_explained(fate, fates, choice, zone), terms=fate.terms or _terms(fate, choice))


def _explained(fate: Fate, fates: Sequence[Fate], choice: Choice | None, zone: tzinfo) -> Explanation:
    ballot = choice.ballot if choice else None
    if fate.fate != "out":
        changes = (*to_get_out(choice, fate.id), *_mute(choice, fate)) if choice else ()
        return Explanation(fate=fate, reason=_in(fate, fates), otherwise=_any_of("out", changes), changes=changes)
    reason = _out(fate, ballot)
    if choice is None or fate.why not in _CHOSEN_AGAINST:
        return Explanation(fate=fate, reason=reason, otherwise=_otherwise(fate, fates, ballot, zone))
    changes = to_get_in(choice, fate.id)
    together = () if changes else together_in(choice, fate.id)
    otherwise = _any_of("in", changes) or _all_of(together, standing(choice, fate.id))
    return Explanation(fate=fate, reason=reason, otherwise=otherwise, changes=changes or together)


def of_full_sections(ballot: Ballot) -> tuple[str, ...]:
    """Say of sections that have no room for stories better than some that are in what would make room."""
    return tuple(
        f"{change.of} is full: {number} more of its stories would be in with {change}."
        for number, change in full_sections(Choice(ballot))
    )


def _terms(fate: Fate, choice: Choice | None) -> tuple[Term, ...]:
    """The terms that its story stood for the choice with, and what the choice took off."""
    candidate = choice.candidate(fate.id) if choice else None
    if candidate is None or fate.score is None:
        return ()
    rest = fate.score - sum(term.value for term in candidate.terms)
    detail = "of its source or on its subject take this off"
    return (*candidate.terms, *([Term(name="stories above", value=rest, detail=detail)] if rest < -_UNSEEN else []))


def _mute(choice: Choice, fate: Fate) -> tuple[Change, ...]:
    """A word that keeps out this article, and few others."""
    candidate = choice.candidate(fate.id)
    if candidate is None or candidate.voices[0].pinned:
        return ()
    leads = candidate.voices[0].article == fate.id
    word = next(iter(candidate.own_words if leads else ()), "") or telling_word(fate.title)
    return (Change(table="pick", key="mute", value=word),) if word else ()


def _in(fate: Fate, fates: Sequence[Fate]) -> str:
    inside = [one for one in fates if one.fate == "in"]
    stories = [one.story for one in inside]
    if fate.fate == "also":
        return f"It is in, below story {_place(fate, stories)}: {fate.detail}."
    if len({one.section for one in inside}) == 1:
        return f"It is in as story {_place(fate, stories)}."
    why = f", because {fate.detail}" if fate.detail else ""
    return f"It is in as story {_place(fate, stories)}, in {fate.section}{why}."


def _place(fate: Fate, stories: Sequence[str]) -> str:
    return f"{stories.index(fate.story) + 1} of {len(stories)}" if fate.story in stories else "of its own"


def _any_of(where: str, changes: Sequence[Change]) -> str:
    return f"It would be {where} with {_listed(changes, 'or')}." if changes else ""


def _all_of(changes: Sequence[Change], place: int) -> str:
    no_single = "No single setting would bring it in"
    if changes:
        return f"{no_single}; {_joined(changes)} together would."
    return f"{no_single}: {place - 1:,} stories stand before it." if place > 1 else f"{no_single}."


def _joined(changes: Sequence[Change]) -> str:
    if all(change.key == "boost" for change in changes):
        return " and ".join(f'"{change.value}"' for change in changes) + " in boost"
    return _listed(changes, "and")


def _listed(changes: Sequence[Change], last: str) -> str:
    *others, final = map(str, changes)
    return f"{', '.join(others)} {last} {final}" if others else final


def _out(fate: Fate, ballot: Ballot | None) -> str:
    detail = fate.detail
    if fate.why == Why.OUTSIDE_WINDOW and ballot:
        detail = _how_far(fate.published, ballot)
    sentence = f"{detail[:1].upper()}{detail[1:]}".rstrip(".")
    return f"It is not in: {fate.why}. {sentence}." if sentence else f"It is not in: {fate.why}."


def _how_far(published: datetime, ballot: Ballot) -> str:
    begin = Window(since=ballot.since, until=ballot.until).begin
    if published < begin:
        return f"It was published {_span(begin - published)} before the window began on {_moment(begin)}"
    return f"It was published {_span(published - ballot.until)} after the window ended on {_moment(ballot.until)}"


def _span(time: timedelta) -> str:
    """ "5 hours", "3 days"."""
    number, unit = (
        (round(time / _DAY), "day") if time >= 2 * _DAY else (max(1, round(time / timedelta(hours=1))), "hour")
    )
    return f"{number} {unit}" if number == 1 else f"{number:,} {unit}s"


def _moment(moment: datetime) -> str:
    return f"{moment:%d %b %Y %H:%M}"


def _otherwise(fate: Fate, fates: Sequence[Fate], ballot: Ballot | None, zone: tzinfo) -> str:
    """What would change it where no value of a setting is known to do it."""
    if fate.why == Why.DUPLICATE:
        return _of_the_other(fate, fates)
    if fate.why == Why.OUTSIDE_WINDOW:
        return _other_window(fate.published, ballot, zone) if ballot else ""
    if fate.why in _CHOSEN_AGAINST:
        return _NOT_ON_RECORD
    return _REMEDIES.get(fate.why, "")


def _other_window(published: datetime, ballot: Ballot, zone: tzinfo) -> str:
    if published > ballot.until:
        return "The next window begins where this one ends: it will be ranked then."
    day = published.astimezone(zone)
    return f"With `digest build --since {day:%Y-%m-%d}` it would be ranked with the others."


def _of_the_other(fate: Fate, fates: Sequence[Fate]) -> str:
    """What became of the article that was kept instead."""
    kept = next(
        (one for one in fates if one.why != Why.DUPLICATE and f'"{one.title}" of {one.publisher}' in fate.detail), None
    )
    if kept is None:
        return "No setting would: of equal texts one is kept."
    return f"The other one is {'in' if kept.fate != 'out' else f'not in either: {kept.why}'}."


def in_files(project: Project, name: str) -> dict[str, str]:
    """The articles in files of the project whose path has this name in it: canonical address → path."""
    found = {}
    for source in project.settings.sources:
        for path in sorted((project.folder / source.folder).rglob("*")) if source.folder else ():
            shown = path.relative_to(project.folder).as_posix()
            kind = KINDS.get(path.suffix.lower())
            if not (kind and folded_name(name) in folded_name(shown)):
                continue
            with suppress(NotATextError):
                text = read_text_file(path).text
                url = read_manuscript(text, kind=kind, zone=project.settings.newsletter.zone).url
                found[canonical_url(url) if url else f"file:{shown}"] = shown
    return found
