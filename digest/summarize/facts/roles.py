"""What people are called beside their names: a captain, a minister, a suspect. Who is given a part must have had it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from digest.text.words import fold, tokens

#: Language → the words, in the forms that stand beside a name.
_ROLES = {
    "en": "actor actress admiral adviser ambassador analyst archbishop artist attorney author bishop boss captain "
    "chairman chairwoman chancellor chief coach colonel commander commissioner deputy detective director doctor driver "
    "economist editor engineer executive expert father founder general governor husband inspector journalist judge "
    "king lawmaker lawyer leader lieutenant lord major manager mayor minister mother nurse officer owner pilot "
    "policeman pope premier president prince princess professor prosecutor queen rabbi reporter scientist secretary "
    "senator sergeant sheriff singer skipper soldier spokesman spokesperson spokeswoman suspect teacher treasurer "
    "victim widow wife witness",
    "de": "abgeordnete abgeordneter anwalt anwältin arzt ärztin bischof botschafter botschafterin bürgermeister "
    "bürgermeisterin chef chefin direktor direktorin eigentümer eigentümerin fahrer fahrerin general gouverneur "
    "gründer gründerin kanzler kanzlerin bundeskanzler bundeskanzlerin kapitän kapitänin könig königin leiter leiterin "
    "minister ministerin papst pilot pilotin präsident präsidentin professor professorin richter richterin sprecher "
    "sprecherin staatsanwalt staatsanwältin trainer trainerin verdächtige verdächtiger zeuge zeugin",
    "fr": "ambassadeur ambassadrice avocat avocate capitaine chancelier chancelière chef colonel commandant directeur "
    "directrice député députée entraîneur évêque fondateur fondatrice général gouverneur gouverneure juge maire "
    "médecin ministre pape patron patronne pilote premier président présidente procureur procureure professeur "
    "professeure propriétaire reine roi sénateur sénatrice suspect suspecte témoin",
    "es": "abogada abogado alcalde alcaldesa capitán capitana canciller comandante diputada diputado director "
    "directora dueña dueño embajador embajadora entrenador entrenadora fiscal fundador fundadora general gobernador "
    "gobernadora jefa jefe juez jueza médica médico ministra ministro obispo papa piloto portavoz presidenta "
    "presidente profesor profesora propietaria propietario reina rey secretaria secretario senador senadora sospechosa "
    "sospechoso testigo",
    "it": "allenatore allenatrice ambasciatore ambasciatrice avvocata avvocato capitano cancelliere cancelliera "
    "comandante deputata deputato direttore direttrice fondatore fondatrice generale giudice governatore medico "
    "ministra ministro papa pilota portavoce premier presidente procuratore professore professoressa proprietaria "
    "proprietario re regina senatore senatrice sindaca sindaco testimone vescovo",
    "pt": "advogada advogado bispo capitã capitão chanceler comandante deputada deputado diretor diretora dona dono "
    "embaixador embaixadora fundador fundadora general governador governadora juiz juíza médica médico ministra "
    "ministro papa piloto prefeita prefeito presidente procurador procuradora professor professora rainha rei "
    "secretária secretário senador senadora suspeita suspeito testemunha treinador treinadora",
    "nl": "advocaat ambassadeur arts bisschop burgemeester commandant directeur directrice eigenaar generaal "
    "gouverneur hoogleraar kapitein kanselier koning koningin leider minister oprichter paus piloot premier president "
    "professor rechter senator trainer verdachte voorzitter woordvoerder woordvoerster",
    "pl": "adwokat ambasador biskup burmistrz dyrektor generał gubernator kanclerz kapitan król królowa lekarz "
    "minister papież pilot poseł posłanka premier prezes prezydent profesor prokurator rzecznik rzeczniczka senator "
    "sędzia trener właściciel właścicielka świadek",
    "ru": "адвокат владелец врач генерал глава губернатор депутат директор канцлер капитан король королева мэр "
    "министр основатель папа пилот посол премьер президент прокурор профессор свидетель секретарь сенатор судья тренер",
}
#: Words on each side of a part in which the name stands whose it is.
_BEHIND, _BEFORE = 2, 3


def roles(sentence: str, names: frozenset[str], language: str) -> Iterator[tuple[str, str]]:
    """Each part that is given in a sentence, with the name beside it; "" where there is none."""
    known = _known(language or "en")
    words = tokens(sentence)
    for at, word in enumerate(words):
        if word in known:
            beside = [*words[at + 1 : at + 1 + _BEHIND], *reversed(words[max(0, at - _BEFORE) : at])]
            yield word, next((one for one in beside if one in names and one not in known), "")


@cache
def _known(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _ROLES.get(language, "").split())
