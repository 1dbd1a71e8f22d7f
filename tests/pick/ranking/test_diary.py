import pytest

from digest.pick.picking import pick
from digest.pick.ranking.diary import is_diary
from digest.settings import PickSettings

DIARY = {
    "en": "I walked to the allotment and I dug my beds again. The rain came, and I didn't mind it, said my neighbour. ",
    "de": "Ich ging zum Garten und grub meine Beete noch einmal um. Der Regen kam, und mir war das gleich, so ist es. ",
    "fr": "J'ai marché vers le jardin et je travaille mes rangs encore. La pluie est venue, et moi je suis restée là. ",
    "ru": "Я пошла в сад и снова вскопала мои грядки. Пришёл дождь, и мне это было всё равно, как и всегда. ",
}
REPORT = "The council of Ghent voted on a plan for safer junctions. Work begins in March and ends before the winter. "
SAID = "“I will not give my consent, and I told my colleagues so,” said the mayor, “since I was not asked.” "


@pytest.mark.parametrize("language", DIARY)
def test_who_tells_of_themselves_all_along_writes_a_diary(article, language):
    assert is_diary(article("a", text=DIARY[language] * 6, language=language))


@pytest.mark.parametrize(
    "text",
    [REPORT * 6, (REPORT + SAID) * 6, (REPORT + SAID.replace("“", '"').replace("”", '"')) * 6, DIARY["en"]],
    ids=["report", "quotations", "straight quotations", "few words"],
)
def test_a_report_is_none_whatever_people_say_in_it(article, text):
    assert not is_diary(article("a", text=text, language="en"))


def test_who_says_i_only_to_begin_with_reports(article):
    assert not is_diary(article("a", text=DIARY["en"] + REPORT * 6, language="en"))


def test_a_language_without_a_known_i_has_no_diaries(article):
    assert not is_diary(article("a", text=DIARY["en"] * 6, language="eo"))


@pytest.fixture
def diaries(article, prose):
    return [
        article(f"diary{n}", hours=2, title=prose(f"d{n}x", 4), text=own_words(prose(f"d{n}y", 80)), language="en")
        for n in range(30)
    ]


def own_words(prose):
    """Prose in which every other word is the author's "I"."""
    return " I ".join(prose.split())


def test_reports_of_a_quiet_week_come_before_fresher_diaries(article, window, prose, diaries):
    reports = [
        article(f"report{n}", hours=14, title=prose(f"r{n}x", 6), text=prose(f"r{n}y", 150), language="en")
        for n in range(5)
    ]

    picked = pick([*reports, *diaries], window=window, settings=PickSettings(max_stories=8), sections=())

    assert {story.id for story in picked.stories[:5]} == {report.id for report in reports}
    assert "is a diary, no report" in {term.detail for term in picked.stories[5].terms}


def test_a_newsletter_of_diaries_has_an_issue(window, diaries):
    assert len(pick(diaries, window=window, settings=PickSettings(), sections=()).stories) == 20
