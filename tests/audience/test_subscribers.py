from digest.audience.subscribers import add, check, read, remove
from digest.model import BadRow, Subscriber


def test_a_list_is_read_row_by_row(tmp_path):
    path = tmp_path / "weekly.csv"
    path.write_bytes(b"email,name,status,topics\nada@example.org,Ada,active,science; local\nnobody,Nobody,,\n")
    assert list(read(path)) == [
        Subscriber(email="ada@example.org", name="Ada", topics=("science", "local"), line=2),
        BadRow(line=3, content="nobody", problem="An email address must have an @-sign."),
    ]


def test_an_edit_leaves_every_other_byte_alone(tmp_path):
    path = tmp_path / "weekly.csv"
    before = b'\xef\xbb\xbf# ours\r\n"Name";E-Mail;Note\r\n# friends\r\n'
    before += b'"Ada ""A""";ada@example.org;"two\nlines"\r\n\r\n;;\r\n'
    path.write_bytes(before)
    assert add(path, "bob@example.org", name="Bob").lines == (8,)
    assert path.read_bytes() == before + b"Bob;bob@example.org;\r\n"
    assert remove(path, "BOB@example.org").lines == (8,)
    assert path.read_bytes() == before
    assert check(path).statuses == {"active": 1}
