from digest.summarize.names import read_names


def names(*sentences, language="en"):
    return [(set(one.full), set(one.short)) for one in read_names(sentences, language)]


def test_a_surname_is_short_where_the_name_stood_in_full_before():
    told = names("Finance Minister Lars Klingbeil spoke.", "On Monday Klingbeil left.", "Lars Klingbeil is back.")
    assert told == [({"klingbe"}, set()), (set(), {"klingbe"}), ({"klingbe"}, set())]


def test_a_name_that_never_stands_in_full_is_known_to_everybody():
    assert names("In Europe it rained.", "In Europe it snowed.") == [(set(), set())] * 2


def test_names_in_quotations_introduce_nobody():
    assert names("She said “Ann Miller left”.", "Then Miller came.")[1] == (set(), set())


def test_where_all_nouns_have_capitals_no_surname_is_known():
    assert names("Bürgermeisterin Ann Miller kam.", "Dann ging Miller.", language="de") == [(set(), set())] * 2
