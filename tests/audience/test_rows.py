import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.audience.rows import MAX_NAME, STATUSES, Columns, clean_name, find_columns, guard, read_row, shown
from digest.model import BadRow, Subscriber

COLUMNS = Columns(count=4, email=0, name=1, status=2, topics=3)


def row(email="ada@example.org", name="", status="", topics=""):
    return read_row([email, name, status, topics], COLUMNS, line=7)


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["email"], Columns(count=1, email=0)),
        (["Name", "E-Mail"], Columns(count=2, email=1, name=0)),
        (["E-mail Address", "FULL NAME", "State", "Tags"], Columns(count=4, email=0, name=1, status=2, topics=3)),
        (["address", "email_address"], Columns(count=2, email=1)),
        (["note", "Mail", "", ""], Columns(count=4, email=1)),
    ],
)
def test_columns_are_known_by_their_names(header, columns):
    assert find_columns(header) == columns


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (["name", "phone"], "no column is called “email”; there are: name, phone"),
        (["email", "E-Mail"], "2 columns are called “email”"),
        (["ada@example.org", "Ada"], "here stands an address instead of the columns' names"),
        (["\x1b[31mred\x1b[0m"], r"there are: \[31mred \[0m"),
    ],
)
def test_a_header_without_one_column_of_addresses_is_refused(header, problem):
    with pytest.raises(ValueError, match=problem):
        find_columns(header)


def test_a_row_is_a_subscriber():
    assert row(" Ada@Example.org\u00a0", "  Ada  Lovelace ", "ACTIVE", "science; local,science|") == Subscriber(
        email="Ada@example.org", name="Ada Lovelace", status="active", topics=("science", "local"), line=7
    )


@pytest.mark.parametrize("status", sorted(STATUSES))
def test_every_status_is_kept(status):
    assert row(status=f" {status.title()} ").status == status


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"email": ""}, "the address is missing"),
        ({"email": " \u200b"}, "the address is missing"),
        ({"email": "nobody"}, "not an address: an email address must have an @-sign"),
        ({"email": "Ada <ada@example.org>"}, "the cell holds more than an address; a name has its own column"),
        ({"email": "a@example.org, b@example.org"}, "the cell holds several addresses; each has its own row"),
        ({"email": "ada@example.org\r\nBcc: eve@example.org"}, "a line break or another control character"),
        ({"email": "ada@example.org\n"}, "a line break or another control character"),
        ({"email": "ada@example.org\0"}, "the address holds a NUL"),
        ({"email": "\u202eada@example.org"}, "not an address: the email address contains unsafe characters"),
        ({"email": "ad\udce9@example.org"}, "the address holds bytes that are not text in the file's encoding"),
        ({"name": "Ada\nBcc: eve@example.org"}, "the name holds a line break or another control character"),
        ({"name": "Ada\u2028Eve"}, "the name holds a line break or another control character"),
        ({"name": "Ada\x85Eve"}, "the name holds a line break or another control character"),
        ({"name": "Jos\udce9"}, "the name holds bytes that are not text in the file's encoding"),
        ({"name": "a" * (MAX_NAME + 1)}, f"the name has {MAX_NAME + 1} characters"),
        ({"status": "yes please"}, "the status is none of active, bounced, complained, paused, pending, unsubscribed"),
        ({"topics": "a\nb"}, "the list of topics holds a line break"),
    ],
)
def test_a_row_that_cannot_be_mailed_says_why(cells, problem):
    bad = row(**cells)
    assert isinstance(bad, BadRow)
    assert bad.line == 7
    assert problem in bad.problem


@pytest.mark.parametrize("cells", [["ada@example.org"], ["ada@example.org", "Ada", "", "", "what?"], []])
def test_a_row_of_another_length_is_bad(cells):
    bad = read_row(cells, COLUMNS, line=3)
    assert bad.problem == f"the header has 4 cells and the row {len(cells)}"


def test_empty_cells_at_the_end_do_no_harm():
    assert isinstance(read_row(["ada@example.org", "", "", "", "", " "], COLUMNS, line=3), Subscriber)


def test_a_list_needs_no_other_column_than_the_address():
    assert read_row(["x", "ada@example.org"], Columns(count=2, email=1), line=2).status == "active"


def test_topics_are_clean_text():
    assert row(topics="\u202escience;\u200b; local\u00a0news ").topics == ("science", "local news")


def test_a_formula_is_a_name_like_any_other():
    assert row(name="=cmd|' /C calc'!A0").name == "=cmd|' /C calc'!A0"


def test_a_name_cannot_turn_the_greeting_around():
    assert clean_name("\u202eadA\u2066 \u200bLovelace\ufeff") == "adA Lovelace"


def test_a_persian_name_keeps_its_joiner():
    assert clean_name("علی\u200cرضا") == "علی\u200cرضا"


@given(st.text(max_size=60))
def test_a_guarded_name_is_read_as_it_was_and_is_no_formula(text):
    try:
        name = clean_name(text)
    except ValueError:
        return
    assert clean_name(guard(name)) == clean_name(name)
    assert not guard(name).startswith(("=", "+", "-", "@"))


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_cells_are_a_subscriber_or_a_bad_row(cells):
    entry = read_row(cells, COLUMNS, line=1)
    if isinstance(entry, Subscriber):
        assert (entry.email + entry.name).isprintable() or not entry.name.isascii()
        assert not any(c in entry.email + entry.name for c in "\r\n\0\u2028\u202e")
    else:
        assert entry.problem


@given(st.text())
def test_what_is_shown_is_one_short_printable_line(text):
    line = shown(text)
    assert len(line) <= 80
    assert len(line.splitlines()) <= 1
    assert "\x1b" not in line
    line.encode()
