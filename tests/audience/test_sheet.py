import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.audience.sheet import inspect, rows, unchanged
from digest.errors import UsageError


@pytest.fixture
def sheet(tmp_path):
    """Writes bytes to a file and inspects it."""

    def write(content: bytes):
        path = tmp_path / "weekly.csv"
        path.write_bytes(content)
        return inspect(path)

    return write


def cells(sheet):
    return [(row.line, row.cells) for row in rows(sheet) if row.cells]


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        (b"email,name\na@example.org,A\n", ","),
        (b"email;name\na@example.org;A\n", ";"),
        (b"email\tname\na@example.org\tA\n", "\t"),
        (b"sep=;\r\nemail;name\r\na@example.org;A\r\n", ";"),
        (b"\xef\xbb\xbfemail;name\r\na@example.org;A\r\n", ";"),
        (b"\xef\xbb\xbfsep=\t\r\nemail\tname\r\na@example.org\tA\r\n", "\t"),
        (b'"email","name"\n"a@example.org","A"\n', ","),
        (b"# our list, since 2019\n\nemail,name\na@example.org,A", ","),
        (b"email,name\ra@example.org,A\r", ","),
    ],
)
def test_what_spreadsheets_write_is_understood(sheet, content, delimiter):
    found = sheet(content)
    assert (found.delimiter, found.header) == (delimiter, ("email", "name"))
    assert [row for _, row in cells(found)] == [["a@example.org", "A"]]


def test_a_list_may_be_one_column(sheet):
    assert cells(sheet(b"email\na@example.org\nb@example.org\n")) == [(2, ["a@example.org"]), (3, ["b@example.org"])]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"email,name\na@example.org,A\n", "utf-8"),
        ("email,name\na@example.org,Zoë\n".encode(), "utf-8"),
        ("email,name\na@example.org,Zoë\n".encode("cp1252"), "cp1252"),
        ("email,name\na@example.org,Zoë\n".encode() + "b@example.org,José\n".encode("cp1252"), "utf-8"),
        ("email,name\n".encode("utf-8-sig") + "b@example.org,José\n".encode("cp1252"), "utf-8"),
    ],
)
def test_the_encoding_is_decided_for_the_whole_file(sheet, content, encoding):
    found = sheet(content)
    assert found.encoding == encoding
    assert bool(found.notes) == (encoding == "cp1252")


def test_a_cell_may_go_over_several_lines(sheet):
    found = sheet(b'email,note\na@example.org,"one\ntwo, ""three""\n"\nb@example.org,\n')
    assert cells(found) == [(2, ["a@example.org", 'one\ntwo, "three"\n']), (5, ["b@example.org", ""])]


def test_a_quote_that_nobody_closed_costs_one_row(sheet):
    people = "".join(f"p{n}@example.org,P\n" for n in range(300))
    found = sheet(f'email,name\na@example.org,"Ada\n{people}z@example.org,"Zoe ""Z"" Z"\n'.encode())
    assert [(row.line, row.problem) for row in rows(found) if row.problem] == [
        (2, "the quotes of the row don't close, or text follows a closing one")
    ]
    assert len(cells(found)) == 301
    assert cells(found)[-1] == (303, ["z@example.org", 'Zoe "Z" Z'])


def test_every_broken_row_at_the_end_of_a_file_is_told(sheet):
    found = sheet(b'email,name\n"a@example.org,A\n"b@example.org,B\nc@example.org,C')
    assert [row.line for row in rows(found) if row.problem] == [2, 3]
    assert cells(found) == [(4, ["c@example.org", "C"])]


def test_comments_and_blank_lines_are_no_rows(sheet):
    found = sheet(b'email,name\n# "unclosed\n\n , \n"",""\na@example.org,"#1"\n')
    assert cells(found) == [(6, ["a@example.org", "#1"])]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the list is empty"),
        (b"\n# nothing yet\n,,\n", "the list is empty"),
        (b"PK\x03\x04....", "an Excel or LibreOffice workbook"),
        ("email\n".encode("utf-16"), "UTF-16"),
        (b'"email,name\n', "quotes don't close"),
        (b"email\n" + b"a" * (3 << 20), "a line longer than 1 MiB"),
    ],
)
def test_what_is_no_list_is_refused_with_the_next_step(sheet, content, problem):
    with pytest.raises(UsageError, match=problem) as error:
        sheet(content)
    assert "weekly.csv" in error.value.message
    assert error.value.hint


def test_an_absent_list_names_those_that_are_there(tmp_path):
    (tmp_path / "weekly.csv").write_text("email\n")
    with pytest.raises(UsageError, match="there is no such list") as error:
        inspect(tmp_path / "weakly.csv")
    assert "weekly" in error.value.hint


def test_a_folder_is_no_list(tmp_path):
    with pytest.raises(UsageError, match="can't be read"):
        inspect(tmp_path)


def test_a_list_that_changes_while_it_is_read_stops_the_run(sheet):
    found = sheet(b"email\na@example.org\nb@example.org\n")
    reading = rows(found)
    next(reading)
    found.path.write_bytes(b"email\nb@example.org\n")
    with pytest.raises(UsageError, match="changed while it was read"):
        list(reading)


bodies = st.binary(max_size=200) | st.text(',;"\n\r#\tab@é\0', max_size=80).map(str.encode)


@given(
    head=st.sampled_from([b"email,name\n", b"\xef\xbb\xbfemail;name\r\n", b"# ours\nemail\n", b"email\r"]), body=bodies
)
@example(head=b"email,name\n", body=b'a,"\n' * 300)
@example(head=b"email,name\n", body=b'"\n')
def test_any_file_comes_out_byte_for_byte_with_each_line_in_one_row(tmp_path_factory, head, body):
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(head + body)
    try:
        sheet = inspect(path)
    except UsageError:
        assert head == b"email\r"  # with a line end of another kind below it, this is no header
        return
    assert b"".join(unchanged(sheet)) == head + body
    line = sheet.header_line + 1
    for row in rows(sheet):
        assert row.line == line
        line += max(1, row.raw.count(sheet.end[-1]))
