"""Ids of articles."""

from digest.collect.article.identity import article_id


def test_an_id_is_sixteen_hexadecimal_digits_and_never_changes() -> None:
    # Pinned: ids are in the databases of people's projects.
    assert article_id("https://example.org/a") == "b5b10dd0429e69ac"
