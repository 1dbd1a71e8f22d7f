"""What the denials of a sentence are about."""

from __future__ import annotations

from digest.summarize.facts.negation import denied


def test_a_denial_is_about_the_words_of_its_clause() -> None:
    [(behind, around)] = denied("All came ashore, and nobody was hurt, the coast guard said.", "en")
    assert (behind, around) == ({"hurt"}, {"hurt"})
