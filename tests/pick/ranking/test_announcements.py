"""Headlines that announce what is to come, and headlines that report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.pick.ranking.announcements import looks_ahead


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("Expectations are low for the latest US-brokered talks", "en"),
        ("France’s Macron eyes Rafale fighter jet deal in India", ""),
        ("U.S. and Iran to hold a second round of nuclear talks", "en"),
        ("Rubio boosts Orbán ahead of Hungary election", "en"),
        ("Scholz wird nach Kiew reisen", "de"),
        ("Macron doit rencontrer Modi", "fr"),
        ("Sánchez va a viajar a Pekín", "es"),
        ("Il governo alla vigilia del voto", "it"),
        ("Lula vai à China", "pt"),
        ("Rutte zal aftreden", "nl"),
        ("Tusk będzie w Paryżu", "pl"),
        ("Президент будет в Париже", "ru"),
    ],
)
def test_what_is_to_come_is_told_from_what_is(headline: str, language: str) -> None:
    assert looks_ahead(headline, language)


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("First day of Russia-Ukraine peace talks ends in Geneva", "en"),
        ("Jesse Jackson, veteran US civil rights activist, dies at 84", "en"),
        ("Fire spreads to a third village", "en"),
        ("Scholz in Kiew eingetroffen", "de"),
        ("总统将访问巴黎", "zh"),
    ],
)
def test_a_report_does_not_look_ahead(headline: str, language: str) -> None:
    assert not looks_ahead(headline, language)


@given(st.text(), st.sampled_from(["", "en", "de", "ru", "zh"]))
def test_any_headline_can_be_asked(headline: str, language: str) -> None:
    assert looks_ahead(headline, language) in {True, False}
