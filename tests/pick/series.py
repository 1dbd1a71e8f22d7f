"""Pairs of articles with much the same wording that tell different things, and pairs that tell the same."""

_WELCOME = (
    "Good morning and welcome to the Harbour Note, which goes to everyone who lives or works within sight"
    " of the cranes. I am Tilda Moor and I have walked the quays so that you need not. Reply to this mail"
    " if I got something wrong. "
)
_FAREWELL = " That is all for today. Forward this letter to a friend, and pay what you like on our page. Tilda"
_PIER = (
    "Divers found a crack in the third pier of the footbridge and the council shut it until spring. "
    "Shopkeepers on the east bank fear for their Christmas trade and ask for a shuttle boat. Engineers "
    "will pour new concrete in March."
)
_SEALS = (
    "A colony of grey seals has settled on the breakwater, forty animals by the count of the coastguard. "
    "Anglers complain of torn nets while the school runs a webcam. Biologists from Ostrey will tag ten of"
    " the pups before Easter."
)
_LIBRARY = (
    "Volunteers carried eleven thousand books out of the flooded library cellar within a day. A freezer "
    "lorry keeps the oldest of them from rotting. Readers may borrow again from a container behind the "
    "town hall."
)
_FERRY = (
    "The night ferry will run twice a week from January after a vote of the island parliament. Tickets "
    "cost four crowns for islanders. The ship comes second-hand from a Norwegian fjord and needs a new "
    "ramp."
)


def _filled(title: str, text: str, *fillings: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The titles and texts of one form with other words in it."""
    return tuple((title.format(*words), text.format(*words)) for words in fillings)


#: One form, filled in twice: what it is called → (title, text) of the one and of the other, of one outlet.
SERIES = {
    "letters under one title and introduction": (
        ("This week on the quays", _WELCOME + _PIER),
        ("This week on the quays", _WELCOME + _SEALS),
    ),
    "letters between a greeting and a signature": (
        ("Harbour Note", _WELCOME + _LIBRARY + _FAREWELL),
        ("Harbour Note", _WELCOME + _FERRY + _FAREWELL),
    ),
    "letters that end alike": (
        ("Morning briefing", _SEALS + _FAREWELL + " " + _WELCOME),
        ("Morning briefing", _PIER + _FAREWELL + " " + _WELCOME),
    ),
    "letters under a long introduction": (
        ("The long view", 3 * _WELCOME + _PIER),
        ("The long view", 3 * _WELCOME + _FERRY),
    ),
    "letters with their news in the title": (
        ("The Crane: a crack in the pier", _WELCOME + _PIER),
        ("The Crane: books saved from the flood", _WELCOME + _LIBRARY),
    ),
    "numbered letters": (("Newsletter #45", _WELCOME + _PIER), ("Newsletter #46", _WELCOME + _SEALS)),
    "a German appointments page": _filled(
        "Der Tag in fünf Minuten",
        (
            "Guten Abend, hier ist das Wichtigste vom Tag, zusammengestellt von der Redaktion am Alten Hafen. {0}"
            " {1} hat {2} der {3} {4} {5} {6} {7} {8} {9} {10} {11}."
        ),
        (
            "Der",
            "Stadtrat",
            "den Bau",
            "neuen",
            "Schwimmhalle",
            "beschlossen,",
            "die",
            "schon",
            "im",
            "Herbst",
            "öffnen",
            "soll",
        ),
        (
            "Ein",
            "Feuer",
            "in",
            "Nacht",
            "drei",
            "Lauben",
            "am",
            "Bahndamm",
            "zerstört,",
            "verletzt",
            "wurde",
            "dabei niemand",
        ),
    ),
    "French headlines of the day": _filled(
        "Les titres du jour",
        (
            "Bonjour à toutes et à tous, voici les titres de ce matin, choisis pour vous par la rédaction du "
            "Phare. {0} {1} {2} {3} {4} {5} et {6} {7} {8} {9} {10} {11}."
        ),
        (
            "Le",
            "conseil",
            "municipal",
            "renonce",
            "au",
            "tramway",
            "achète",
            "douze",
            "autobus",
            "électriques",
            "pour",
            "les collines du nord",
        ),
        (
            "Une",
            "baleine",
            "échouée",
            "près",
            "du",
            "port a retrouvé le large grâce aux pêcheurs",
            "à",
            "la",
            "marée",
            "de",
            "cinq",
            "heures",
        ),
    ),
    "earthquakes": _filled(
        "M {0} - {1} km {2} of {3}",
        (
            "A magnitude {0} earthquake struck {1} km {2} of {3} at {4} UTC at a depth of {5} km. The figures "
            "were computed by machines and may be revised once a seismologist has read the traces. Did you feel "
            "it? Tell us on our page, your answers help us to draw the map of the shaking."
        ),
        ("4.6", "12", "NE", "Tolver", "10:32", "10"),
        ("5.1", "30", "SW", "Merrow", "23:07", "44"),
    ),
    "earthquakes under one title": _filled(
        "Earthquake report",
        (
            "An earthquake of magnitude {0} was felt near {1} this morning. The figures were computed by machines"
            " and may be revised once a seismologist has read the traces of all twenty stations of the network."
        ),
        ("4.6", "Tolver"),
        ("3.9", "Merrow"),
    ),
    "warnings": _filled(
        "Flood warning for the river {0}",
        (
            "The agency warns of floods on the river {0} until {1} {2}. Move cars and cattle to higher ground, "
            "keep away from bridges, and never drive through water whose depth you do not know. Call 0800 for "
            "help."
        ),
        ("Asham", "Thursday", "evening"),
        ("Selm", "Friday", "noon"),
    ),
    "results": _filled(
        "{0} {1} {2} {3} {4}",
        (
            "{0} {1} {5} {6} {7} {8} in the third round of the county cup on Saturday. Highlights, line-ups and "
            "all other results of the round are on our page, where you can also vote for the player of the match."
        ),
        ("Ostrey", "Rovers", "2–1", "Tolver", "Town", "beat", "Tolver", "Town", "2–1"),
        ("Merrow", "United", "0–0", "Selm", "Athletic", "drew", "with", "Selm", "Athletic 0–0"),
    ),
    "rates of exchange": _filled(
        "Rates of exchange",
        (
            "The crown was fixed at {0} to the euro, {1} to the dollar and {2} to the pound at noon. These are "
            "mid-market rates without commission, published for information only by the money workspace each working "
            "day."
        ),
        ("7.4512", "6.8930", "8.7711"),
        ("7.4388", "6.9102", "8.7640"),
    ),
    "obituaries": _filled(
        "Death notice: {0} {1}",
        (
            "{0} {1}, aged {2}, died peacefully at home in {3}. The family thanks the nurses of Saint Bride's for"
            " their care. No flowers by request; gifts to the lifeboat are welcome. A service is held in the "
            "parish church."
        ),
        ("Edda", "Marsh", "81", "Tolver"),
        ("Owen", "Pike", "77", "Selm"),
    ),
    "releases": _filled(
        "{0} released",
        (
            "This is a maintenance release of Lathe. Update with your package manager, and tell us on the tracker"
            " if anything breaks. Thanks to all who sent patches, tested candidates and wrote the manual in their"
            " free time."
        ),
        ("v1.2.3",),
        ("v1.2.4",),
    ),
    "jobs": _filled(
        "Vacancy: {0} in {1}",
        (
            "We look for a {0} in {1}. You work in a small team, with five weeks off and a pension from the first"
            " day. Send a page about yourself and two names we may ask; we answer everybody within a fortnight."
        ),
        ("baker", "Merrow"),
        ("welder", "Asham"),
    ),
    "pictures with one caption": _filled(
        "Photo of the day: {0}",
        (
            "Every evening our photographers choose the best picture that readers sent. Every evening our "
            "photographers choose the best picture that readers sent. "
        ),
        ("otters",),
        ("the weir",),
    ),
    "threads with one text": 2
    * (("Daily thread", "Talk about whatever you like here; be kind, and keep what belongs elsewhere out of it."),),
    "titles alone": 2 * (("Sunday review", ""),),
    "long titles alone": 2 * (("Five things you need to know today", ""),),
    "recalls": _filled(
        "Recall: {0} {1}",
        (
            "The {0} {1} {2} is called back because its lid may burst. Stop using it, take it to the shop where "
            "you bought it and you get your money back without a receipt. Nobody is known to have been hurt so "
            "far."
        ),
        ("Brightwell", "kettle", "K40"),
        ("Holm", "toaster", "T7"),
    ),
    "Japanese quakes": _filled(
        "地震情報：{0}県",
        "三十日午前、{0}県沖で地震がありました。この地震による津波の心配はありません。今後の情報に注意してください。詳しい震度は気象庁の発表をご覧ください。",
        ("青山",),
        ("白川",),
    ),
}

_FIRE = (
    "A fire in the rope works of Selm killed 49 people on Tuesday night, the fire brigade said. Flames "
    "were seen from Merrow, twenty kilometres away. Owner Karl Brandt said the sprinklers had been tested"
    " in May. Police closed the coast road and asked people to keep their windows shut. The cause is not "
    "known. A crisis centre was opened in the gym of the primary school, where forty relatives waited for"
    " news."
)

#: What may differ between two prints of one article: what it is called → (title, text) of the one and of the other.
COPIES = {
    "a changed figure": (
        ("Fire in rope works kills dozens", _FIRE),
        ("Fire in rope works kills dozens", _FIRE.replace("49", "50")),
    ),
    "a changed figure and headline": (
        ("Fire kills 49 in Selm", _FIRE),
        ("Death toll of rope works fire rises to 50", _FIRE.replace("49", "50")),
    ),
    "a mended name": (
        ("Fire in rope works kills dozens", _FIRE),
        ("Fire in rope works kills dozens", _FIRE.replace("Brandt", "Brand").replace("Merrow", "Merow")),
    ),
    "a line added": (
        ("Fire in rope works kills dozens", _FIRE),
        (
            "Fire in rope works kills dozens",
            _FIRE + " Sign up for our letter and get the news of the coast each morning.",
        ),
    ),
    "an end cut off": (
        ("Fire in rope works kills dozens", _FIRE),
        ("Fire in rope works kills dozens", _FIRE[:300]),
    ),
    "another headline": (("Fire in rope works kills dozens", _FIRE), ("What we know of the Selm disaster", _FIRE)),
    "nothing": (("Fire in rope works kills dozens", _FIRE), ("Fire in rope works kills dozens", _FIRE)),
}
