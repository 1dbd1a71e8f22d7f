import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.clean import clean_line
from digest.text.headlines import clean_headline, cut_headline


@pytest.mark.parametrize(
    ("title", "publisher", "host", "clean"),
    [
        ("Talks fail in Geneva - BBC News", "BBC News", "", "Talks fail in Geneva"),
        ("Talks fail in Geneva | The Verge", "The Verge", "", "Talks fail in Geneva"),
        ("Talks fail in Geneva – BBC", "BBC News", "", "Talks fail in Geneva"),
        ("Talks fail in Geneva - Reuters", "Google News", "", "Talks fail in Geneva"),
        ("Talks fail in Geneva - The New York Times", "Google News", "", "Talks fail in Geneva"),
        ("Talks fail | World | Example", "", "www.example.org", "Talks fail"),
        ("Mail Manager | Tuesdays With Stories #643", "Tuesdays with Stories!", "", "Mail Manager"),
        ("Trade deals put India first - but challenges remain", "BBC News", "", None),
        ("Fat Tuesday – Bourbon Street Parade", "In the Dark", "", None),
        ("Whitechapel - The Valley (2019) Review", "Arson Cafe", "", None),
        ("BBC News", "BBC News", "", None),
        ("Embers - Dawn of War", "Dawn", "", None),
        ("A prize for the brave - Science", "The Christian Science Monitor", "", None),
        ("How sales of the The Economist - and The Times - fell", "The Economist", "", None),
    ],
)
def test_the_name_of_the_site_is_taken_off_and_nothing_else(title, publisher, host, clean):
    assert clean_headline(title, publisher=publisher, host=host) == (clean or title)


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Eviction ban has been extended again. What you need to know", "Eviction ban has been extended again"),
        ("Hurricane Ida shuts down refineries — here's why", "Hurricane Ida shuts down refineries"),
        ("Takaichi wins snap election by landslide: What to Know", "Takaichi wins snap election by landslide"),
        ("Volcano erupts in Iceland again [VIDEO]", "Volcano erupts in Iceland again"),
        ("BREAKING: Volcano erupts in Iceland", "Volcano erupts in Iceland"),
        ("WATCH: Volcano erupts in Iceland", "Volcano erupts in Iceland"),
        ("Live updates: Volcano erupts in Iceland", "Volcano erupts in Iceland"),
        ("Is the volcano of Iceland asleep? Here's what we know", "Is the volcano of Iceland asleep?"),
        ("He spoke of a ‘volcano of lies.’ Here’s why the phrase matters.", "He spoke of a ‘volcano of lies.’"),
        ("Volcano erupts again in Iceland, and you won't believe what happened", "Volcano erupts again in Iceland"),
        ("Watch Dogs: Legion", None),
        ("Live Aid: forty years of a concert", None),
        ("2026 Winter Olympics: What you need to know", None),
        ("Ida shuts refineries — here's what it means for gas prices", None),
        ("What we know about the pill", None),
        ("The week’s best photos", None),
        ("Abysmal Descent - Dismal Thoughts (2025) Review", None),
    ],
)
def test_bait_is_taken_off_where_a_headline_remains(title, clean):
    assert clean_headline(title) == (clean or title)


@pytest.mark.parametrize(
    ("title", "text", "clean"),
    [
        ("TRUMP MEETS PUTIN IN ALASKA", "On Friday Trump will meet Putin in Alaska.", "Trump Meets Putin in Alaska"),
        (
            "NATO AND THE EU AGREE ON AID",
            "We hear that NATO and the EU did agree on aid.",
            "NATO and the EU agree on aid",
        ),
        ("WORLD WAR II: THE LAST DAYS", "", "World War II: The Last Days"),
        ("EU AGREES ON RULES FOR AI", "", "EU Agrees on Rules for AI"),
        ("NASA: SLS", "", "NASA: SLS"),
        ("COVID cases are DECLINING fast", "", "COVID cases are DECLINING fast"),
        ("KESTREL: LAST PARADISE", "In the game KESTREL: LAST PARADISE you flee.", "Kestrel: Last Paradise"),
        ("I HATE SKATEBOARDING.", "They all hate skateboarding.", "I hate skateboarding."),
        ("DER BUNDESTAG STIMMT AB", "Wie der Bundestag heute ab und zu stimmt.", "Der Bundestag stimmt ab"),
    ],
)
def test_shouting_is_calmed_as_the_article_writes_its_words(title, text, clean):
    language = "de" if title.startswith("DER") else "en"
    assert clean_headline(title, text=text, language=language) == clean


@pytest.mark.parametrize(
    ("title", "publisher", "language", "clean"),
    [
        ("EXKLUSIV: Kanzler tritt nach der Wahl zurück", "", "de", "Kanzler tritt nach der Wahl zurück"),
        ("EILMELDUNG: Kanzler tritt zurück", "", "de", "Kanzler tritt zurück"),
        ("URGENT : le président démissionne", "", "fr", "le président démissionne"),
        ("¡URGENTE! Temblor sacude a México", "", "es", "Temblor sacude a México"),
        ("СРОЧНО: президент подписал указ", "", "ru", "президент подписал указ"),
        ("PILNE! Premier podał się do dymisji", "", "pl", "Premier podał się do dymisji"),
        ("【速報】首相が辞任を表明", "", "ja", "首相が辞任を表明"),
        ("عاجل: استقالة رئيس الوزراء", "", "ar", "استقالة رئيس الوزراء"),
        ("Tempête sur la côte : ce que l'on sait", "", "fr", "Tempête sur la côte"),
        ("Sturm trifft Küste: Das müssen Sie wissen", "", "de", "Sturm trifft Küste"),
        ("Temblor sacude a México: esto es lo que se sabe", "", "es", "Temblor sacude a México"),
        ("Взрыв в центре города: что известно", "", "ru", "Взрыв в центре города"),
        ("BBC News - Mayor resigns after the vote", "", "en", "Mayor resigns after the vote"),
        ("The Guardian | Mayor resigns after the vote", "The Guardian", "en", "Mayor resigns after the vote"),
        ("Mayor resigns after vote : NPR", "NPR", "en", "Mayor resigns after vote"),
        ("Mayor resigns after vote | Politics", "", "en", "Mayor resigns after vote"),
        ("Regierung stürzt - Politik - SZ.de", "", "de", "Regierung stürzt"),
        ("Storm hits coast - live updates", "", "en", "Storm hits coast"),
        ("LIVE Storm hits the coast", "", "en", "Storm hits the coast"),
        ("WATCH | Mayor resigns", "", "en", "Mayor resigns"),
        ("The 10 best laptops of 2026 – number 7 will surprise you", "", "en", "The 10 best laptops of 2026"),
        ("🚨 BREAKING 🚨 Mayor resigns 🔥🔥", "", "en", "Mayor resigns"),
        ("US: the musical", "", "en", None),
        ("Live from the Met: the last night of the season", "", "en", None),
        ("Watch makers strike", "", "en", None),
        ("Urgent care clinics close", "", "en", None),
        ("Breaking: Bad", "", "en", None),
        ("Dawn – a new beginning", "Dawn", "en", None),
        ("Mayor resigns after vote | Opinion", "", "en", None),
        ("A hotel of ★★★★★", "", "en", None),
        ("Direkt am Meer: Häuser für alle", "", "de", None),
        ("Olympia 2026: Das müssen Sie wissen", "", "de", None),
    ],
)
def test_alarms_promises_and_names_of_sites_are_taken_off_in_any_language(title, publisher, language, clean):
    assert clean_headline(title, publisher=publisher, language=language) == (clean or title)


@pytest.mark.parametrize(
    ("title", "language", "text", "clean"),
    [
        ("LE PRÉSIDENT DÉMISSIONNE APRÈS LE SCANDALE", "fr", "", "Le président démissionne après le scandale"),
        (
            "ПРЕЗИДЕНТ РОССИИ ПОДПИСАЛ НОВЫЙ УКАЗ",
            "ru",
            "Вчера в Россию вернулся глава страны, а Россия ждала.",
            "Президент России подписал новый указ",
        ),
        (
            "BUNDESTAG BESCHLIESST NEUES GESETZ ZUR RENTE",
            "de",
            "Wie der Bundestag beschließt, kommt ein neues Gesetz zur Rente.",
            "Bundestag beschließt neues Gesetz zur Rente",
        ),
        (
            "LOUD NEWS FROM THE HARBOUR OF ELSIN",
            "en",
            "Down at the harbour of Elsin it is loud.",
            "Loud News From the Harbour of Elsin",
        ),
        ("US STRIKES IRAN AND TALKS TO THE IAEA", "en", "", "US Strikes Iran and Talks to the IAEA"),
        ("NEW SERIES COMES TO HBO WITH HELP OF UNESCO", "en", "", "New Series Comes to HBO With Help of UNESCO"),
        ("UN PRÉSIDENT DE L'UE ARRIVE À PARIS", "fr", "Il est à Paris.", "Un président de l'UE arrive à Paris"),
    ],
)
def test_shouting_is_calmed_as_the_language_writes(title, language, text, clean):
    assert clean_headline(title, language=language, text=text) == clean


@given(st.text(max_size=60), st.text(max_size=10))
def test_a_headline_is_never_reworded(title, publisher):
    clean = clean_headline(title, publisher=publisher)
    folded = "".join(clean_line(title).split()).casefold()
    assert "".join(clean.split()).casefold() in folded or clean == "" or len(clean) < len(title)
    assert "\n" not in clean


def test_a_short_headline_is_not_cut():
    assert cut_headline("Talks fail in Geneva", most=65) == "Talks fail in Geneva"


def test_a_headline_is_cut_at_the_end_of_a_clause_without_a_mark():
    headline = "Kim Jong Un on his way to meet Putin in Russia: Should the world be worried?"
    assert cut_headline(headline, most=65) == "Kim Jong Un on his way to meet Putin in Russia"


def test_a_headline_without_clauses_is_cut_between_words():
    headline = "Fully vaccinated Americans can largely drop masks indoors and outdoors from now on"
    assert cut_headline(headline, most=65) == "Fully vaccinated Americans can largely drop masks indoors…"


def test_chinese_is_cut_by_its_width():
    cut = cut_headline("国家卫生健康委员会星期一宣布将在全国范围内取消室内戴口罩的要求", most=20)
    assert cut == "国家卫生健康委员会…"


@given(st.text(min_size=1, max_size=100).map(lambda text: " ".join(text.split())), st.integers(10, 80))
def test_a_cut_headline_fits(headline, most):
    assert len(cut_headline(headline, most=most)) <= most


def test_a_turkish_headline_in_capitals_keeps_its_two_kinds_of_i():
    title = clean_headline("ISPARTA GÜL BAHÇELERİ BUGÜN AÇILDI", language="tr", text="Bugün Isparta bahçeleri açıldı.")

    assert title == "Isparta gül bahçeleri bugün açıldı"
