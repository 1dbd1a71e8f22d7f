from digest.pick.events.source_languages import with_languages


def test_articles_of_a_feed_that_names_no_language_get_it_from_their_words(article):
    titles = ("Die Regierung will das Gesetz ändern", "Warum der Wald im Sommer brennt", "Neue Züge für die Region")
    given = [article("zeitung", id=f"{n}", title=title) for n, title in enumerate(titles)]

    assert [one.language for one in with_languages(given)] == ["de", "de", "de"]


def test_a_language_that_the_feed_names_stays(article):
    given = [article("zeitung", title="Die Regierung will das Gesetz ändern", language="nl")]

    assert with_languages(given)[0].language == "nl"


def test_a_feed_of_numbers_has_no_language(article):
    assert with_languages([article("status", title="v1.2.3")])[0].language == ""
