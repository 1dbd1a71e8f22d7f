import pytest

from digest.model import Story
from digest.pick.selection.thin_sections import SectionMinimums, merge_thin_sections
from digest.settings import PickSettings, SectionSettings


@pytest.fixture(scope="session")
def issue(article):
    """issue("WWWSWWWWM") → stories, best first, in the sections World, Sport, Music and More."""
    titles = {"W": "World", "S": "Sport", "M": "Music", "-": "More"}

    def make(sections, *, ruled=""):
        return [
            Story(
                articles=(article(f"{at}"),),
                section=titles[letter],
                score=9.0 - at,
                section_reason="it speaks of football",
                section_is_ruled=letter in ruled,
            )
            for at, letter in enumerate(sections)
        ]

    return make


@pytest.fixture(scope="session")
def after(issue):
    def make(sections, *, ruled="", **least):
        settings = PickSettings(catch_all="More")
        known = [SectionSettings(name=name, min_stories=least.get(name)) for name in ("World", "Sport", "Music")]
        letters = {"World": "W", "Sport": "S", "Music": "M", "More": "-"}
        return "".join(
            letters[story.section]
            for story in merge_thin_sections(issue(sections, ruled=ruled), SectionMinimums.of(settings, known))
        )

    return make


def test_a_section_of_one_story_goes_to_the_catch_all(after):
    assert after("WWWWWWS-") == "WWWWWW--"


def test_two_sections_of_one_story_make_a_catch_all_together(after):
    assert after("WWWWWWSM") == "WWWWWW--"


def test_a_single_story_is_not_moved_to_a_heading_of_its_own(after):
    assert after("WWWWWWWS") == "WWWWWWWS"


def test_a_section_of_two_stories_stays(after):
    assert after("WWWWWSS-") == "WWWWWSS-"


def test_a_short_issue_keeps_its_headings(after):
    assert after("WWWWSM-") == "WWWWSM-"


def test_one_of_the_best_stories_does_not_sink_to_the_end(after):
    assert after("WSWWWWW-") == "WSWWWWW-"
    assert after("WWWSWWW-") == "WWW-WWW-"


def test_a_section_that_a_rule_filled_stays(after):
    assert after("WWWWWWS-", ruled="S") == "WWWWWWS-"


def test_the_owner_says_how_many_stories_make_a_section(after):
    assert after("WWWWWWS-", Sport=1) == "WWWWWWS-"
    assert after("WWWWWSS-", Sport=3) == "WWWWW---"
    assert after("WWS--", Sport=2) == "WW---"


def test_the_catch_all_itself_is_never_folded(after):
    assert after("WWWWWWW-") == "WWWWWWW-"


def test_what_was_folded_says_so(issue):
    minimums = SectionMinimums.of(PickSettings(catch_all="More"), [])

    story = merge_thin_sections(issue("WWWWWWS-"), minimums)[6]

    assert story.section_reason == "folded: Sport had too few stories for a section (it speaks of football)"
