"""Trees of elements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.documents.trees import local_name, page_tree, xml_tree


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Fähre</title>", "Fähre"),
        ("<title>Fähre</title>".encode(), "Fähre"),
        (b"<meta charset=iso-8859-1><title>F\xe4hre</title>", "Fähre"),
        ("<?xml version='1.0' encoding='ascii'?><title>F\0ähre</title>", "Fähre"),
    ],
)
def test_a_page_is_decoded_by_what_it_says_of_itself(page: str | bytes, title: str) -> None:
    tree = page_tree(page)
    assert tree is not None
    assert tree.findtext(".//title") == title


def test_a_page_is_decoded_by_what_the_server_says_of_it() -> None:
    tree = page_tree("<title>Мост</title>".encode("cp1251"), "text/html; charset=windows-1251")
    assert tree is not None
    assert tree.findtext(".//title") == "Мост"


@pytest.mark.parametrize("page", ["", b"", " \n", "\0"])
def test_nothing_is_no_page(page: str | bytes) -> None:
    assert page_tree(page) is None


def test_xml_is_read_as_far_as_it_goes_and_its_faults_have_lines() -> None:
    tree = xml_tree("<a>\n<b>one</b><!-- no words -->\n<c>two</a>")
    assert tree.root is not None
    assert [(child.tag, child.text) for child in tree.root] == [("b", "one"), ("c", "two")]
    assert tree.faults[0][0] == 3


@pytest.mark.parametrize("text", ["", "plain", "\0"])
def test_what_is_no_xml_has_no_root(text: str) -> None:
    assert xml_tree(text).root is None


def test_a_file_that_xml_names_is_never_read() -> None:
    tree = xml_tree('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>')
    assert tree.root is None or "root:" not in "".join(tree.root.itertext())


@pytest.mark.parametrize("element", ["<loc/>", "<loc xmlns='urn:x'/>", "<news:loc/>", "<x:loc xmlns:x='urn:x'/>"])
def test_an_elements_name_is_without_its_namespace(element: str) -> None:
    root = xml_tree(element).root
    assert root is not None
    assert local_name(root) == "loc"


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    xml_tree(text)
    page_tree(text)
