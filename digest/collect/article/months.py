"""The names of months, in the languages that feeds and pages write dates in.

A name that means different months in different languages ("listopad" is October in Croatian, November in Polish and
Czech) is listed for one of them; the others are left out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Twelve names a line, January first: full names as they stand in a date, then alone, then the usual short forms.
_NAMES = (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber mrz apr mai jun jul aug sept okt nov dez",
    "januar februar maerz april mai juni juli august september oktober november dezember",
    "jän feb mär apr mai juni juli aug sep okt nov dez",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "jan fév mar avr mai jui juill aou sep oct nov dec",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago setiembre oct nov dic",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    "led úno bře dub kvě čvn čvc srp zář říj lis pro",
    "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "január február marec apríl máj jún júl august september október november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november desember",
    "jan feb mar apr maj jun jul aug sep okt nov des",
    (
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
        "marraskuuta joulukuuta"
    ),
    "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
    "január február március április május június július augusztus szeptember október november december",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    "oca şub mar nis may haz tem ağu eyl eki kas ara",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "ian feb mar apr mai iun iul aug sept oct noi dec",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "jan feb mar apr mei jun jul agu sep okt nov des",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "янв фев мар апр май июн июл авг сен окт ноя дек",
    "янв февр мар апр мая июня июля авг сент окт нояб дек",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "січ лют бер квіт трав черв лип серп вер жовт лист груд",
    "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    "януари февруари март април май юни юли август септември октомври ноември декември",
    (
        "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου "
        "δεκεμβρίου"
    ),
    (
        "ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος "
        "δεκέμβριος"
    ),
    "ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "يناير فبراير مارس ابريل ماي يونيه يوليه اغسطس سبتمبر اكتوبر نونبر دجنبر",
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "ینایر فوریهٔ مارس آپریل می ژوئن جولای آگوست سپتامبر اکتبر نوامبر دسامبر",
    "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "ינו פבר מרס אפר מאי יונ יול אוג ספט אוק נוב דצמ",
    "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर",
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค",
)


def plain(text: str) -> str:
    """Text as names are compared in: composed, without case; "İ" is an "i", as in Turkish."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).replace("İ", "i").casefold())


_NUMBERS = {plain(name): number for names in _NAMES for number, name in enumerate(names.split(), start=1)}
# In the Levant two months have names of two words.
_NUMBERS |= {
    plain(name): number
    for number, name in (
        *((1, "كانون الثاني"), (2, "شباط"), (3, "آذار"), (4, "نيسان"), (5, "أيار"), (6, "حزيران"), (7, "تموز")),
        *((8, "آب"), (9, "أيلول"), (10, "تشرين الأول"), (11, "تشرين الثاني"), (12, "كانون الأول")),
    )
}
#: For a pattern: any name, the longest first.
ANY_MONTH = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))


@lru_cache(maxsize=4096)
def month_number(name: str) -> int:
    """1 to 12; 0, which is no month, of what is no name of one."""
    return _NUMBERS.get(plain(name), 0)
