"""What a language's file may hold: its tables, the keys in each, and what stands under a key.

`python -m digest.languages` prints which language lacks what.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

#: What stands under a key: a list of words and phrases; a list of regular expressions, which are matched without
#: regard to case where a comment does not say otherwise; a list of texts in small letters that are looked for first,
#: each with such an expression behind " :: " where the text is not enough; or one text.
Kind = Literal["words", "patterns", "searches", "text"]


class SchemaKey(NamedTuple):
    """What stands under a key, and whether a language may do without it."""

    kind: Kind
    optional: bool = False


def _entries(keys: str, kind: Kind) -> dict[str, SchemaKey]:
    """Keys by their names; one with a question mark is one that a language may lack."""
    return {key.removesuffix("?"): SchemaKey(kind, key.endswith("?")) for key in keys.split()}


def _words(keys: str) -> dict[str, SchemaKey]:
    return _entries(keys, "words")


def _patterns(keys: str) -> dict[str, SchemaKey]:
    return _entries(keys, "patterns")


def _texts(keys: str) -> dict[str, SchemaKey]:
    return _entries(keys, "text")


SCHEMA: Mapping[str, Mapping[str, SchemaKey]] = MappingProxyType(
    {
        # Headers of a list: what a column holds.
        "columns": _words("email address? name? first_name last_name topics status state? reason? kind tags"),
        # Headers: by a yes, a date or a reason the column says that somebody must not be mailed.
        "leaving": _words("unsubscribed bounced complained paused pending off"),
        # Headers: by a yes the column says that somebody is mailed.
        "staying": _words("subscribed active agreed confirmed"),
        # Headers: what turns the meaning of those. Words for what is counted are English ones everywhere.
        "modifiers": _words("never detail time other_ways this_way mail elsewhere counted?"),
        # Cells: where somebody stands.
        "statuses": _words("active regular pending paused unsubscribed bounced complained anywhere"),
        # Cells: yes, no, a mark in a column of marks, and what people write where there is nothing.
        "booleans": _words("yes no mark? nothing"),
        # Texts: words that say nothing about the subject.
        "stop_words": _words("words"),
        # Texts: words that turn a sentence into its opposite, without accents and in small letters.
        "denials": _patterns("words"),
        # Texts: where a sentence goes on behind a full stop and where it does not, with regard to case.
        "sentences": _patterns(
            "titles elided_titles? before_numbers? before_ordinals? half_days? zones? closers? says?"
        )
        | _words("openers?")
        | _texts("stop?"),
        # Texts: marks that open a quotation in few languages, words whose apostrophe opens none.
        "quotes": _words("openers? dropped?"),
        # Texts: what forms of a word differ in at its end, and what stands before an apostrophe.
        "stems": _patterns("endings?"),
        "elisions": _words("words?"),
        # Headlines, as sites write them, and what they put before and behind one.
        "headlines": _words("acronyms? before_us? site_words?") | _patterns("parts behind_who? small_endings?"),
        "bait": _patterns("labels? alarms kinds? promises? common_promises? tickers?") | _words("shouts?"),
        # Dates: rows of twelve names with blanks between them, and what is written in front of one.
        "months": _words("names prefixes? persian?"),
        # Dates: what stands beside numbers and names of months.
        "dates": _patterns("ordinals? ordinals_behind_month? of_month? of_year? before_time? hours? units? feed_units?")
        | _patterns("forenoon? afternoon? changed")
        | _words("before_month? before_year? eras?"),
        # Pages: what stands around an article.
        "furniture": _patterns(
            "calls words_that_call? pictures? picture_kinds? picture_sources? captions? credit_labels?"
        )
        | _patterns("wires? bylines promotions? labels counters? elapsed? date_labels? legal?")
        | _patterns("comments comment_calls? comment_counts? boxes? behind_names?"),
        # Feeds: what stands around an article's words, in small letters.
        "feeds": _words("no_category?") | _patterns("posts? first_published? paragraphs? invitations"),
        # Notes of podcasts and videos.
        "recordings": _patterns("calls headings heading_openers? heading_tails?"),
        # Titles of pages that are served in an article's place.
        "walls": _patterns("titles"),
        # Newsletters in a mailbox.
        "letters": _words("reply_marks?")
        | _patterns("confirming? subscriptions? codes? leaving furniture greetings in_browser?"),
        # Posts of Mastodon, Bluesky and their like.
        "posts": _patterns("warnings reposted? reposted_behind_name?"),
        # The mail: the theme's own phrases. Months only where they are others than the first row of names.
        "mail": _texts("long_date short_date first_day? issue reading_time watching_time listening_time greeting")
        | _texts("nameless_greeting only_section catch_all note also comma colon? more update why unsubscribe")
        | _words("months?"),
        # How a language is written.
        "script": _texts("spaceless? capital_nouns?") | _words("question_marks?"),
        # Sentences: numbers in words; rows are a number and its words.
        "numerals": _words("counts tens others? magnitudes? attached? attached_characters? percent?")
        | _texts("point? grouping?"),
        "currencies": _words("dollar? euro? pound? yen? rupee? rouble? zloty? franc?"),
        # Sentences: days, months that are written otherwise than in dates, and spans of time.
        "calendar": _words("days relative_days short_months? capital_months? spans"),
        # Sentences: words before a number that bound it.
        "bounds": _words("over least nearly under most"),
        # Sentences: what people are called beside their names.
        "roles": _words("words"),
        # Sentences: words that must not get into a summary unless the article has one of their kind.
        "grave": _patterns(
            "death injury murder fraud abuse theft terror crime guilt arrest charge drink sinking resignation "
            "dismissal bankruptcy"
        ),
        # Sentences: what gives a cause in a summary, and what else an article may give it by.
        "causes": _patterns("because others"),
        # What is no part of a name in scripts without capitals.
        "caseless": _texts("particles?") | _patterns("prefixes?"),
        # Sentences: how one begins that leans on the sentence before it.
        "openings": _patterns("connectives pronouns turns free? background? points_back? definite? unnamed? tied?")
        | _patterns("persons?")
        | _words("ordinary?"),
        "leaning": _patterns("after? whom? says? that? such people? which? acts? then?"),
        # Sentences: how one ends in who says so.
        "speakers": _patterns("says before? before_any? behind? where? endings?"),
        # Sentences in which an author talks to the readers.
        "talk": _words("persons numbered?") | _patterns("persons_within? requests? verbs? objects?"),
        # Sentences: when they speak.
        "timing": _words("own_day long_ago"),
        # Sentences: what they take as given.
        "given": _texts("definite? introduced? known?") | _words("verbs?"),
        # What stands around names.
        "names": _words("titles? polite? endings?"),
        # Headlines: what tells of what is to come.
        "announcing": _patterns("words"),
        # Articles: by which words an author speaks of him- or herself.
        "diaries": _words("author"),
        # Headlines and addresses of what is no report.
        "forms": _patterns(
            "advertisement? quiz? horoscope? viewing? links? release? part? pictures? live? opinion? tips?"
        ),
        "form_paths": _words("advertisement? quiz? horoscope? links? pictures? live? opinion?"),
        # Its name, by which models are asked for it.
        "language": _texts("english_name"),
        # What a model's sentences may not say to a reader, and what no story says to a model.
        "reader": _patterns("persons calls first_person?") | _words("no_calls?"),
        "machine": _patterns("phrases? ignore? instructions?"),
        # Sentences that publishers put around a story.
        "notices": _patterns("labels? labels_within? begins?")
        | _entries("holds?", "searches")
        | _words("by? name_parts?"),
    }
)
