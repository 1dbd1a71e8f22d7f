from __future__ import annotations

import lxml.html
import pytest

from digest.web.views import Example, Look, mail, page, self_contained, text


def test_sentinels_are_replaced_by_an_examples_values(edition):
    shown = mail(edition, Example(), dark=False) + text(edition, Example()) + self_contained(edition)
    assert "Hello Anna," in shown
    assert "anna@example.org" in shown
    assert "0123456789abcdef" not in shown


def test_a_greeting_is_text_and_no_markup(edition):
    bold = Example(greeting="Hi <b>Anna & Bob</b>")
    assert "Hi &lt;b&gt;Anna &amp; Bob&lt;/b&gt;" in mail(edition, bold, dark=False)
    assert "Hi <b>Anna & Bob</b>" in text(edition, bold)


def test_dark_is_the_authors_choice_and_not_their_systems(edition):
    assert "@media all {" in mail(edition, Example(), dark=True)
    assert 'content="dark"' in mail(edition, Example(), dark=True)
    assert "@media not all {" in mail(edition, Example(), dark=False)
    assert "prefers-color-scheme" not in mail(edition, Example(), dark=True)


def test_a_mail_can_be_seen_without_the_styles_in_its_head(edition):
    assert "<style" not in mail(edition, Example(), dark=True, styles=False)


def test_what_only_outlook_reads_is_not_shown(edition):
    assert "mso" not in mail(edition, Example(), dark=False)


def test_the_page_of_its_own_needs_no_network(edition):
    document = lxml.html.document_fromstring(self_contained(edition))
    assert document.xpath("//script | //link | //*[@src]") == []
    policy = document.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'")


def test_the_page_of_its_own_has_the_mail_on_phone_and_desktop_light_and_dark_and_as_text(edition):
    document = lxml.html.document_fromstring(self_contained(edition))
    frames = document.xpath("//iframe")
    assert len(frames) == 4
    assert all("allow-scripts" not in frame.get("sandbox") for frame in frames)
    assert frames[0].get("srcdoc") == mail(edition, Example(), dark=False)
    assert document.xpath("string(//pre)") == text(edition, Example())


def test_a_subject_and_a_text_part_run_in_their_own_direction(edition):
    look = Look(view="text")
    for shown in (self_contained(edition), page(edition, Example(), look, problem="", version="1")):
        document = lxml.html.document_fromstring(shown)
        assert document.xpath("//h1/span[1]/@dir") == ["auto"]
        assert document.xpath("//pre/@dir") == ["auto"]


def test_a_hostile_subject_stays_text(edition):
    look = Look()
    for shown in (self_contained(edition), page(edition, Example(), look, problem="", version="1")):
        assert edition.subject in lxml.html.document_fromstring(shown).xpath("string(//h1)")
        assert "</title><script>" not in shown


@pytest.mark.parametrize(
    ("view", "frames"),
    [("both", 2), ("phone", 1), ("desktop", 1), ("text", 0)],
    ids=["both", "phone", "desktop", "text"],
)
def test_each_view_has_its_frames(edition, view, frames):
    shown = page(edition, Example(), Look(view=view, dark=True), problem="", version="1")
    sources = lxml.html.document_fromstring(shown).xpath("//iframe/@src")
    assert sources == [f"/mail?view={view}&dark=1&styles=1"] * frames


def test_a_problem_stands_above_the_last_edition_that_worked(edition):
    document = lxml.html.document_fromstring(page(edition, Example(), Look(), problem="a.j2:3: <b>", version="1"))
    assert "a.j2:3: <b>" in document.xpath("string(//*[@role='alert'])")
    assert document.xpath("//iframe")


def test_a_problem_is_shown_where_nothing_worked_yet():
    document = lxml.html.document_fromstring(page(None, Example(), Look(), problem="broken", version="1"))
    assert "nothing to show yet" in document.xpath("string(//*[@role='alert'])")
    assert document.xpath("//iframe") == []
