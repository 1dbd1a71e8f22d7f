import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.audience.rows import STATUSES, clean_name
from digest.audience.subscribers import MAX_REPORTED, ListChange, active_keys, add, check, read, remove
from digest.errors import UnclearListError, UsageError
from digest.model import BadRow, Subscriber


@pytest.fixture
def write(tmp_path):
    """Writes a list and gives its path."""

    def write(content: str | bytes):
        path = tmp_path / "weekly.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def told(path):
    """What stands on which line: an address or a problem."""
    return {row.line: row.email if isinstance(row, Subscriber) else row.problem for row in read(path)}


# --- reading ----------------------------------------------------------------------------------------------------


def test_a_list_is_read_row_by_row(write):
    path = write("email,name,status,topics\nada@example.org,Ada,active,science; local\nnobody,Nobody,,\n")
    assert list(read(path)) == [
        Subscriber(email="ada@example.org", name="Ada", topics=("science", "local"), line=2),
        BadRow(
            line=3,
            content="nobody",
            problem="not an address: an email address must have an @-sign",
            kind="not an address",
            column="email",
        ),
    ]


def test_an_address_is_mailed_once_however_it_is_written(write):
    path = write("email\nAda@example.org\nada@EXAMPLE.org\nzoë@bücher.example.com\nZOË@xn--bcher-kva.example.com\n")
    assert told(path) == {
        2: "Ada@example.org",
        3: "the same address as on line 2",
        4: "zoë@xn--bcher-kva.example.com",
        5: "the same address as on line 4",
    }


@pytest.mark.parametrize("status", sorted(STATUSES - {"active"} | {"Unsubscribed ", "no thanks"}))
def test_who_left_anywhere_in_the_list_is_not_mailed_because_of_another_row(write, status):
    path = write(f"email,status\nada@example.org,active\nADA@example.org,{status}\nada@example.org,\n")
    active = [row for row in read(path) if isinstance(row, Subscriber) and row.status == "active"]
    assert active == []
    assert told(path)[2] == "the same address is not active on line 3"


def test_a_row_with_a_nul_is_bad_wherever_it_stands(write):
    path = write(b"email,note\na@example.org,x\0y\nb\0@example.org,\nc@example.org,\n")
    assert told(path) == {2: "the row holds a NUL", 3: "the row holds a NUL", 4: "c@example.org"}


@pytest.mark.parametrize(
    "left",
    [
        "anna@example.org,unsubscribed",
        "anna@example.org,unsubscribed\r",
        'anna@example.org,"Anna,unsubscribed,',
        "anna@example.org,Anna,gone for good,",
        "anna@example.org,Anna,unsubscribed,,,x",
    ],
)
def test_a_row_that_cannot_be_mailed_still_says_that_somebody_left(write, left):
    active = "anna@example.org,Anna,active,x\n"
    for rows in (f"{active}{left}\n", f"{left}\n{active}"):
        assert all(isinstance(row, BadRow) for row in read(write("email,name,status,topics\n" + rows)))


def test_a_row_that_lacks_cells_and_says_nothing_of_leaving_spoils_no_other(write):
    path = write("email,name,status,topics\nanna@example.org,Anna,active,x\nanna@example.org,Anna\n")
    assert [type(row) for row in read(path)] == [Subscriber, BadRow]


def test_a_broken_byte_spoils_its_own_row_only(write):
    path = write("email,name\na@example.org,Zoë\n".encode() + b"b@example.org,Jos\xe9\nc@example.org,C\n")
    assert told(path)[3] == "the name holds bytes that are not text in the file's encoding"
    assert [row.content for row in read(path) if isinstance(row, BadRow)] == ["b@example.org"]


def test_excels_own_encoding_is_read(write):
    path = write("E-Mail;Name\r\na@example.org;Zoë Müller\r\n".encode("cp1252"))
    assert [row.name for row in read(path)] == ["Zoë Müller"]
    [note] = check(path).notes
    assert "Windows-1252" in note


def test_a_header_cannot_be_smuggled_in_through_a_cell(write):
    path = write('email,name\n"a@example.org\nBcc: eve@example.org",A\nb@example.org,"B\r\nBcc: eve@example.org"\n')
    assert all(isinstance(row, BadRow) for row in read(path))
    assert list(told(path)) == [2, 4]


def test_a_list_that_cannot_be_read_says_so_before_the_first_row(write):
    path = write("# ours\nname,phone\nAda,123\n")
    with pytest.raises(UsageError, match=r"weekly\.csv:2: no column is called “email”") as error:
        read(path)
    assert "email,name,status,topics" in error.value.hint


def test_a_check_counts_every_row_and_keeps_the_first_bad_ones(write):
    rows = ["ada@example.org,active", "bob@example.org,bounced", *["x,"] * (MAX_REPORTED + 5)]
    audit = check(write("email,status\n" + "\n".join(rows)))
    assert audit.statuses == {"active": 1, "bounced": 1}
    assert (audit.bad, len(audit.bad_rows), audit.bad_rows[0].line) == (MAX_REPORTED + 5, MAX_REPORTED, 4)


@given(body=st.binary(max_size=300) | st.text('a@b.org,"\n;# é', max_size=120).map(str.encode))
def test_any_file_is_read_to_its_end(tmp_path_factory, body):
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(b"email,name,status\n" + body)
    try:
        lines = [row.line for row in read(path)]
    except UnclearListError:
        return
    assert lines == sorted(set(lines))


# --- writing ----------------------------------------------------------------------------------------------------

EDITED = (
    b'\xef\xbb\xbf# ours\r\n"Name";E-Mail;Note;State\r\n# friends\r\n'
    b'"Ada ""A""";ada@example.org;"two\nlines";\r\n\r\n;;;\r\nBob; BOB@example.org ;"";paused\r\nbroken";"row\n'
)


def test_an_edit_leaves_every_other_byte_alone(write):
    path = write(EDITED)
    assert add(path, "zoë@Example.org", name='Zoë; "Z"') == ListChange(
        kind="added", email="zoë@example.org", lines=(10,)
    )
    assert path.read_bytes() == EDITED + 'Zoë; "Z";'.replace('Zoë; "Z"', '"Zoë; ""Z"""').encode() + (
        "zoë@example.org;;active\r\n".encode()
    )
    assert remove(path, "ZOË@example.org") == ListChange(kind="removed", email="ZOË@example.org", lines=(10,))
    assert path.read_bytes() == EDITED


def test_removing_takes_every_row_of_the_person_and_nothing_else(write):
    path = write("email,name\nada@example.org,A\nbob@example.org,B\nADA@example.org,\nada@example.org,too,many\n")
    assert remove(path, " Ada@Example.org").lines == (2, 4, 5)
    assert path.read_text() == "email,name\nbob@example.org,B\n"


def test_a_row_of_several_lines_is_removed_whole(write):
    path = write('email,note\nada@example.org,"one\ntwo"\nbob@example.org,\n')
    assert remove(path, "ada@example.org").lines == (2,)
    assert path.read_text() == "email,note\nbob@example.org,\n"


def test_removing_nobody_writes_nothing(write):
    path = write("email\nada@example.org")
    before = path.stat()
    assert remove(path, "bob@example.org") == ListChange(kind="not found", email="bob@example.org")
    assert path.stat() == before


def test_a_blank_address_is_not_looked_for(write):
    path = write("email,name\n,Nobody\n")
    with pytest.raises(UsageError, match="no address"):
        remove(path, "  ")


def test_a_file_without_a_last_line_end_gets_one(write):
    path = write("email,name\r\nada@example.org,A")
    assert add(path, "bob@example.org").lines == (3,)
    assert path.read_bytes() == b"email,name\r\nada@example.org,A\r\nbob@example.org,\r\n"


def test_a_list_of_a_header_alone_is_added_to(write):
    path = write("email")
    assert add(path, "bob@example.org").lines == (2,)
    assert path.read_text() == "email\nbob@example.org\n"


def test_who_is_there_is_not_added_again(write):
    path = write("email,name\nAda@example.org,A\n")
    assert add(path, "ada@EXAMPLE.org", name="Ada").kind == "already there"
    assert path.read_text() == "email,name\nAda@example.org,A\n"


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("ada@example.org,unsubscribed", "the address is there, and unsubscribed"),
        (
            "ada@example.org,maybe\nbob@example.org,active",
            "in a row that can't be mailed: the column “status” holds “maybe”",
        ),
        ("ada@example.org,\nADA@example.org,bounced", "the address is there, and bounced"),
    ],
)
def test_who_left_is_not_brought_back_by_adding(write, rows, problem):
    path = write(f"email,status\n{rows}\n")
    with pytest.raises(UsageError, match=problem) as error:
        add(path, "ada@example.org")
    assert error.value.hint


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"email": "nobody"}, "not an address"),
        ({"email": "=cmd@example.org"}, "a spreadsheet would take it for a formula"),
        ({"email": "a@example.org", "name": "A\nBcc: eve@example.org"}, "line break"),
        ({"email": "a@example.org", "topics": ["a\rb"]}, "line break"),
        ({"email": "a@example.org", "topics": ["science"]}, "the list has no column “topics”"),
    ],
)
def test_what_cannot_be_written_is_refused(write, arguments, problem):
    path = write("email,name\n")
    with pytest.raises(UsageError, match=problem):
        add(path, **arguments)
    assert path.read_text() == "email,name\n"


def test_a_name_that_the_files_encoding_lacks_is_refused(write):
    path = write("email,name\na@example.org,Zoë\n".encode("cp1252"))
    add(path, "b@example.org", name="Émile")
    with pytest.raises(UsageError, match="Windows-1252, which has no “Ł”"):
        add(path, "c@example.org", name="Łukasz")
    assert [row.name for row in read(path)] == ["Zoë", "Émile"]


def test_a_formula_is_written_so_that_no_spreadsheet_runs_it(write):
    path = write("email,name\n")
    add(path, "a@example.org", name="=cmd|' /C calc'!A0")
    assert path.read_text() == "email,name\na@example.org,'=cmd|' /C calc'!A0\n"
    assert [row.name for row in read(path)] == ["=cmd|' /C calc'!A0"]


def test_a_first_cell_like_a_comment_is_quoted(write):
    path = write("name,email\n")
    add(path, "a@example.org", name="#1 reader")
    assert path.read_text() == 'name,email\n"#1 reader",a@example.org\n'
    assert [row.name for row in read(path)] == ["#1 reader"]


@given(
    name=st.text(max_size=40),
    topics=st.lists(st.text("abcß; -=", min_size=1, max_size=8), max_size=3),
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_who_is_added_is_read_as_they_were_written(tmp_path_factory, name, topics, delimiter, end):
    path = tmp_path_factory.mktemp("any") / "any.csv"
    before = f"name{delimiter}topics{delimiter}email{end}".encode()
    path.write_bytes(before)
    try:
        add(path, "ada@example.org", name=name, topics=topics)
    except UsageError:
        assert path.read_bytes() == before
        return
    [person] = read(path)
    assert (person.email, person.name) == ("ada@example.org", clean_name(name))
    assert set(person.topics) == {" ".join(part.split()) for topic in topics for part in topic.split(";")} - {""}
    assert remove(path, "ada@example.org").lines == (2,)
    assert path.read_bytes() == before


@given(
    rows=st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "active", "Unsubscribed", "gone", '"', "active,,x"])),
        max_size=8,
    )
)
def test_the_active_are_those_whom_reading_lets_through(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_text("email,name,status\n" + "".join(f"{name}@Example.org,,{status}\n" for name, status in rows))
    mailed = {row.email.lower() for row in read(path) if isinstance(row, Subscriber) and row.status == "active"}
    assert set(active_keys(path)) == mailed
