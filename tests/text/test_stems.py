from digest.text.stems import stem, stems, stop_stems


def test_forms_of_a_word_have_a_stem_in_common():
    assert stems("bridges bridge bridging bridged") == ("bridg",) * 4


def test_a_word_without_meaning_is_found_by_its_stem():
    assert stem("there") in stop_stems("en")
    assert stem("bridge") not in stop_stems("en")
