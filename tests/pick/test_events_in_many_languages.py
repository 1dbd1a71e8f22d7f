# ruff: noqa: E501  # a text a line is easier to read
"""One event told by two outlets, and four articles of other events, in each language: two belong together, no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.model import Article
from digest.pick.picking import group_by_event

NOON = datetime(2026, 2, 17, 12, tzinfo=UTC)

#: Language → title and text of two articles on one event, then of four others.
WEEKS = {
    "en": [
        (
            "Ferry sinks off Rhodes, forty rescued",
            "A ferry with forty people aboard sank off the Greek island of Rhodes early on Tuesday. The coastguard pulled all passengers from the water.",
        ),
        (
            "Passengers saved as Greek ferry goes down near Rhodes",
            "All forty passengers of a ferry that sank near Rhodes were rescued by the Greek coastguard, officials said on Tuesday.",
        ),
        (
            "Central bank leaves rates unchanged",
            "The central bank kept its key interest rate at two percent and said that inflation was easing.",
        ),
        (
            "New telescope sends first pictures",
            "Astronomers presented the first pictures of a new telescope in the Chilean desert.",
        ),
        (
            "City council votes for tram line",
            "After years of debate the council voted to build a tram line between the station and the university.",
        ),
        (
            "Striker injured for six weeks",
            "The striker tore a muscle in training and will miss the next six matches of the season.",
        ),
    ],
    "de": [
        (
            "Fähre vor Rhodos gesunken, vierzig Menschen gerettet",
            "Vor der griechischen Insel Rhodos ist am frühen Dienstag eine Fähre mit vierzig Menschen an Bord gesunken. Die Küstenwache rettete alle Passagiere.",
        ),
        (
            "Griechische Fähre sinkt bei Rhodos: alle Passagiere in Sicherheit",
            "Alle vierzig Passagiere der Fähre, die bei Rhodos sank, wurden von der griechischen Küstenwache gerettet.",
        ),
        (
            "Notenbank lässt Leitzins unverändert",
            "Die Notenbank hält den Leitzins bei zwei Prozent. Die Inflation lasse nach, hieß es.",
        ),
        (
            "Neues Teleskop schickt erste Bilder",
            "Astronomen haben die ersten Bilder eines neuen Teleskops in der chilenischen Wüste vorgestellt.",
        ),
        (
            "Stadtrat stimmt für Straßenbahn",
            "Nach jahrelanger Debatte hat der Stadtrat den Bau einer Straßenbahn zwischen Bahnhof und Universität beschlossen.",
        ),
        (
            "Stürmer fällt sechs Wochen aus",
            "Der Stürmer hat sich im Training einen Muskel gerissen und fehlt in den nächsten Spielen.",
        ),
    ],
    "fr": [
        (
            "Un ferry coule au large de Rhodes, quarante personnes secourues",
            "Un ferry transportant quarante personnes a coulé mardi au large de l'île grecque de Rhodes. Les garde-côtes ont secouru tous les passagers.",
        ),
        (
            "Naufrage d'un ferry grec près de Rhodes : tous les passagers sauvés",
            "Les quarante passagers d'un ferry qui a coulé près de Rhodes ont été secourus par les garde-côtes grecs.",
        ),
        (
            "La banque centrale laisse ses taux inchangés",
            "La banque centrale a maintenu son taux directeur à deux pour cent et constate un recul de l'inflation.",
        ),
        (
            "Premières images d'un nouveau télescope",
            "Des astronomes ont présenté les premières images d'un nouveau télescope installé dans le désert chilien.",
        ),
        (
            "Le conseil municipal vote le tramway",
            "Après des années de débat, le conseil a voté la construction d'un tramway entre la gare et l'université.",
        ),
        (
            "L'attaquant blessé pour six semaines",
            "L'attaquant s'est déchiré un muscle à l'entraînement et manquera les prochains matchs.",
        ),
    ],
    "es": [
        (
            "Se hunde un ferri frente a Rodas y rescatan a cuarenta personas",
            "Un ferri con cuarenta personas a bordo se hundió el martes frente a la isla griega de Rodas. La guardia costera rescató a todos los pasajeros.",
        ),
        (
            "A salvo los pasajeros del ferri griego hundido cerca de Rodas",
            "Los cuarenta pasajeros del ferri que se hundió cerca de Rodas fueron rescatados por la guardia costera griega.",
        ),
        (
            "El banco central mantiene los tipos",
            "El banco central mantuvo el tipo de interés en el dos por ciento y dijo que la inflación cede.",
        ),
        (
            "Un nuevo telescopio envía sus primeras imágenes",
            "Los astrónomos presentaron las primeras imágenes de un nuevo telescopio en el desierto chileno.",
        ),
        (
            "El ayuntamiento aprueba el tranvía",
            "Tras años de debate, el ayuntamiento aprobó construir un tranvía entre la estación y la universidad.",
        ),
        (
            "El delantero, seis semanas de baja",
            "El delantero se rompió un músculo en el entrenamiento y se perderá los próximos partidos.",
        ),
    ],
    "ru": [
        (
            "У берегов Родоса затонул паром, спасены сорок человек",
            "Паром, на борту которого было сорок человек, затонул во вторник у греческого острова Родос. Береговая охрана спасла всех пассажиров.",
        ),
        (
            "Пассажиры затонувшего у Родоса парома спасены",
            "Все сорок пассажиров парома, затонувшего у Родоса, спасены греческой береговой охраной.",
        ),
        ("Центробанк сохранил ставку", "Центральный банк сохранил ключевую ставку и сообщил о снижении инфляции."),
        (
            "Новый телескоп прислал первые снимки",
            "Астрономы показали первые снимки нового телескопа в чилийской пустыне.",
        ),
        (
            "Городской совет одобрил трамвай",
            "После многолетних споров совет решил построить трамвайную линию от вокзала до университета.",
        ),
        ("Нападающий выбыл на шесть недель", "Нападающий порвал мышцу на тренировке и пропустит ближайшие матчи."),
    ],
    "ar": [
        (
            "غرق عبارة قبالة رودس وإنقاذ أربعين شخصا",
            "غرقت عبارة على متنها أربعون شخصا يوم الثلاثاء قبالة جزيرة رودس اليونانية، وأنقذ خفر السواحل جميع الركاب.",
        ),
        (
            "إنقاذ ركاب عبارة يونانية غرقت قرب رودس",
            "أنقذ خفر السواحل اليوناني جميع ركاب العبارة التي غرقت قرب جزيرة رودس يوم الثلاثاء.",
        ),
        (
            "البنك المركزي يبقي أسعار الفائدة",
            "أبقى البنك المركزي سعر الفائدة عند اثنين في المئة وقال إن التضخم يتراجع.",
        ),
        ("تلسكوب جديد يرسل أولى صوره", "عرض علماء الفلك الصور الأولى لتلسكوب جديد في صحراء تشيلي."),
        ("المجلس البلدي يقر خط الترام", "بعد سنوات من النقاش وافق المجلس على بناء خط ترام بين المحطة والجامعة."),
        ("إصابة المهاجم ستة أسابيع", "تمزقت عضلة المهاجم في التدريب وسيغيب عن المباريات القادمة."),
    ],
    "hi": [
        (
            "रोड्स के पास नौका डूबी, चालीस लोग बचाए गए",
            "यूनान के द्वीप रोड्स के पास मंगलवार को एक नौका डूब गई जिसमें चालीस लोग सवार थे। तटरक्षकों ने सभी यात्रियों को बचा लिया।",
        ),
        (
            "यूनानी नौका रोड्स के निकट डूबी, सभी यात्री सुरक्षित",
            "रोड्स के निकट डूबी नौका के सभी चालीस यात्रियों को यूनान के तटरक्षकों ने बचा लिया।",
        ),
        ("केंद्रीय बैंक ने ब्याज दर नहीं बदली", "केंद्रीय बैंक ने ब्याज दर दो प्रतिशत पर रखी और कहा कि महंगाई घट रही है।"),
        ("नई दूरबीन ने पहली तस्वीरें भेजीं", "खगोलविदों ने चिली के रेगिस्तान में लगी नई दूरबीन की पहली तस्वीरें दिखाईं।"),
        ("नगर परिषद ने ट्राम को मंजूरी दी", "वर्षों की बहस के बाद परिषद ने स्टेशन और विश्वविद्यालय के बीच ट्राम बनाने का फैसला किया।"),
        ("फॉरवर्ड छह सप्ताह के लिए बाहर", "प्रशिक्षण में मांसपेशी फटने से फॉरवर्ड अगले मैच नहीं खेल पाएगा।"),
    ],
    "zh": [
        (
            "罗得岛附近渡轮沉没 四十人获救",
            "周二凌晨，一艘载有四十人的渡轮在希腊罗得岛附近沉没，海岸警卫队救起了全部乘客。",
        ),
        ("希腊渡轮在罗得岛海域沉没 乘客全部获救", "在罗得岛海域沉没的渡轮上的四十名乘客已被希腊海岸警卫队全部救起。"),
        ("央行维持利率不变", "央行将基准利率维持在百分之二，并表示通胀正在缓解。"),
        ("新望远镜传回首批照片", "天文学家公布了设在智利沙漠的新望远镜的首批照片。"),
        ("市议会通过有轨电车计划", "经过多年争论，市议会决定在车站与大学之间修建有轨电车。"),
        ("前锋受伤将缺席六周", "这名前锋在训练中拉伤肌肉，将错过接下来的比赛。"),
    ],
    "ja": [
        (
            "ロードス島沖でフェリー沈没、四十人を救助",
            "火曜日未明、四十人を乗せたフェリーがギリシャのロードス島沖で沈没した。沿岸警備隊が乗客全員を救助した。",
        ),
        (
            "ギリシャのフェリーがロードス島沖で沈没、乗客は全員無事",
            "ロードス島沖で沈没したフェリーの乗客四十人は、ギリシャの沿岸警備隊に全員救助された。",
        ),
        ("中央銀行が金利を据え置き", "中央銀行は政策金利を二パーセントに据え置き、物価上昇は和らいでいると述べた。"),
        ("新しい望遠鏡が初の画像", "天文学者はチリの砂漠にある新しい望遠鏡の最初の画像を公開した。"),
        ("市議会が路面電車を可決", "長年の議論の末、市議会は駅と大学を結ぶ路面電車の建設を決めた。"),
        ("フォワードが六週間の離脱", "フォワードは練習中に筋肉を痛め、今後の試合を欠場する。"),
    ],
}


@pytest.mark.parametrize("language", WEEKS)
def test_two_tell_one_event_and_the_others_stand_alone(language):
    articles = [
        Article(
            id=f"{n}",
            source=f"https://outlet{n}.example/feed",
            publisher=f"Outlet {n}",
            title=title,
            url=f"https://outlet{n}.example/{n}",
            canonical=f"https://outlet{n}.example/{n}",
            published=NOON + timedelta(hours=n),
            text=text,
            language=language,
        )
        for n, (title, text) in enumerate(WEEKS[language])
    ]

    groups = sorted(sorted(article.id for article in group) for group in group_by_event(articles).groups)

    assert groups == [["0", "1"], ["2"], ["3"], ["4"], ["5"]]
