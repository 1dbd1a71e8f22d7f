import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.issue.markup import (
    escape_headline,
    escape_line,
    link,
    match_link,
    plain,
    unescape,
    without_comments,
    written_url,
)

TEXT = st.text(st.sampled_from('ab#-*_[]()<>!\\"{}: \tAlsohtp/.é')).map(plain)


@given(TEXT)
def test_an_escaped_line_reads_back_as_it_was(text):
    assert unescape(escape_line(text)) == text


@given(TEXT)
def test_an_escaped_headline_reads_back_as_it_was_and_holds_no_id(text):
    assert unescape(escape_headline(text)) == text


@given(TEXT, TEXT, TEXT)
def test_a_link_reads_back_as_it_was(text, url, title):
    assert match_link(link(text, url, title) + " and more")[:3] == (text, written_url(url), title)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Nothing to see.", "Nothing to see."),
        ("3 < 4 - 5 * 6 [sic] (yes) #tag", "3 < 4 - 5 * 6 [sic] (yes) #tag"),
        ("# is a hash", "\\# is a hash"),
        ("---", "\\---"),
        ("[sic]", "\\[sic]"),
        ("Also: the mayor", "Also\\: the mayor"),
        ("https://example.org", "https\\://example.org"),
        ("a <!-- note", "a \\<!-- note"),
        ("C:\\new", "C\\:\\\\new"),
    ],
)
def test_a_backslash_is_written_only_where_it_is_needed(text, escaped):
    assert escape_line(text) == escaped


def test_a_backslash_before_a_letter_is_a_backslash():
    assert unescape("C:\\new \\# \\\\") == "C:\\new # \\"


@pytest.mark.parametrize("line", ["[a]", "[a](b c)", "(a)[b]", "[a](b", "a [b](c)"])
def test_what_is_no_link_is_not_taken_for_one(line):
    assert match_link(line) is None


def test_notes_are_taken_out_and_lines_keep_their_numbers():
    assert without_comments("a <!-- b\nc --> d\n\\<!-- e") == ("a \n d\n\\<!-- e", None)


def test_a_note_without_end_is_found_where_it_begins():
    assert without_comments("ab <!-- c\nd")[1] == 3
