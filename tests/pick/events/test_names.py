import pytest

from digest.pick.events.names import names_of, skeleton


@pytest.mark.parametrize(
    "spellings",
    [
        ("Rhodes", "Rhodos", "Rodas", "Родос", "Родоса", "Ρόδος", "رودس"),
        ("Zelensky", "Selenskyj", "Zelenskyy", "Зеленский"),
        ("Netanyahu", "Нетаньяху", "نتنياهو"),
        ("Trump", "Трамп", "ترامب"),
        ("Macron", "Макрон", "ماكرون"),
        ("Iran", "Irán", "Иран", "ایران"),
    ],
)
def test_a_name_has_one_skeleton_in_all_scripts(spellings):
    assert len({skeleton(spelling) for spelling in spellings}) == 1


def test_names_are_words_with_a_capital_inside_a_sentence(article):
    found = names_of(
        article("a", title="ferry off Rhodes", text="Rescuers saved 40 people. Greece sent ships to Lindos.")
    )

    assert set(found) == {"rds", "40", "lnds"}


def test_a_headline_all_in_capitals_names_nobody(article):
    assert not names_of(article("a", title="Ferry Sinks Off The Island", text=""))
