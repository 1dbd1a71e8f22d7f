"""XML as it is found."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from digest.collect.documents.mend import declares_entities_of_entities, mend


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("<a>AT&T & more</a>", "<a>AT&amp;T &amp; more</a>"),
        ("<a>caf&eacute;&nbsp;&hellip;</a>", "<a>café\xa0…</a>"),
        ("<a>&unknown; &amp; &lt;b&gt;</a>", "<a>&amp;unknown; &amp; &lt;b&gt;</a>"),
        ("<a>be\x07ll\x00&</a>", "<a>bell&amp;</a>"),
        ("<a>&#0;&#x1F600;&#55296;&#x41;&#9999999;</a>", "<a>&#128512;&#65;</a>"),
        ("<a>&</a><![CDATA[AT&T <b>&nbsp;</b>]]>", "<a>&amp;</a><![CDATA[AT&T <b>&nbsp;</b>]]>"),
        ("<a>&<![CDATA[never & closed", "<a>&amp;<![CDATA[never & closed"),
        ('<?xml version="1.0"?>\n<a>&</a>', "<a>&amp;</a>"),
        ('<?xml?xml version="1.0" ??><a>&</a>', "<a>&amp;</a>"),
    ],
)
def test_common_faults_are_put_right(written: str, mended: str) -> None:
    assert mend(written) == (mended, "is not well-formed XML: mended, and read as far as it goes")


def test_a_well_formed_document_stays_as_it_is() -> None:
    document = "<a>AT&amp;T <![CDATA[R&D &nbsp;]]> &#8217;</a>"
    assert mend(document) == (document, "")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&#146;", "’"),
        ("&#x92;", "’"),
        ("&#X0096;", "–"),
        ("&#0133;", "…"),
        ("&#128;", "€"),
        ("&#129;", ""),
        ("&#xD83D;&#xDE00;", "😀"),
        ("&#55357;&#56832;", "😀"),
    ],
)
@pytest.mark.parametrize("place", ["<a>It{}s</a>", "<a><![CDATA[It{}s]]></a>", '<a b="It{}s"/>', "<a>&amp;{}</a>"])
def test_references_to_what_is_no_character_are_read_as_html_reads_them(place: str, written: str, read: str) -> None:
    assert mend(place.format(written)) == (place.format(read), "")


@pytest.mark.parametrize("reference", ["&#160;", "&#127;", "&#1460;", "&#x920;", "&amp;#146;", "&#8217;", "&#x1F600;"])
def test_references_to_characters_stay(reference: str) -> None:
    assert mend(f"<a>{reference}</a>") == (f"<a>{reference}</a>", "")


def test_a_reference_without_a_semicolon_is_read_too() -> None:
    assert mend("<a>It&#146 is</a>")[0] == "<a>It’ is</a>"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
        "<!DOCTYPE x [<!ENTITY b '&a;&a;'>]>",
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY % a PUBLIC "x" "http://x.example/">]>',
        '<!DOCTYPE x [<!ENTITY % a "%b;">]>',
    ],
)
def test_entities_of_entities_and_of_files_are_told(prolog: str) -> None:
    assert declares_entities_of_entities(f"{prolog}<rss/>")


@pytest.mark.parametrize(
    "prolog",
    [
        "",
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/">',
        '<!DOCTYPE x [<!ENTITY nbsp "&#160;">]>',
    ],
)
def test_other_declarations_are_let_pass(prolog: str) -> None:
    assert not declares_entities_of_entities(f"{prolog}<rss/>")


@given(st.text(alphabet=st.sampled_from("&;#ax1<![CDATA]>\x00\x0b é")))
@example("<![CDATA[" * 3)
def test_ampersands_are_no_fault_of_any_mended_text(text: str) -> None:
    words = text.replace("<", "").replace(">", "")
    assert etree.fromstring(f"<a>{mend('<a>' + words + '</a>')[0]}</a>".encode()) is not None
