import pytest

from digest.collect.files.examples import read_examples
from digest.errors import UsageError


def test_a_text_is_an_example_as_it_stands(tmp_path):
    texts = ("Market hall roof to be mended before the winter storms.", "A headline\nand its paragraph.")

    assert read_examples(texts, root=tmp_path) == texts


def test_a_file_of_the_project_is_read_with_its_headline_first(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "the beans.md").write_text("---\ntitle: Beans\ndate: 2026-02-01\n---\n\nThey *grow*.\n")

    assert read_examples(["articles/the beans.md"], root=tmp_path) == ("Beans\nThey grow.",)


@pytest.mark.parametrize("name", ["articles/none.md", "../secret.txt", "/etc/hosts.txt", "folder.md"])
def test_a_file_that_is_not_there_is_named_with_what_to_write(tmp_path, name):
    (tmp_path / "folder.md").mkdir()
    (tmp_path.parent / "secret.txt").write_text("secret")

    with pytest.raises(UsageError, match="no such file in the project") as caught:
        read_examples([name], root=tmp_path)

    assert name in caught.value.message
    assert "headline and first paragraph" in caught.value.hint


def test_a_file_that_holds_no_text_is_told(tmp_path):
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 20)

    with pytest.raises(UsageError, match=r'the example "picture\.txt" of a section: '):
        read_examples(["picture.txt"], root=tmp_path)
