"""Text without what does not belong in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.text.clean import clean_line, clean_paragraphs


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("  a \t b\n\nc ", "a b c"),
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("bell\x07 null\x00 escape\x1b[31m", "bell null escape[31m"),
        ("zero\u200bwidth\ufeff soft\u00adhyphen", "zerowidth softhyphen"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066isolated\u2069 \u200fmark", "isolated mark"),
        ("hidden\U000e0041\U000e0042 tags", "hidden tags"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("z" + "\u0301" * 30, unicodedata.normalize("NFC", "z" + "\u0301" * 5)),
        ("It\x92s \x93over\x94 \x96 again\x85", "It’s “over” – again…"),
        ("no\x81thing\x8d \x90at\x9d all", "nothing at all"),
        ("Subject\r\nBcc: x@example.org", "Subject Bcc: x@example.org"),
    ],
)
def test_what_does_not_belong_in_a_line_goes(written: str, cleaned: str) -> None:
    assert clean_line(written) == cleaned


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "👩\u200d🚀", "Việt Nam", "Łódź", "日本語", "naïve"])
def test_what_a_language_needs_stays(text: str) -> None:
    assert clean_line(text) == text


def test_joiners_between_nothing_go() -> None:
    assert clean_line("a \u200d b\u200c c\u200c\u200c\u200cd") == "a b c\u200cd"


def test_paragraphs_end_at_blank_lines_only() -> None:
    assert (
        clean_paragraphs(" one\nline \r\n \r\n\r\n two\u2029three\u2028 lines\n\n\n")
        == "one line\n\ntwo\n\nthree lines"
    )


def test_an_item_of_a_list_is_a_paragraph() -> None:
    assert clean_paragraphs("In May:\r\n* rain,\r\n  as ever\r\n* wind") == "In May:\n\n* rain, as ever\n\n* wind"


@given(st.text())
@example("- a\x85\u200b- b\r- c\nA\nB\nC")
@example("\u200d\u200c")
@example("\x85\u2029\u2028\x0b\x0c\r\r\n")
def test_a_cleaned_text_is_clean(text: str) -> None:
    line, paragraphs = clean_line(text), clean_paragraphs(text)
    assert clean_line(line) == line
    assert clean_paragraphs(paragraphs) == paragraphs
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in line)
    assert all(part and part == clean_line(part) for part in paragraphs.split("\n\n") if paragraphs)
    assert line.encode("utf-8") is not None
