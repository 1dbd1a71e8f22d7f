"""Bylines, credits, calls and notices in the languages that feeds are written in."""

import pytest

from digest.summarize.notices import is_notice

NOTICES = {
    "de": (
        "Von Anna Müller, Berlin",
        "Foto: dpa/Michael Kappeler.",
        "Melden Sie sich für unseren Newsletter an.",
        "Wir verwenden Cookies, um unsere Seite zu verbessern.",
        "Lesen Sie auch: Die neue Brücke.",
        "Mehr zum Thema: Brücken.",
        "Dieser Artikel wurde am Montag aktualisiert.",
        "Jetzt abonnieren und nichts mehr verpassen!",
        "Alle Rechte vorbehalten.",
        "Quelle: dpa.",
        "Mit Informationen von Reuters und AFP.",
    ),
    "fr": (
        "Par Jean Dupont",
        "Crédit photo : AFP.",
        "Inscrivez-vous à notre newsletter pour tout savoir.",
        "Nous utilisons des cookies pour améliorer notre site.",
        "Lire aussi : Le nouveau pont.",
        "À lire aussi : le pont.",
        "Cet article a été mis à jour lundi.",
        "Tous droits réservés.",
        "Avec AFP.",
        "Suivez-nous sur Twitter.",
    ),
    "es": (
        "Por Juan García",
        "Foto: EFE.",
        "Suscríbete a nuestro boletín.",
        "Utilizamos cookies para mejorar el sitio.",
        "Lea también: El nuevo puente.",
        "Te puede interesar: El nuevo puente.",
        "Este artículo fue actualizado el lunes.",
        "Todos los derechos reservados.",
        "Con información de EFE.",
        "Síguenos en Twitter.",
    ),
    "it": (
        "Di Mario Rossi",
        "Foto: ANSA.",
        "Iscriviti alla nostra newsletter.",
        "Utilizziamo i cookie per migliorare il sito.",
        "Leggi anche: Il nuovo ponte.",
        "Questo articolo è stato aggiornato lunedì.",
        "Riproduzione riservata.",
        "Seguici su Facebook.",
    ),
    "pt": (
        "Por João Silva",
        "Foto: Lusa.",
        "Assine a nossa newsletter.",
        "Utilizamos cookies para melhorar o site.",
        "Leia também: A nova ponte.",
        "Este artigo foi atualizado na segunda-feira.",
        "Todos os direitos reservados.",
        "Siga-nos no Instagram.",
    ),
    "nl": (
        "Door Jan Jansen",
        "Foto: ANP.",
        "Schrijf je in voor onze nieuwsbrief.",
        "Wij gebruiken cookies om de site te verbeteren.",
        "Lees ook: De nieuwe brug.",
        "Dit artikel is maandag bijgewerkt.",
        "Alle rechten voorbehouden.",
        "Volg ons op Twitter.",
    ),
    "pl": (
        "Autor: Jan Kowalski",
        "Fot. PAP/Jan Nowak.",
        "Zapisz się do naszego newslettera.",
        "Używamy plików cookie.",
        "Czytaj też: Nowy most.",
        "Zobacz także: Nowy most.",
        "Wszelkie prawa zastrzeżone.",
        "Źródło: PAP.",
    ),
    "ru": (
        "Автор: Иван Петров",
        "Фото: РИА Новости.",
        "Подпишитесь на нашу рассылку.",
        "Мы используем файлы cookie.",
        "Читайте также: Новый мост.",
        "Все права защищены.",
        "Источник: ТАСС.",
        "Подписывайтесь на наш телеграм-канал.",
    ),
    "ar": (
        "كتب: أحمد علي",
        "الصورة: رويترز.",
        "اشترك في نشرتنا البريدية.",
        "نستخدم ملفات تعريف الارتباط.",
        "اقرأ أيضا: الجسر الجديد.",
        "جميع الحقوق محفوظة.",
        "تابعونا على تويتر.",
    ),
    "hi": (
        "फोटो: पीटीआई।",
        "हमारे न्यूज़लेटर के लिए साइन अप करें।",
        "यह भी पढ़ें: नया पुल।",
        "हम कुकीज़ का उपयोग करते हैं।",
        "सर्वाधिकार सुरक्षित।",
        "इनपुट: एजेंसी।",
    ),
    "zh": (
        "记者：王伟",
        "图片来源：新华社。",
        "订阅我们的新闻通讯。",
        "我们使用Cookie来改善网站。",
        "延伸阅读：新的大桥。",
        "版权所有，未经许可不得转载。",
        "来源：新华社。",
        "关注我们的公众号。",
        "责任编辑：李明。",
    ),
    "ja": (
        "写真：共同通信。",
        "ニュースレターに登録してください。",
        "当サイトではクッキーを使用しています。",
        "関連記事：新しい橋。",
        "無断転載を禁じます。",
        "（記者・田中太郎）",
        "出典：共同通信。",
    ),
}
STORIES = {
    "de": (
        "Von Montag an ist die Brücke gesperrt.",
        "Die Quelle des Flusses liegt in den Alpen.",
        "Das Foto der Brücke gewann einen Preis.",
        "Der Newsletter der Stadt erreicht 4000 Leser.",
    ),
    "fr": (
        "Par ailleurs, le pont est fermé.",
        "Par temps de pluie, le pont est fermé.",
        "Avec ses 300 mètres, le pont est long.",
    ),
    "es": (
        "Por la noche, el puente está cerrado.",
        "Con información falsa se vendió el puente.",
    ),
    "it": (
        "Di notte il ponte è chiuso.",
        "La foto del ponte ha vinto un premio.",
    ),
    "pt": ("Por causa da chuva, a ponte fechou.",),
    "nl": ("Door de regen is de brug dicht.",),
    "pl": ("Źródło rzeki leży w górach.",),
    "ru": (
        "Источник реки находится в горах.",
        "Фото моста получило приз.",
    ),
    "zh": (
        "记者们参观了新的大桥。",
        "关注环境的人反对大桥。",
    ),
    "ja": ("写真家は橋を撮影した。",),
    "ar": ("كتب الشاعر عن الجسر قصيدة طويلة.",),
    "en": (
        "By nightfall the bridge was closed.",
        "Por Huber built the bridge of Kent and paid for it.",
        "The source of the river lies in the hills.",
    ),
}


@pytest.mark.parametrize("sentence", [sentence for own in NOTICES.values() for sentence in own])
def test_what_publishers_put_around_a_story_is_known_in_their_language(sentence):
    assert is_notice(sentence)


@pytest.mark.parametrize("sentence", [sentence for own in STORIES.values() for sentence in own])
def test_a_story_that_only_sounds_like_a_notice_is_left_alone(sentence):
    assert not is_notice(sentence)


@pytest.mark.parametrize("unit", ["von Aa ", "foto", "Par De La ", "cookies ", "記者"])
def test_hostile_sentences_take_no_longer_than_others(unit):
    assert not is_notice(unit * (20_000 // len(unit)) + "!")
