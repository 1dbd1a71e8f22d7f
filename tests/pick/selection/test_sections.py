import pytest

from digest.pick.selection.sections import place
from digest.settings import SectionSettings

WORLD = SectionSettings(name="World", keywords=("election",), categories=("Politics",), sources=("Herald",))
SPORT = SectionSettings(name="Sport", keywords=("football",), categories=("Games",), sources=("Goal",))
SECTIONS = (WORLD, SPORT)

MATCH = "The striker scored before half time and the keeper saved a penalty in the stadium."
VOTE = "Voters queued at polling stations while candidates of both parties waited for ballots."


def placed(*story, sections=SECTIONS):
    return place([story], sections, catch_all="More")[0]


def test_a_section_demanded_by_the_source_comes_before_all_rules(article):
    placing = placed(article("herald", section="Local", categories=("Politics",), title="Election day"))

    assert placing.section == "Local"
    assert placing.reason == "Herald always goes here"


def test_a_sections_source_comes_before_its_categories(article):
    placing = placed(article("goal", categories=("Politics",), title="Election day"))

    assert placing.section == "Sport"
    assert placing.reason == "Goal is among its sources"


def test_a_source_is_known_by_its_location_too(article):
    section = SectionSettings(name="Science", sources=("HTTPS://lab.example/feed",))

    assert placed(article("lab"), sections=[section]).section == "Science"


def test_a_feed_category_comes_before_keywords(article):
    placing = placed(article("a", categories=("games",), title="Election day"))

    assert placing.section == "Sport"
    assert placing.reason == 'its source files it under "Games"'


def test_keywords_come_before_the_catch_all(article):
    placing = placed(article("a", title="Election day"))

    assert placing.section == "World"
    assert placing.reason == "it speaks of election"


def test_what_fits_no_section_goes_to_the_catch_all(article):
    placing = placed(article("a", title="A recipe for bread"))

    assert placing.section == "More"
    assert placing.reason == "it fits the keywords of no section"


def test_of_two_sections_that_claim_a_source_the_owners_first_has_it(article):
    sections = [SectionSettings(name=name, sources=("Herald",)) for name in ("One", "Two")]

    assert placed(article("herald"), sections=sections).section == "One"
    assert placed(article("herald"), sections=sections[::-1]).section == "Two"


def test_the_lead_decides_before_the_other_articles(article):
    lead, other = article("a", categories=("Politics",)), article("b", section="Local")

    assert placed(lead, other).section == "World"
    assert placed(other, lead).section == "Local"


def test_another_articles_rule_comes_before_the_keywords_of_the_lead(article):
    assert placed(article("a", title="Election day"), article("goal")).section == "Sport"


def test_more_mentions_of_another_sections_keywords_draw_an_article_there(article):
    text = "Football again. The football club spoke of football and of nothing else before the election."

    assert placed(article("a", title="Football tonight", text=text)).section == "Sport"


def test_an_article_that_is_like_others_of_a_section_goes_there_without_a_keyword(article):
    stories = [
        *([article(f"f{n}", title="Football tonight", text=MATCH)] for n in range(40)),
        *([article(f"e{n}", title="Election day", text=VOTE)] for n in range(40)),
        [article("quiet", title="Late penalty", text=MATCH)],
    ]

    placing = place(stories, SECTIONS, catch_all="More")[-1]

    assert placing.section == "Sport"
    assert placing.reason == "it is like others that speak of the section's keywords"


POLICE = "Detectives sent gloves from the farmhouse to a laboratory, and relatives of the teacher await results."
PITCHES = SectionSettings(name="Sport", keywords=("match", "coach", "football"))


def among_many(article, title, text):
    """Where a story is placed among forty of sport and forty of politics."""
    others = [
        *([article(f"f{n}", title="Football match tonight", text=MATCH)] for n in range(40)),
        *([article(f"e{n}", title="Election day", text=VOTE)] for n in range(40)),
    ]
    return place([*others, [article("one", title=title, text=text)]], (WORLD, PITCHES), catch_all="More")[-1].section


def test_a_lone_keyword_in_another_sense_puts_no_story_into_a_section_even_in_the_headline(article):
    assert among_many(article, "No fingerprint matches in case of missing teacher", POLICE) == "More"
    assert among_many(article, "Coach with thirty tourists stuck in snow", "Ploughs cleared a pass.") == "More"


def test_a_lone_keyword_in_its_company_puts_a_story_into_its_section(article):
    assert among_many(article, "Coach praises keeper after late penalty", MATCH) == "Sport"


def test_a_second_keyword_puts_a_story_into_its_section_whatever_its_company(article):
    assert among_many(article, "Football coach retires to an island", "Sheep and lighthouses await.") == "Sport"


@pytest.mark.parametrize("sections", [(), (SectionSettings(name="Empty"),)])
def test_without_a_rule_everything_goes_to_the_catch_all(article, sections):
    assert placed(article("a", title="Election day"), sections=sections).section == "More"


def test_no_stories_have_no_sections():
    assert place([], SECTIONS, catch_all="More") == []


GARDENS = (
    "School pupils dig an allotment\nThe pupils dig beds for beans and potatoes on the allotment behind the gym.",
    "How to prune an apple tree\nThe gardener takes the branches that cross, and the tree bears more apples.",
    "Beans for neighbours\nThe garden of the parish grows beans and potatoes, and gardeners give them away.",
)


def test_an_article_like_the_examples_goes_there_without_any_keyword(article, elsewhere):
    garden = SectionSettings(name="Garden", examples=GARDENS)
    like = article(
        "like", title="Allotments bear more beans", text="Gardeners dig beds for beans, potatoes and apples."
    )

    placings = place([[like], *([one] for one in elsewhere)], [garden, SPORT], catch_all="More")

    assert (placings[0].section, placings[0].reason) == ("Garden", "it is like the section's examples")
    assert {placing.section for placing in placings[1:]} == {"More"}


def test_a_rule_wins_over_examples(article, elsewhere):
    garden = SectionSettings(name="Garden", examples=GARDENS)
    like = article(
        "goal", title="Allotments bear more beans", text="Gardeners dig beds for beans, potatoes and apples."
    )

    placings = place([[like], *([one] for one in elsewhere)], [garden, SPORT], catch_all="More")

    assert placings[0].section == "Sport"


def test_examples_may_be_bare_headlines(article):
    garden = SectionSettings(name="Garden", examples=tuple(text.partition("\n")[0] for text in GARDENS))

    assert placed(article("a", title="Pupils dig an allotment for apples"), sections=[garden]).section == "Garden"


def test_a_source_may_write_its_section_in_other_letters(article):
    section = SectionSettings(name="İzmir")

    assert placed(article("a", section="IZMIR"), sections=[section]).section == "İzmir"


def test_sources_and_categories_are_compared_without_regard_to_case_and_accents(article):
    sections = [
        SectionSettings(name="Home", sources=("Işık Gazetesi",)),
        SectionSettings(name="Culture", categories=("café",)),
    ]

    assert placed(article("a", publisher="ışık gazetesi"), sections=sections).section == "Home"
    assert placed(article("b", categories=("CAFÉ",)), sections=sections).section == "Culture"
