from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.files.frontmatter import split_front_matter


def test_keys_between_dashes_are_read():
    matter = split_front_matter("---\ntitle: The tide: a report  # final\ndate: 2026-02-19\n---\n\nThe text.\n")

    assert matter.values == {"title": "The tide: a report", "date": "2026-02-19"}
    assert matter.body.strip() == "The text."
    assert matter.problems == ()


def test_toml_between_pluses_is_read():
    matter = split_front_matter(
        '+++\ntitle = "Tide"\ndate = 2026-02-19T10:00:00Z\ntags = ["sea", "moon"]\n+++\nThe text.'
    )

    assert matter.text("title") == "Tide"
    assert matter.text("date") == "2026-02-19 10:00:00+00:00"
    assert matter.words("tags") == ("sea", "moon")


@pytest.mark.parametrize(
    "written",
    [
        "tags: [sea, 'the moon']",
        'tags: ["sea", "the moon"]',
        "tags:\n- sea\n- the moon",
        "tags:\n  - sea\n  - the moon",
    ],
)
def test_a_list_is_read_in_brackets_or_as_lines(written):
    assert split_front_matter(f"---\n{written}\n---\n").words("tags") == ("sea", "the moon")


def test_a_comma_in_quotes_does_not_end_an_item():
    assert split_front_matter('---\ntags: ["sea, salt", moon]\n---\n').words("tags") == ("sea, salt", "moon")


def test_words_are_taken_apart_at_commas_and_listed_once():
    matter = split_front_matter("---\ntags: sea, moon\ncategories: [moon]\n---\n")

    assert matter.words("tags", "categories") == ("sea", "moon")


def test_a_broken_line_is_reported_with_its_number_and_the_others_are_read():
    matter = split_front_matter("---\ntitle: Tide\nno key here\nauthor: Rosa\n---\nThe text.")

    assert matter.problems == ((3, '"no key here" is no "key: value" line: it is skipped'),)
    assert matter.text("author") == "Rosa"
    assert matter.body == "The text."


def test_yaml_beyond_key_and_value_is_reported_once():
    matter = split_front_matter("---\ntitle: >\n  Tide\n  and moon\nauthor: Rosa\n---\n")

    assert [line for line, _ in matter.problems] == [2]
    assert matter.values == {"author": "Rosa"}


def test_the_first_of_two_equal_keys_counts():
    matter = split_front_matter("---\ntitle: Tide\ntitle: Moon\n---\n")

    assert matter.text("title") == "Tide"
    assert [line for line, _ in matter.problems] == [3]


def test_broken_toml_is_reported_with_its_line_and_the_text_is_kept():
    matter = split_front_matter('+++\ntitle = "Tide"\ndate = nonsense\n+++\nThe text.')

    assert [line for line, _ in matter.problems] == [3]
    assert matter.body == "The text."


def test_front_matter_that_is_never_closed_is_reported_and_read_as_text():
    matter = split_front_matter("---\ntitle: Tide\n\nThe text.")

    assert [line for line, _ in matter.problems] == [1]
    assert "The text." in matter.body


def test_a_rule_above_a_text_is_no_front_matter():
    text = "---\nThe text begins below a rule.\n"

    assert split_front_matter(text).body == text


@given(st.text())
def test_any_text_comes_back_whole_or_split(text):
    matter = split_front_matter(text)

    assert matter.body == text or text.startswith(("---", "+++"))


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,10}", fullmatch=True), st.text(st.sampled_from("aZ9é ж-:#,"), min_size=1))
)
def test_what_was_written_is_read_back(values):
    written = "\n".join(f'{key}: "{value}"' for key, value in values.items())
    matter = split_front_matter(f"---\n{written}\n---\nThe text.")

    assert matter.values == {key: " ".join(value.split()) for key, value in values.items()}
    assert matter.problems == ()
