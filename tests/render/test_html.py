from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import bundled
from digest.errors import UsageError
from digest.model import Earlier, Edition, Issue, Link, Section, Sentence
from digest.render.preflight import check
from digest.settings import NewsletterSettings

EDITION = Path(__file__).parents[1] / "golden" / "editions" / "0007-2026-02-19"

Draw = Callable[..., Edition]


def tree(edition: Edition) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(edition.html.encode())


def test_an_edition_of_the_default_size_is_as_it_was(edition, regenerate_golden):
    for name, part in (("edition.html", edition.html), ("edition.txt", edition.text)):
        if regenerate_golden:
            (EDITION / name).write_text(part, encoding="utf-8")
        assert part == (EDITION / name).read_text(encoding="utf-8"), f"{name} changed: see regenerate_golden"


def test_an_edition_of_the_default_size_has_no_finding(edition, issue, newsletter):
    assert check(edition, issue=issue, newsletter=newsletter) == ()


def test_an_edition_of_the_default_size_has_at_most_90_kib(edition, issue):
    assert len(issue.items) == 20
    assert len(edition.html.encode()) <= 90 * 1024


def test_twenty_long_stories_that_everybody_covers_have_at_most_90_kib(issue, draw):
    """60 words each, six links and more, addresses of 150 characters."""
    address = "https://www.example.org/" + "a" * 126
    also = tuple(
        Link(publisher=f"The Daily Paper {at}", title="A title of words " * 6, url=address) for at in range(30)
    )
    plain = (Sentence(text="lengthy " * 60, article=""),)
    citing = tuple(Sentence(text="lengthy " * 15, article="b", cites=other) for other in also[:4])
    for sentences in (plain, citing):
        full = tuple(replace(item, url=address, also=also, sentences=sentences) for item in issue.items)
        edition = draw(replace(issue, sections=(Section(title="World", items=full),)))
        assert len(edition.html.encode()) <= 90 * 1024


def test_the_same_issue_gives_the_same_bytes(issue, draw, edition):
    assert draw(issue) == edition


def test_nothing_is_loaded_from_elsewhere(edition):
    document = tree(edition)
    assert document.xpath("//@src | //link | //@background") == []
    assert "url(" not in edition.html
    assert "@import" not in edition.html


def test_links_lead_to_the_articles_and_to_those_on_the_same_story(edition, issue):
    addresses = tree(edition).xpath("//a/@href")
    for item in issue.items:
        assert item.url in addresses
        assert {also.url for also in item.also} <= set(addresses)


def test_an_update_names_the_earlier_story_and_leads_to_it(draw, with_item):
    before = Earlier(number=5, date=date(2026, 2, 5), headline="A bridge & <when>?", url="https://a.example/when")
    edition = draw(with_item(follows=before))
    [update] = tree(edition).xpath("//p[contains(., 'Update to')]")
    assert " ".join(update.text_content().split()) == "Update to #5 (5 February): A bridge & <when>?"
    assert update.xpath("a/@href") == ["https://a.example/when"]
    assert "  Update to #5 (5 February): A bridge & <when>? <https://a.example/when>\n" in edition.text


def test_an_earlier_story_without_an_address_is_named_all_the_same(draw, with_item, newsletter):
    before = Earlier(number=5, date=date(2025, 12, 5), headline="Eine Brücke, aber wann?", url="javascript:alert(1)")
    issue = replace(with_item(follows=before), language="de")
    edition = draw(issue)
    assert "Fortsetzung aus Nr. 5 (5. Dezember 2025): Eine Brücke, aber wann?" in " ".join(edition.text.split())
    assert "javascript" not in edition.html
    assert check(edition, issue=issue, newsletter=newsletter) == ()


def test_the_owners_word_is_marked_as_such_in_both_parts(draw, with_item):
    edition = draw(with_item(note="I <i>was</i> there: https://a.example/there " + "and " * 20))
    assert "Editor’s note:</b> I &lt;i&gt;was&lt;/i&gt; there:" in edition.html
    assert 'href="https://a.example/there"' in edition.html
    assert "\n  > Editor’s note: I <i>was</i> there: https://a.example/there and" in edition.text
    assert "\n  > and and" in edition.text


@pytest.mark.parametrize(
    ("language", "watch", "listen"),
    [
        ("en", "12 min to watch", "48 min to listen"),
        ("de", "12 Min. Video", "48 Min. Audio"),
        ("fr", "12 min de vidéo", "48 min d’écoute"),
        ("es", "12 min de vídeo", "48 min de audio"),
        ("it", "12 min di video", "48 min di ascolto"),
        ("pt", "12 min de vídeo", "48 min de áudio"),
        ("nl", "12 min. kijktijd", "48 min. luistertijd"),
        ("pl", "12 min oglądania", "48 min słuchania"),
        ("ar", "مدة المشاهدة: 12 د", "مدة الاستماع: 48 د"),
        ("fa", "12 دقیقه تماشا", "48 دقیقه گوش دادن"),
        ("he", "12 דק׳ צפייה", "48 דק׳ האזנה"),
    ],
)
def test_a_recording_says_how_long_it_plays(draw, with_item, language, watch, listen):
    film = draw(replace(with_item(medium="video", playing_minutes=12, reading_minutes=3), language=language))
    talk = draw(replace(with_item(medium="audio", playing_minutes=48, reading_minutes=3), language=language))
    for edition, told in ((film, watch), (talk, listen)):
        assert told.replace(" ", "\u00a0") in edition.html
        assert told.replace(" ", "\u00a0") in edition.text


def test_a_recording_whose_length_is_not_known_names_no_time_to_read_its_notes(draw, with_item):
    assert "4\u00a0min" not in draw(with_item(medium="audio", reading_minutes=4)).text


def test_the_owners_word_keeps_off_its_bar_in_outlook_too(draw, with_item):
    [note] = tree(draw(with_item(note="I was there."))).xpath("//td[contains(@class, 'note')]")
    assert "padding-left:12px" in note.get("style")  # Outlook has no padding in paragraphs, but in cells


@pytest.mark.parametrize("language", ["en", "ar", "he", "fa", "ja"])
def test_the_owners_word_is_slanted_only_in_scripts_that_slant(draw, with_item, language):
    [note] = tree(draw(replace(with_item(note="N."), language=language))).xpath("//td[contains(@class, 'note')]")
    assert ("italic" in note.get("style")) == (language == "en")


def test_a_story_of_many_publishers_names_some_and_counts_the_others(draw, with_item):
    also = tuple(Link(publisher=f"Paper {number}", title="T", url="https://a.example/") for number in range(20))
    edition = draw(with_item(also=also))
    assert "Paper 5</a>\nand 14 more" in edition.html
    assert "\n  and 14 more\n" in edition.text


def test_a_story_shows_headline_publisher_date_reading_time_and_summary(edition):
    text = " ".join(tree(edition).text_content().split())
    assert (
        "Browsers will soon refuse certificates older than 47 days Plain Text · 16 February · 6 min read From" in text
    )
    assert "Also covered by The Ledger, Build Log" in text


RADIO = Link(publisher="Radio <7>", title="Rain", url="https://radio.example/rain?a&b")
MORE = "color:#0f5c8c; text-decoration:underline"
RAIN = (Sentence(text="It rains.", article="a"), Sentence(text="Roofs leak.", article="b", cites=RADIO))


def test_a_sentence_of_another_outlet_leads_to_its_article_and_in_text_names_it(draw, with_item):
    edition = draw(with_item(sentences=RAIN, also=(RADIO,)))
    [summary] = tree(edition).xpath("//p[@class='summary']")
    assert summary.text_content() == "It rains. Roofs leak. (Radio <7>)"
    [citation] = summary.xpath("a[@class='more citation']")
    assert (citation.text, citation.get("href"), citation.get("dir")) == (RADIO.publisher, RADIO.url, "auto")
    assert "  It rains. Roofs leak. (Radio <7>)\n" in edition.text
    assert "  - Radio <7> <https://radio.example/rain?a&b>\n" in edition.text


def test_an_outlet_that_a_sentence_leads_to_is_not_linked_a_second_time(draw, with_item):
    herald = Link(publisher="Herald", title="Rain!", url="https://herald.example/")
    links = tree(draw(with_item(sentences=RAIN, also=(RADIO, herald)))).xpath("//p[@class='also']/a/@href")
    assert links == [herald.url]
    assert "Also covered by" not in draw(with_item(sentences=RAIN, also=(RADIO,))).html


def test_an_outlet_without_an_address_is_named_in_the_way_its_name_runs(draw, with_item):
    nowhere = replace(RADIO, publisher="قناة الجزيرة", url="javascript:alert(1)")
    document = tree(draw(with_item(sentences=(replace(RAIN[1], cites=nowhere),))))
    [citation] = document.xpath("//span[@class='citation']")
    assert (citation.text, citation.get("dir")) == (nowhere.publisher, "auto")


def test_styles_that_are_older_than_citations_show_them_as_links_to_others(tmp_path, draw, with_item):
    styles = (bundled.templates() / "theme.css.j2").read_text(encoding="utf-8").splitlines(keepends=True)
    old = "".join(line for line in styles if not line.startswith(".citation"))
    (tmp_path / "theme.css.j2").write_text(old, encoding="utf-8")
    document = tree(draw(with_item(sentences=RAIN, also=(replace(RADIO, publisher="Herald"),)), templates=(tmp_path,)))
    assert [link.get("style") for link in document.xpath("//a[contains(@class, 'more')]")] == [MORE, MORE]


def test_a_theme_that_shows_summaries_as_one_text_names_outlets_too(tmp_path, draw, with_item):
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "issue.html.j2").write_text("<!DOCTYPE html><p>{{ summary(issue.items[0]) }}</p>", encoding="utf-8")
    html = draw(with_item(sentences=RAIN), templates=(folder,)).html
    assert "<p>It rains. Roofs leak. (Radio &lt;7&gt;)</p>" in html


def test_a_sentence_without_its_stop_gets_one(draw, with_item):
    told = [("The airport is open again", "a"), ("Flights leave at noon", "b")]
    sentences = tuple(Sentence(text=text, article=name) for text, name in told)
    assert "The airport is open again. Flights leave at noon.\n" in draw(with_item(sentences=sentences)).text
    chinese = draw(with_item(sentences=sentences, language="zh"))
    assert "The airport is open again。Flights leave at noon。<" in chinese.html
    own = (Sentence(text="My own words", article=""), sentences[1])
    assert "My own words Flights leave at noon." in draw(with_item(sentences=own)).text


def test_a_date_is_the_newsletters_own_day(draw, with_item):
    late = datetime(2026, 2, 18, 23, 30, tzinfo=UTC)  # 19 February in Berlin
    assert "19 February &" not in draw(with_item(published=late)).html
    assert "· 19 February" in draw(with_item(published=late)).text


@pytest.mark.parametrize(
    ("zone", "minute", "day"),
    [("America/New_York", 0, "14 February"), ("America/New_York", 30, "13 February"), ("Asia/Tokyo", 0, "14 February")],
)
def test_midnight_in_greenwich_is_a_day_alone(draw, with_item, zone, minute, day):
    news = NewsletterSettings(title="Signal", sender="news@example.org", timezone=zone)
    edition = draw(with_item(published=datetime(2026, 2, 14, 0, minute, tzinfo=UTC)), newsletter=news)
    assert f"· {day} ·" in edition.text


def test_a_date_of_another_year_names_the_year(draw, with_item):
    assert "· 31 December 2025" in draw(with_item(published=datetime(2025, 12, 31, 12, tzinfo=UTC))).text


def test_a_story_without_link_date_or_summary_is_drawn_without_them(draw, with_item):
    bare = with_item(url=None, published=None, sentences=(), also=(), reading_minutes=0, publisher="")
    edition = draw(bare)
    assert len(tree(edition).xpath("//h3")) == 1
    assert tree(edition).xpath("//h3//a") == []
    assert tree(edition).xpath("//p[contains(@class, 'about')]") == []
    assert "None" not in edition.html + edition.text
    assert edition.text.count("·") == 2  # those of the dateline


def test_an_issue_without_introduction_has_its_greeting_only(issue, draw):
    letter = tree(draw(replace(issue, introduction=""))).xpath("//td[contains(@class, 'letter')]/p")
    assert len(letter) == 1


def test_a_section_shows_its_introduction_as_text_with_links(issue, draw):
    words = "Two bridges\u202e <b>opened</b>.\n\nSee [all](https://bridges.example/all) for {{ more }}."
    sections = (replace(issue.sections[0], introduction=words), *issue.sections[1:])
    edition = draw(replace(issue, sections=sections))
    assert "Two bridges &lt;b&gt;opened&lt;/b&gt;.</p>" in edition.html
    assert "https://bridges.example/all" in tree(edition).xpath("//a/@href")
    assert "Two bridges <b>opened</b>.\n\nSee all <https://bridges.example/all> for {{ more }}." in edition.text


def test_a_sections_introduction_keeps_off_the_headline_below(issue, draw):
    sections = (replace(issue.sections[0], introduction="One.\n\nTwo."), *issue.sections[1:])
    paragraphs = tree(draw(replace(issue, sections=sections))).xpath("//p[contains(@class, 'above')]")
    assert [paragraph.text for paragraph in paragraphs] == ["One.", "Two."]
    assert all("margin:0 0 18px" in paragraph.get("style") for paragraph in paragraphs)


def test_a_french_letter_has_no_break_spaces_before_its_colons(draw, with_item):
    also = (Link(publisher="Le Quotidien", title="", url=None),)
    before = Earlier(number=5, date=date(2026, 2, 1), headline="Le pont", url=None)
    edition = draw(replace(with_item(also=also, follows=before, note="Vu."), language="fr"))
    for phrase in ("Suite du n°\u00a05 (1er février)\u00a0:", "Note de la rédaction\u00a0:"):
        assert phrase in edition.text
        assert phrase in tree(edition).text_content()
    assert "Aussi dans\u00a0:\n" in edition.text
    assert "Se désabonner\u00a0: x" in edition.text


def test_addresses_in_the_introduction_are_links(issue, draw):
    edition = draw(replace(issue, introduction="See https://example.org/a?b=1&c=2 and write to me@example.org."))
    assert {"https://example.org/a?b=1&c=2", "mailto:me@example.org"} <= set(tree(edition).xpath("//a/@href"))


def test_links_in_the_editors_words_are_links_in_both_parts(draw, with_item):
    issue = with_item(note="More on [my page](https://a.example/more).")
    edition = draw(replace(issue, introduction="Join [us](https://a.example/us)!"))
    assert {"https://a.example/us", "https://a.example/more"} <= set(tree(edition).xpath("//a/@href"))
    assert "More on my page." in " ".join(tree(edition).text_content().split())
    assert "Join us <https://a.example/us>!" in edition.text
    assert "More on my page <https://a.example/more>." in " ".join(edition.text.replace("\n  > ", " ").split())


def test_the_preheader_is_hidden_and_padded_so_that_no_other_text_follows_it_in_a_list_of_mails(edition, issue):
    [preheader] = tree(edition).xpath("//div[contains(@class, 'preheader')]")
    assert "display:none" in preheader.get("style")
    assert preheader.text == issue.preheader
    assert len(preheader.text_content()) >= 140


def test_subscribers_values_stand_as_sentinels_in_both_parts(edition):
    for sentinel in ("greeting", "email", "unsubscribe_url"):
        assert getattr(edition.placeholders, sentinel) in edition.html
        assert getattr(edition.placeholders, sentinel) in edition.text
    assert tree(edition).xpath("//a[@href=$link]", link=edition.placeholders.unsubscribe_url)


def test_phone_and_dark_rules_survive_inlining_and_win(edition):
    head = edition.html[: edition.html.index("<body")]
    assert "@media screen and (min-width: 620px)" in head
    assert "@media (prefers-color-scheme: dark)" in head
    assert "[data-ogsc] .name" in head
    assert "[data-ogsb] .sheet" in head or "[data-ogsb].canvas" in head
    assert "!important" in head


def test_outlook_gets_a_table_of_600_pixels(edition):
    assert edition.html.count('<!--[if mso]><table role="presentation" width="600"') == 2
    assert edition.html.count("<!--[if mso]></td></tr></table><![endif]-->") == 2


# --- languages ---------------------------------------------------------------------------------------------------


def test_a_newsletter_in_arabic_runs_from_right_to_left(issue, draw):
    edition = draw(replace(issue, language="ar"))
    document = tree(edition)
    assert (document.get("lang"), document.get("dir")) == ("ar", "rtl")
    wrapper = document.xpath("/html/body/div")[0]
    assert (wrapper.get("lang"), wrapper.get("dir")) == ("ar", "rtl")
    assert not document.xpath("//td[@align='left']")
    assert "text-align:right" in edition.html
    assert "letter-spacing" not in edition.html  # would tear joined letters apart
    assert "19 فبراير 2026" in edition.text


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("1 Example Street", "The Weekly Signal\n1 Example Street"),
        ("The Weekly Signal\n1 Example Street", "The Weekly Signal\n1 Example Street"),
        ("The Weekly Signal, 1 Example Street", "The Weekly Signal, 1 Example Street"),
        ("The Weekly Signalling Office, 1 Street", "The Weekly Signal\nThe Weekly Signalling Office, 1 Street"),
    ],
)
def test_the_senders_name_stands_above_the_address_once(issue, draw, newsletter, address, shown):
    edition = draw(issue, newsletter=newsletter.model_copy(update={"address": address}))
    assert edition.text.endswith(f"weeklysignal.example/\n\n{shown}\n")


def test_each_line_of_an_address_runs_its_own_way_in_an_arabic_letter(issue, draw):
    lines = tree(draw(replace(issue, language="ar"))).xpath("//p[br]/span")
    assert [(line.text, line.get("dir")) for line in lines[1:]] == [
        ("1 Example Street", "auto"),  # would else read "Example Street 1"
        ("Exampletown", "auto"),
    ]


def test_a_story_in_another_language_says_so(edition):
    [headline] = tree(edition).xpath("//h3[@lang='fr']")
    assert headline.get("dir") == "ltr"
    assert headline.text_content().strip().startswith("Trêve")


def test_a_story_in_hebrew_runs_from_right_to_left_in_an_english_issue(draw, with_item):
    edition = draw(with_item(headline="שלום עולם", language="he"))
    assert tree(edition).xpath("//h3[@lang='he' and @dir='rtl']")


def test_a_story_of_the_same_language_in_another_region_is_not_foreign(draw, with_item):
    assert tree(draw(with_item(language="en-GB"))).xpath("//h3[@lang]") == []


def test_in_a_language_without_words_of_its_own_the_english_ones_are_marked(issue, draw):
    document = tree(draw(replace(issue, language="is")))
    assert document.get("lang") == "is"
    assert document.xpath("//td[contains(@class, 'footer')]/@lang") == ["en"]


@pytest.mark.parametrize("language", ["", 'en" onclick="x', "<b>", "x" * 50])
def test_a_language_that_is_no_language_is_not_taken_for_one(issue, draw, language):
    assert tree(draw(replace(issue, language=language))).get("lang") == "en"


# --- hostile articles --------------------------------------------------------------------------------------------


def test_markup_in_an_article_is_text(draw, with_item):
    hostile = '</a><script>alert(1)</script><img src="https://t.example/p.gif" width="auto"><link>@import<!--[if mso]>'
    also = Link(publisher=hostile, title=hostile, url="https://a.example/")
    issue = with_item(headline=hostile, summary=hostile, publisher=hostile, section=hostile, also=(also,))
    edition = draw(replace(issue, subject=hostile, preheader=hostile, introduction=hostile, newsletter=hostile))
    document = tree(edition)
    assert document.xpath("//script | //img | //link") == []
    assert " ".join(document.text_content().split()).count(hostile) >= 8
    assert document.xpath("//@aria-label") == [hostile]
    assert "&lt;" not in edition.text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example/",
        "/relative",
        "https://bank.example@evil.example/",
        "file:///etc/passwd",
    ],
)
def test_a_link_that_is_not_to_the_web_is_left_out(draw, with_item, url):
    edition = draw(with_item(url=url, also=(Link(publisher="Other", title="", url=url),)))
    document = tree(edition)
    assert document.xpath("//h3//a") == []
    assert "Other" in document.text_content()
    assert "script:" not in edition.text.lower()


def test_an_address_cannot_leave_its_attribute(draw, with_item):
    edition = draw(with_item(url='https://a.example/"onmouseover="alert(1)'))
    assert tree(edition).xpath("//@onmouseover") == []


def test_marks_of_template_languages_in_an_article_stay_text(draw, with_item):
    marks = "{{ 7 * 7 }} {% raw %} %%{uuid}%% *|EMAIL|* {{unsubscribe_url}} xemail0000000000000000x"
    edition = draw(with_item(headline=marks, summary=marks, url="https://a.example/?u={{unsubscribe_url}}"))
    assert marks in tree(edition).text_content()
    assert edition.html.count(edition.placeholders.unsubscribe_url) == 1


def test_direction_overrides_and_control_characters_are_taken_out(draw, with_item):
    edition = draw(with_item(headline="A\u202eB\x00C\x07D\u2066E\ud800F", summary="x\x1b[31my"))
    assert "ABCDEF" in edition.html
    assert "ABCDEF" in edition.text
    assert "\x1b" not in edition.html + edition.text


@pytest.mark.parametrize("title", ["word " * 2000, "x" * 10_000, "漢" * 10_000])
def test_a_title_of_ten_thousand_characters_is_drawn_whole(draw, with_item, title):
    edition = draw(with_item(headline=title))
    assert "".join(title.split()) in "".join(tree(edition).text_content().split())
    assert all(len(line.encode()) <= 998 for line in edition.text.split("\n"))


@given(text=st.text(max_size=200))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_drawn(draw, with_item, text):
    edition = draw(with_item(headline=text, summary=text, publisher=text, section=text))
    (edition.html + edition.text).encode("utf-8")
    assert len(tree(edition).xpath("//h3")) == 1


# --- the owner's templates ---------------------------------------------------------------------------------------


def test_the_owners_template_is_used_and_the_packaged_ones_for_the_rest(tmp_path, issue, draw):
    (tmp_path / "issue.txt.j2").write_text("Mine: {{ title }}\n{{ placeholders.unsubscribe_url }}")
    edition = draw(issue, templates=(tmp_path,))
    assert edition.text.startswith("Mine: The Weekly Signal")
    assert "<h1" in edition.html


def test_a_value_that_is_not_there_is_reported_with_template_and_line(tmp_path, issue, draw):
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "issue.txt.j2").write_text("one\ntwo {{ isue.subject }}")
    with pytest.raises(UsageError, match=r"templates/issue\.txt\.j2:2: 'isue' is undefined"):
        draw(issue, templates=(folder,))


def test_a_template_that_would_look_broken_is_refused(tmp_path, issue, draw):
    (tmp_path / "issue.html.j2").write_text("<!doctype html><p>{{ title }}</p>")
    with pytest.raises(UsageError, match="begin with <!DOCTYPE html>"):
        draw(issue, templates=(tmp_path,))


def test_phrases_of_the_owner_are_used(tmp_path, issue, draw):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.toml").write_text('also = "More on this:"')
    assert "More on this:" in draw(issue, templates=(tmp_path,)).html


def test_the_owners_colour_is_used_where_it_can_be_read(issue, draw):
    assert "#7a1f5c" in draw(issue, accent="#7a1f5c").html
    assert "#ffee00" not in draw(issue, accent="#ffee00").html.partition("@media (prefers-color-scheme")[0]


def test_an_issue_knows_nothing_of_the_program(issue: Issue, edition: Edition):
    assert edition.issue == issue.key
    assert edition.subject == issue.subject
