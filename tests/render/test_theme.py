from __future__ import annotations

import pytest

from digest.errors import UsageError
from digest.render.theme import Theme


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "templates"
    made.mkdir()
    return made


def test_the_first_folder_that_has_a_template_gives_it(folder, tmp_path):
    (tmp_path / "a.txt.j2").write_text("second")
    assert Theme([folder, tmp_path]).draw("a.txt.j2", {}) == "second"
    (folder / "a.txt.j2").write_text("first")
    assert Theme([folder, tmp_path]).draw("a.txt.j2", {}) == "first"


@pytest.mark.parametrize("name", ["a.html.j2", "a.css.j2", "a.j2"])
def test_values_are_escaped_in_all_but_plain_text(folder, name):
    (folder / name).write_text("{{ value }}")
    assert Theme([folder]).draw(name, {"value": "<b>"}) == "&lt;b&gt;"


def test_values_are_not_escaped_in_plain_text(folder):
    (folder / "a.txt.j2").write_text("{{ value }}")
    assert Theme([folder]).draw("a.txt.j2", {"value": "<b> & c"}) == "<b> & c"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("\n{{ nothing }}", r"templates/a\.html\.j2:2: 'nothing' is undefined"),
        ("\n\n{% if %}", r"templates/a\.html\.j2:3: Expected an expression"),
        ("{{ value.missing }}", r"templates/a\.html\.j2:1: .*no attribute 'missing'"),
        ("{{ 1 / 0 }}", r"templates/a\.html\.j2:1: division by zero"),
        ("{{ value + 1 }}", r"templates/a\.html\.j2:1: "),
        ("{{ range(10 ** 9) | list }}", r"templates/a\.html\.j2:1: .*[Rr]ange"),
        ("{% include 'absent.j2' %}", r'templates/a\.html\.j2:1: there is no template "absent.j2"'),
        ("{{ ''.__class__.__mro__ }}", r"templates/a\.html\.j2:1: .*unsafe"),
        ("{{ items.append(1) }}", r"templates/a\.html\.j2:1: .*(unsafe|not safely callable)"),
    ],
)
def test_a_mistake_names_the_template_and_its_line(folder, template, message):
    (folder / "a.html.j2").write_text(template)
    with pytest.raises(UsageError, match=message) as caught:
        Theme([folder]).draw("a.html.j2", {"value": "x", "items": []})
    assert "packaged" in caught.value.hint


def test_a_mistake_in_an_included_template_names_that_one(folder):
    (folder / "a.html.j2").write_text("{% include 'b.css.j2' %}")
    (folder / "b.css.j2").write_text("\n{{ nothing }}")
    with pytest.raises(UsageError, match=r"templates/b\.css\.j2:2"):
        Theme([folder]).draw("a.html.j2", {})


def test_a_template_that_is_not_utf8_is_refused(folder):
    (folder / "a.html.j2").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="utf-8"):
        Theme([folder]).draw("a.html.j2", {})


def test_no_file_outside_the_folders_can_be_included(folder, tmp_path):
    (tmp_path / "secret").write_text("secret")
    (folder / "a.html.j2").write_text("{% include '../secret' %}")
    with pytest.raises(UsageError, match="no template"):
        Theme([folder]).draw("a.html.j2", {})
