import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.audience.cells import MAX_NAME
from digest.audience.columns import Columns
from digest.audience.meanings import STATUSES, meaning
from digest.audience.rows import full_name, read_row
from digest.audience.statuscolumns import ColumnKind, StatusColumn
from digest.audience.survey import StatusReader
from digest.model import BadRow, Subscriber

COLUMNS = Columns(count=4, email=0, names=(1,), topics=3)
STATUS = StatusColumn(index=2, name="status", kind=ColumnKind.STATUS)
READERS = [StatusReader(index=2, name="status", status_of=lambda cell: meaning(cell, STATUS))]


def row(email="ada@example.org", name="", status="", topics=""):
    return read_row([email, name, status, topics], COLUMNS, READERS, line=7)


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
        ({"status": "frozen"}, "the column “status” holds “frozen”, which is none of active, bounced, complained"),
        ({"name": "Unsubscribed"}, "the name says that somebody has left"),
        ({"topics": "a\nb"}, "the list of topics holds a line break"),
    ],
)
def test_a_row_that_cannot_be_mailed_says_why(cells, problem):
    bad = row(**cells)
    assert isinstance(bad, BadRow)
    assert bad.line == 7
    assert problem in bad.problem


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["ada@example.org", "Ada", "", "", "what?"], "the header has 4 cells and the row 5"),
        (["ada@example.org", "cancelled"], "what belongs into one stands in another"),
        (["ada@example.org", "bob@example.org"], "what belongs into one stands in another"),
        ([], "the address is missing"),
    ],
)
def test_a_row_of_another_length_is_bad_where_its_cells_may_have_slipped(cells, problem):
    assert problem in read_row(cells, COLUMNS, READERS, line=3).problem


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_row_that_lacks_empty_cells_at_its_end_is_whole(count):
    cells = ["ada@example.org", "Ada", "active", ""]
    whole = read_row(cells, COLUMNS, READERS, line=3)
    assert read_row(cells[:count], COLUMNS, READERS, line=3).status == whole.status == "active"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (["Ada", "Lovelace"], "Ada Lovelace"),
        (["", "Lovelace"], "Lovelace"),
        (["Ada", "Ada Lovelace"], "Ada Lovelace"),
        (["Ada Lovelace", "Lovelace"], "Ada Lovelace"),
        ([], ""),
    ],
)
def test_first_and_last_name_are_one(parts, name):
    assert full_name(parts) == name


def test_empty_cells_at_the_end_do_no_harm():
    assert isinstance(read_row(["ada@example.org", "", "", "", "", " "], COLUMNS, line=3), Subscriber)


def test_a_list_needs_no_other_column_than_the_address():
    assert read_row(["x", "ada@example.org"], Columns(count=2, email=1), line=2).status == "active"


def test_topics_are_clean_text():
    assert row(topics="\u202escience;\u200b; local\u00a0news ").topics == ("science", "local news")


def test_a_formula_is_a_name_like_any_other():
    assert row(name="=cmd|' /C calc'!A0").name == "=cmd|' /C calc'!A0"


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_cells_are_a_subscriber_or_a_bad_row(cells):
    entry = read_row(cells, COLUMNS, line=1)
    if isinstance(entry, Subscriber):
        assert (entry.email + entry.name).isprintable() or not entry.name.isascii()
        assert not any(c in entry.email + entry.name for c in "\r\n\0\u2028\u202e")
    else:
        assert entry.problem
