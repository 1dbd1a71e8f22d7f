"""What publishers put around a story in languages other than English: bylines, credits, calls, notices.

A pattern is asked of text in any language: none of these words means anything else in another one.
"""

from __future__ import annotations

import re

#: Words before a colon.
_LABELS = (
    # Bylines, credits, sources
    r"autor(?:in|ka|zy|es?|i)?|автор|текст|фото|видео|источник|fot\.?|foto|zdjęcia?|źródło|quelle|bild|fuente|fonte|"
    r"fonti|bron|source|crédits?(?: photo)?|photos?|كتب|كتبت|الصورة|تصوير|المصدر|फोटो|तस्वीर|इनपुट|स्रोत|लेखक|"
    # How long it takes
    r"lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo di lettura|tempo de leitura|leestijd|czas czytania|"
    r"время чтения|"
    # Calls
    r"dieses thema im programm|mehr zum thema|mehr dazu|lesen sie (?:auch|mehr)|"
    r"à lire (?:aussi|également)|lire (?:aussi|également)|"
    r"te puede interesar|le puede interesar|le[ea] también|leggi anche|vedi anche|leia (?:também|mais)|veja também|"
    r"lees (?:ook|verder)|zie ook|czytaj (?:też|także|również|więcej)|zobacz (?:też|także|również)|"
    r"читайте (?:также|ещё)|смотрите также|اقرأ (?:أيضا|أيضًا|أيضاً|المزيد)|شاهد (?:أيضا|أيضًا)|"
    r"यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें"
)
#: The same before a colon of either width, where a script has no spaces.
_UNSPACED_LABELS = (
    r"(?:本报|本報)?(?:记者|記者|通讯员|作者|编辑|編輯|责任编辑|責任編輯|责编|图|圖|图片来源|圖片來源|来源|來源|"
    r"摄影|攝影|延伸阅读|延伸閱讀|相关阅读|相關閱讀)|写真|撮影|出典|関連記事|文・写真|動画"
)
#: A byline is a name and nothing else; Por and Von begin sentences, too.
_BYLINE = (
    r"(?:von|par|por|di|door)(?-i: (?:(?:de|da|di|van|von|del|dos|la|le)\s)*[A-ZÀ-ÖØ-Þ][\w.'’-]+){2,4}"
    r"(?:, [\w ]{1,30})?\.?$"
)
_BEGINS = re.compile(
    rf"[\W]*(?:(?:{_LABELS})\s?[:/]|(?:{_UNSPACED_LABELS})\s?[:：／/・]|{_BYLINE}"
    r"|avec (?:l['’])?(?:afp|reuters|ap)\b|mit (?:dpa|afp|reuters|ap|apa|epd|kna|sid)-material\b"
    r"|mit (?:material|informationen|agenturmaterial) von\b|fot\. "
    r"|(?:con información|com informações) d[aeo]s? (?-i:[A-Z]))",
    re.IGNORECASE,
)
_COOKIES = (
    r"(?:verwenden|nutzen|setzen|gebruiken?|gebruikt) (?:\w+ )?cookies|używamy plików|korzystamy z plików|"
    r"(?:utilisons|utilise|acceptez) (?:des|les) cookies|(?:utilizamos|usamos|aceptar) (?:las )?cookies|"
    r"(?:utilizziamo|usiamo|accetta) (?:i )?cookie|используем (?:файлы )?cookie|使用\s?cookie|cookieを使用|"
    # A site of itself: "this site uses"
    r"(?:seite|website|angebot) (?:nutzt|verwendet|setzt) (?:\w+ )?cookies|zustimmung .{0,20}cookies gesetzt|"
    r"l['’](?:usage|utilisation) d(?:e|es) cookies\W*$|"
    r"(?:página|sitio|web) (?:\w+ )?(?:emplea|usa|utiliza) (?:\w+ )?cookies|"
    r"cookies propias y de terceros|(?:pagina|sito) (?:\w+ )?(?:usa|utilizza) (?:i )?cookie|"
    r"(?:página|portal|site) (?:usa|utiliza) (?:\w+ )?cookies|"
    r"(?:serwis|strona|witryna) (?:używa|korzysta z|wykorzystuje) plik(?:i|ów) cookie|"
    r"сайт (?:использует|применяет) (?:файлы )?cookie"
)
_APPS = r"(?:whatsapp|telegram|youtube|instagram|tiktok|viber)"
#: Sentences that shut a text off from those who have not paid.
_WALLS = (
    ("abonnent", r"\b(?:artikel|beitrag|inhalt|text)\b.{0,40}\b(?:exklusiv|nur) für (?:\w+ )?abonnent"),
    ("abo", r"\bweiterlesen mit\b|\b(?:ganzen|vollständigen) (?:artikel|beitrag|text)\b.{0,30}\babo\b"),
    ("abonné", r"\b(?:article|contenu|lecture|suite|vidéo)\b.{0,30}\bréservée?s? (?:à nos|aux) abonnés"),
    ("il vous reste", r"il vous reste \d.{0,30}\bà lire"),
    (
        "suscriptor",
        (
            r"\b(?:artículo|contenido|noticia|texto)\b.{0,30}\b(?:exclusiv|reservad|sol)\w* para (?:\w+ )?suscriptor"
            r"|^\W*¿?ya eres suscriptor"
        ),
    ),
    ("seguir leyendo", r"\bpara seguir leyendo\b"),
    (
        "abbonati",
        r"\b(?:articolo|contenuto)\b.{0,30}\b(?:riservat\w|solo) (?:a(?:gli|i nostri)|per (?:gli )?)\s?abbonati",
    ),
    ("continuare a leggere", r"\bper continuare a leggere\b"),
    (
        "assinantes",
        r"\b(?:artigo|conteúdo|matéria|texto)\b.{0,30}\b(?:apenas|exclusiv\w|restrit\w|só) (?:a|para) assinantes",
    ),
    ("continuar", r"\bpara continuar (?:a ler|lendo)\b"),
    ("abonnee", r"\b(?:artikel|verhaal)\b.{0,30}\b(?:alleen|exclusief) voor (?:\w+ )?abonnees|\bword abonnee\b"),
    ("tylko dla", r"\b(?:artykuł|materiał|tekst|treść)\b.{0,40}\btylko dla (?:\w+ )?(?:prenumerator|subskrybent)"),
    ("pozostało", r"\bpozostało .{1,12}\b(?:artykułu|tekstu)\b"),
    ("подписчик", r"\b(?:материал|статья|текст)\b.{0,40}\bтолько (?:для )?(?:\w+ )?подписчик"),
    ("للمشتركين", r"(?:المقال|المحتوى|المادة|الموضوع).{0,30}للمشتركين"),
    ("के लिए है", r"(?:लेख|सामग्री|खबर|ख़बर|स्टोरी).{0,20}(?:केवल|सिर्फ|सिर्फ़) (?:सब्सक्राइबर|सदस्य)"),
    ("仅", r"(?:本文|此文|内容|全文).{0,6}仅(?:供|限).{0,8}(?:付费|会员|订阅)"),
    ("專屬", r"(?:本文|此文|內容).{0,8}(?:會員|訂閱).{0,6}專屬"),
    ("继续阅读", r"(?:订阅|登录|付费).{0,6}继续阅读"),
    ("繼續閱讀", r"(?:訂閱|登入|付費).{0,6}繼續閱讀"),
    ("会員限定", r"(?:記事|コンテンツ|続き).{0,8}会員限定"),
    ("残り", r"^\W*残り\W?[\d,]+\W?文字"),
    ("お読みいただけ", ""),
    ("会員登録", r"会員登録は(?:こちら|必要)|会員登録して(?:続き|読む)"),
)
#: Calls to follow a channel, always with whose: a canal may be Panama's.
_CHANNELS = (
    ("kanal", r"\b(?:folgen sie|folgt|folge) (?:unserem|unseren) (?:\w+ )?(?:\w+-)?kanal"),
    ("cha", r"\b(?:rejoignez|suivez|abonnez-vous à) (?:notre|la) cha[iî]ne\b"),
    ("canal", rf"^\W*(?:siga|sigue|únete|únase|entre no|participe|receba)\b.{{0,20}}\bcanal\b.{{0,15}}\b{_APPS}"),
    ("canale", rf"^\W*(?:entra|segui|seguite|unisciti)\b.{{0,20}}\bcanale\b.{{0,12}}\b{_APPS}"),
    ("kanaal", r"^\W*volg (?:het|ons|onze)\b.{0,20}kanaal\b"),
    ("kana", r"^\W*(?:dołącz|obserwuj|śledź)\b.{0,10}\bnasz\w*.{0,10}\bkana"),
    ("канал", r"^\W*(?:присоединяйтесь|вступайте|читайте|смотрите)\b.{0,15}\bнаш\w*.{0,25}\bканал"),
    ("читайте нас", ""),
    ("قناتنا", r"^\W*(?:تابعوا|تابع|انضم(?:وا)?|اشترك(?:وا)?)\b.{0,20}قناتنا"),
    ("चैनल", r"(?:व्हाट्स|टेलीग्राम|यूट्यूब).{0,8}चैनल (?:से जु(?:ड़|ड़)ें|(?:को )?(?:फॉलो|जॉइन|ज्वाइन|सब्सक्राइब) कर)"),
    ("频道", r"(?:关注|加入|订阅)我们的.{0,12}频道"),
    ("頻道", r"(?:關注|加入|訂閱)我們的.{0,12}頻道"),
    ("チャンネル", r"チャンネルを?(?:フォロー|登録)(?:して|お願い|を)"),
    ("友だち追加", r"友だち追加(?:して|は|を)"),
)
#: Sentences that hold the text on the left and match the pattern on the right, if there is one: looking for the texts
#: first takes a tenth of the time.
_HOLDING = tuple(
    (literal, re.compile(pattern, re.IGNORECASE))
    for literal, pattern in (
        # Newsletters, subscriptions, accounts to follow
        ("newsletter", r"newsletters? (?:an|abonnieren|bestellen)\b|newslettera\b"),
        ("abonn", r"jetzt abonnieren|abonnieren sie|abonnez-vous"),
        ("inscri", r"inscrivez-vous"),
        ("suscr", r"suscr[ií]b(?:e|a)te|suscríbase"),
        ("iscriviti", ""),
        ("inscreva-se", ""),
        ("assine ", r"assine (?:a|nossa|já|o)\b"),
        ("schrijf je in", ""),
        ("meld je aan", ""),
        ("zapisz się", ""),
        ("подпи", r"подпи(?:шитесь|сывайтесь)"),
        ("اشترك", r"اشترك(?:وا)? (?:في|الآن)"),
        ("न्यूज़लेटर", ""),
        ("साइन अप कर", ""),
        ("सब्सक्राइब कर", ""),
        ("订阅我们", ""),
        ("訂閱我們", ""),
        ("ニュースレター", "ニュースレター[にを]"),
        ("folgen sie uns", ""),
        ("suivez-nous", ""),
        ("síguenos", ""),
        ("seguici su", ""),
        ("siga-nos", ""),
        ("volg ons", ""),
        ("śledź nas", ""),
        ("obserwuj nas", ""),
        ("следите за нами", ""),
        ("تابعونا", ""),
        ("हमें फॉलो", ""),
        ("关注我们的", ""),
        ("關注我們的", ""),
        # Cookies
        ("cookie", _COOKIES),
        ("ملفات تعريف الارتباط", r"(?:نستخدم|يستخدم (?:هذا )?(?:الموقع|موقعنا))"),
        ("कुकी", r"(?:हम|वेबसाइट|साइट) कुकी"),
        ("クッキーを使用", ""),
        # Rights
        ("alle rechte", r"alle rechten? (?:vorbehalten|voorbehouden)"),
        ("tous droits réservés", ""),
        ("derechos reservados", ""),
        ("diritti riservati", ""),
        ("riproduzione riservata", ""),
        ("direitos reservados", ""),
        ("prawa zastrzeżone", ""),
        ("права защищены", ""),
        ("الحقوق محفوظة", ""),
        ("सर्वाधिकार सुरक्षित", ""),
        ("版权所有", ""),
        ("版權所有", ""),
        ("不得转载", ""),
        ("無断転載", ""),
        # Corrections
        ("dieser ", r"dieser (?:artikel|text|beitrag) (?:wurde|ist|erschien)\b"),
        ("cet article a été", ""),
        ("este artículo ", r"este artículo (?:fue|ha sido)"),
        ("questo articolo è ", ""),
        ("este artigo foi", ""),
        ("dit artikel ", r"dit artikel (?:is|werd)\b"),
        ("artykuł został zaktualizowany", ""),
        ("記者・", r"^\W*記者・"),
        ("an dieser stelle finden sie", ""),
        *_WALLS,
        *_CHANNELS,
    )
)
#: Most sentences are ASCII, and cannot hold the others.
_HOLDING_ASCII = tuple((literal, pattern) for literal, pattern in _HOLDING if literal.isascii())


def is_notice(sentence: str) -> bool:
    """Whether a sentence is a byline, credit, call or notice in one of these languages."""
    if _BEGINS.match(sentence):
        return True
    lowered = sentence.lower()
    holding = _HOLDING_ASCII if sentence.isascii() else _HOLDING
    return any(literal in lowered and pattern.search(sentence) for literal, pattern in holding)
