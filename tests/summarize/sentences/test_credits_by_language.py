"""Bylines, credits, calls and notices in the languages that feeds are written in."""

import pytest

from digest.summarize.sentences.credits import is_credit_or_notice

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
    assert is_credit_or_notice(sentence)


@pytest.mark.parametrize("sentence", [sentence for own in STORIES.values() for sentence in own])
def test_a_story_that_only_sounds_like_a_notice_is_left_alone(sentence):
    assert not is_credit_or_notice(sentence)


WALLS = {
    "de": (
        "An dieser Stelle finden Sie einen externen Inhalt, der den Artikel ergänzt.",
        "Diese Seite nutzt Cookies, um Ihnen das beste Erlebnis zu bieten.",
        "Dieses Thema im Programm: Das Erste, Tagesschau.",
        "Dieser Artikel ist nur für Abonnenten.",
        "Dieser Inhalt ist exklusiv für Abonnenten.",
        "Weiterlesen mit dem Abo.",
        "Lesen Sie den ganzen Artikel mit einem Abo.",
        "Folgen Sie unserem WhatsApp-Kanal.",
        "Abonnieren Sie unseren Kanal auf WhatsApp.",
        "Mit Ihrer Zustimmung werden Cookies gesetzt.",
        "Mit dpa-Material.",
    ),
    "fr": (
        "Cet article est réservé aux abonnés.",
        "Il vous reste 65 % de cet article à lire.",
        "Contenu réservé aux abonnés.",
        "La suite est réservée aux abonnés.",
        "Ce site utilise des cookies.",
        "En poursuivant, vous acceptez l'utilisation de cookies.",
        "Rejoignez notre chaîne WhatsApp.",
        "Suivez notre chaîne sur WhatsApp.",
    ),
    "es": (
        "Este artículo es exclusivo para suscriptores.",
        "Contenido exclusivo para suscriptores.",
        "Para seguir leyendo, suscríbete.",
        "Este sitio utiliza cookies.",
        "Esta página usa cookies propias y de terceros.",
        "Sigue nuestro canal de WhatsApp.",
        "Únete a nuestro canal de WhatsApp.",
        "Ya eres suscriptor? Inicia sesión.",
    ),
    "it": (
        "Questo articolo è riservato agli abbonati.",
        "Contenuto riservato agli abbonati.",
        "Questo sito utilizza i cookie.",
        "Segui il nostro canale WhatsApp.",
        "Unisciti al nostro canale Telegram.",
        "Per continuare a leggere, abbonati.",
    ),
    "pt": (
        "Siga o canal no WhatsApp.",
        "Este conteúdo é exclusivo para assinantes.",
        "Conteúdo exclusivo para assinantes.",
        "Este site usa cookies.",
        "Entre no nosso canal do WhatsApp.",
        "Para continuar lendo, assine.",
    ),
    "nl": (
        "Dit artikel is alleen voor abonnees.",
        "Deze website gebruikt cookies.",
        "Volg ons kanaal op WhatsApp.",
        "Volg ons WhatsApp-kanaal.",
        "Dit artikel is exclusief voor abonnees.",
        "Word abonnee om verder te lezen.",
    ),
    "pl": (
        "Artykuł dostępny tylko dla subskrybentów.",
        "Ta strona używa plików cookie.",
        "Dołącz do naszego kanału na WhatsAppie.",
        "Obserwuj nasz kanał na WhatsApp.",
        "Pozostało 65% artykułu.",
        "Treść tylko dla prenumeratorów.",
    ),
    "ru": (
        "Материал доступен только подписчикам.",
        "Сайт использует файлы cookie.",
        "Этот сайт использует cookies.",
        "Подписывайтесь на наш канал в WhatsApp.",
        "Присоединяйтесь к нашему каналу.",
        "Читайте нас в Telegram.",
        "Материал только для подписчиков.",
    ),
    "ar": (
        "هذا المقال للمشتركين فقط.",
        "هذا المحتوى متاح للمشتركين فقط.",
        "يستخدم هذا الموقع ملفات تعريف الارتباط.",
        "تابعوا قناتنا على واتساب.",
        "انضم إلى قناتنا على واتساب.",
        "اشترك في قناتنا على تلغرام.",
    ),
    "hi": (
        "हमारे व्हाट्सएप चैनल से जुड़ें।",
        "यह लेख केवल सब्सक्राइबर्स के लिए है।",
        "यह सामग्री केवल सदस्यों के लिए है।",
        "यह वेबसाइट कुकीज़ का उपयोग करती है।",
        "हमारे टेलीग्राम चैनल को फॉलो करें।",
        "व्हाट्सऐप चैनल को जॉइन करें।",
    ),
    "zh": (
        "本文仅供订阅用户阅读。",
        "本文為訂閱會員專屬內容。",
        "此内容仅限会员阅读。",
        "本网站使用cookie。",
        "本网站使用Cookies以改善体验。",
        "关注我们的WhatsApp频道。",
        "加入我们的Telegram频道。",
        "订阅后继续阅读。",
    ),
    "ja": (
        "この記事は有料会員限定です。",
        "この記事は会員限定です。",
        "残り1200文字。",
        "続きは有料会員になるとお読みいただけます。",
        "当サイトはCookieを使用しています。",
        "公式LINEを友だち追加してください。",
        "WhatsAppチャンネルをフォローしてください。",
        "会員登録はこちら。",
    ),
}
NEWS_OF_WALLS = {
    "de": (
        "Das Gericht erlaubt Cookies nur mit Einwilligung.",
        "Die Zeitung gewann 4000 Abonnenten.",
        "Der Verlag führt eine Bezahlschranke ein.",
        "WhatsApp startet Kanäle in Deutschland.",
        "Der Minister teilte das auf seinem WhatsApp-Kanal mit.",
        "Die Behörde prüft, welche Seiten Cookies setzen.",
        "Das Thema steht im Programm der Partei.",
    ),
    "fr": (
        "La CNIL a condamné Google pour ses cookies.",
        "Le journal compte 500 000 abonnés.",
        "WhatsApp lance des chaînes en France.",
        "Le ministre l'a annoncé sur sa chaîne WhatsApp.",
        "Il leur reste 65 % du chemin à faire.",
    ),
    "es": (
        "El diario tiene 300.000 suscriptores.",
        "La agencia multó a Google por sus cookies.",
        "El presidente lo anunció en su canal de WhatsApp.",
        "El muro de pago se levantó el lunes.",
    ),
    "it": (
        "Il giornale ha perso mille abbonati.",
        "Il garante ha multato i siti per i cookie.",
        "Il ministro lo ha scritto sul suo canale WhatsApp.",
    ),
    "pt": (
        "O jornal ganhou mil assinantes.",
        "A agência multou sites por cookies.",
        "O ministro anunciou no seu canal do WhatsApp.",
    ),
    "nl": (
        "De krant heeft 300.000 abonnees.",
        "De toezichthouder beboet sites om cookies.",
        "De minister meldde het op zijn WhatsApp-kanaal.",
    ),
    "pl": (
        "Gazeta ma 300 tysięcy subskrybentów.",
        "Urząd ukarał firmę za pliki cookie.",
        "Minister ogłosił to na kanale na WhatsAppie.",
    ),
    "ru": (
        "У газеты 300 тысяч подписчиков.",
        "Суд оштрафовал Google за файлы cookie.",
        "Министр сообщил об этом в своём канале в Telegram.",
    ),
    "ar": (
        "بلغ عدد المشتركين في الصحيفة مليونا.",
        "أعلن الوزير ذلك على قناته في واتساب.",
    ),
    "hi": (
        "अखबार के तीन लाख ग्राहक हैं।",
        "मंत्री ने यह अपने व्हाट्सएप चैनल पर बताया।",
    ),
    "zh": (
        "该报有三十万订阅用户。",
        "部长在其WhatsApp频道上宣布了这一消息。",
        "法院就cookie对谷歌处以罚款。",
    ),
    "ja": (
        "新聞の有料会員は三十万人に達した。",
        "大臣は自身のチャンネルで発表した。",
        "裁判所はCookieをめぐりグーグルに罰金を科した。",
    ),
}


@pytest.mark.parametrize("sentence", [sentence for own in WALLS.values() for sentence in own])
def test_paywalls_cookies_and_channels_are_known_in_their_language(sentence):
    assert is_credit_or_notice(sentence)


@pytest.mark.parametrize("sentence", [sentence for own in NEWS_OF_WALLS.values() for sentence in own])
def test_news_of_cookies_paywalls_and_channels_is_left_alone(sentence):
    assert not is_credit_or_notice(sentence)


@pytest.mark.parametrize("unit", ["von Aa ", "foto", "Par De La ", "cookies ", "記者"])
def test_hostile_sentences_take_no_longer_than_others(unit):
    assert not is_credit_or_notice(unit * (20_000 // len(unit)) + "!")
