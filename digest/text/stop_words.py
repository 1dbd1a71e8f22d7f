"""The words of each language that say nothing about the subject: a few dozen do most of the work."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: BCP 47 primary tag → words separated by blanks, as they are written.
STOP_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "en": """
            a about above after again against all almost already also although always am among an and another any are
            aren't around as at away back be became because become been before behind being below between both but by
            can can't cannot could couldn't did didn't do does doesn't doing don't done down due during each either
            else enough even ever every few for from further get give given go going got had hadn't has hasn't have
            haven't having he her here hers herself him himself his how however i if in indeed instead into is isn't it
            its itself just keep last least less let like likely made make many may me might mine more most much must
            my myself near never next no nor not now of off often on once one only onto or other others our ours
            ourselves out over own per perhaps put quite rather really said same say saying says see seem seemed seems
            several shall she should shouldn't since so some still such take than that the their theirs them themselves
            then there these they this those though through thus to together too toward towards two under until up upon
            us use used very via was wasn't we well were weren't what when where whether which while who whole whom
            whose why will with within without won't would wouldn't yet you your yours yourself
        """,
        "de": """
            ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits bin bis
            bist da dabei dadurch dafür dagegen damit dann daran darauf darüber das dass dazu dein dem den denen denn
            der deren des dessen deshalb die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem
            einen einer eines er erst es etwa etwas euch für gegen gibt hab habe haben hat hatte hatten hier hinter ich
            ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jede jedem jeden jeder jedoch jetzt kann
            kein keine keinen können könnte machen man mehr mein meist mit muss müssen nach nachdem neben nicht nichts
            noch nun nur ob oder ohne rund sagt sagte schon sehr sei sein seine seinem seinen seiner seit selbst sich
            sie sind so sogar soll sollen sollte sowie über um und uns unser unter viel viele vom von vor war waren was
            weil weiter welche wenn wer werde werden wie wieder will wir wird wo wollen worden wurde wurden während zu
            zum zur zwei zwischen
        """,
        "fr": """
            à afin ai ainsi alors après au aucun aujourd'hui aussi autre autres aux avaient avait avant avec avoir ce
            cela celle celles celui ces cet cette ceux chaque chez comme comment contre dans de depuis des deux donc
            dont du elle elles en encore entre est et étaient était été être eux fait faire fois font ici il ils je
            jusqu la le les leur leurs lors lui mais même mêmes moins mon ne ni non nos notre nous on ont ou où par
            parce pas pendant peu peut plus plusieurs pour pourquoi près qu quand que quel quelle quelques qui quoi sa
            sans se selon sera ses si son sont sous sur ta tandis te tous tout toute toutes très tu un une vers vos
            votre vous y
        """,
        "es": """
            a ahora al algo algunos ante antes así aún aunque cada como con contra cual cuando de del desde donde dos
            durante e el él ella ellos en entre era eran es esa esas ese eso esos esta está están estas este esto estos
            estaba fue fueron ha había hace hacia han hasta hay la las le les lo los más me menos mi mientras mismo muy
            nada ni no nos o otra otras otro otros para pero poco por porque puede pueden que qué quien se sea según
            ser si sí sido sin sino sobre solo son su sus también tan tanto te tiene tienen todo todos tras tu un una
            uno unos y ya yo
        """,
        "it": """
            a ad agli ai al alla alle allo anche ancora anni aveva avere c che chi ci ciò come con contro cosa così cui
            da dagli dai dal dalla dalle degli dei del della delle dello di dopo dove due e è ed era erano essere fa
            fatto fino fra già gli ha hanno ho i il in io la le lei li lo loro lui ma me meno mentre mi mia mio molto
            ne negli nei nel nella nelle nello no noi non nostro o ogni ora per perché però più poi prima proprio può
            quale quando quanto quella quelle quelli quello questa queste questi questo qui se secondo sempre senza si
            sia solo sono sta stata stati stato su sua sue sugli sui sul sulla sulle suo suoi tra tutte tutti tutto un
            una uno vi
        """,
        "pt": """
            a ainda algum alguns ano anos ante ao aos apenas após aquele as assim até cada com como contra da das de
            dela dele depois desde dessa desse desta deste do dois dos durante e é ela elas ele eles em enquanto entre
            era eram essa esse esta está estão estava este estes eu foi foram há isso isto já lhe mais mas me menos
            mesmo meu muito na não nas nem no nos nossa nosso num numa o onde os ou outra outras outro outros para pela
            pelas pelo pelos pode podem por porque quando que quem são se segundo seja sem sendo ser será seu seus sido
            só sob sobre sua suas também tem têm teve tinha toda todas todo todos um uma vai você
        """,
        "nl": """
            aan al alle alleen als altijd andere beide bij blijft daar dan dat de deze die dit doen door dus een eens
            en er ook geen haar had hadden heb hebben heeft hem het hier hij hoe hun ik in is ja je kan komen kon
            kunnen maar me meer men met mijn moet moeten na naar niet niets nog nu of om omdat onder ons onze op over
            sinds te tegen terwijl toch toen tot tussen twee u uit van veel volgens voor waar was wat we wel werd
            werden wie wij wil worden wordt zal ze zegt zei zelf zich zij zijn zo zonder zou zouden
        """,
        "pl": """
            a aby albo ale ani bardzo bez będą będzie bo był była było były być chce ci co coś czy czyli dla do gdy
            gdzie go i ich ile im innych ja jak jako je jednak jego jej jest jeszcze jeśli już każdy kiedy kto która
            które którego której który których którzy lub ma mają mi między mnie może można mu my na nad nam nas nawet
            nich nie nim niż no o od on ona one oni oraz po pod podczas ponad poza przed przez przy również są się
            swoje ta tak także tam te tego tej ten też to tu tych tym tylko u w we więc według wszystko z za zawsze ze
            został została że żeby
        """,
        "ru": """
            а без более больше бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до
            его ее ей ему если есть еще же за и из или им их к как когда которая которого которой которые который
            которых кто ли лишь между меня мне много может можно мы на над надо нам нас не него нее нет ни них но о об
            однако около он она они оно от очень перед по под пока после потом потому при про раз с сам своей своего
            свои свою себя со среди так также такой там те тем то того тоже той только том тот ты у уже хотя чего чем
            через что чтобы эта эти этих это этого этой этом этот я
        """,
        "uk": """
            а або але без більше був була були було бути в вже від він вона вони воно все всі вам вас де для до є її
            його й з за зі і із їх й як яка яке який яких якщо коли ми може можна на над нам не ні них но о один
            під після по при про саме своє свої свою себе та так також там те ти тим то того тому тільки у хто це цей
            ця ці через чи що щоб щодо я
        """,
        "sv": """
            alla allt att av blev bli blir de dem den denna deras dess det detta dig din du där då efter ej eller en
            ett flera från för före ha hade han hans har hon hos hur här i icke inom inte ja jag kan kommer kunde man
            med mellan men mer mig min mot mycket många måste ni nu när någon något några och också om oss på samma
            sedan sig sin sina sitt ska skulle som så till under upp ut utan vad var vara varit vi vid vill år även
            över
        """,
        "da": """
            af alle alt at blev blive bliver da de dem den denne der deres det dette dig din du efter eller en end er
            et for fra ham han hans har havde hun hvad hvem hvis hvor i ikke ind ingen jeg jo kan kommer kunne man mange
            med meget mellem men mere mod må når nogle nogen noget nu og også om op os over på samme sig sin sine skal
            skulle som så til ud under ved vi vil ville være været år
        """,
        "no": """
            alle at av ble bli blir da de den denne der dere deres det dette du eller en enn er et etter for fordi fra
            før ha hadde han hans har her hun hva hvem hvis hvor i ikke ingen inn jeg kan kommer kunne man mange med
            meg mellom men mer mot må når noe noen nå og også om opp oss over på sa seg selv sin sine skal skulle som
            så til ut under var ved vi vil ville være vært år
        """,
        "tr": """
            acaba ama ancak bazı ben beni bile bir biraz biri birkaç biz bu buna bunu bunun çok çünkü da daha de değil
            diye dolayı en gibi göre hem hep hepsi her hiç için ile ilgili ise işte kadar karşı ki kim mı mi mu mü nasıl
            ne neden nerede o olan olarak oldu olduğu olduğunu olması on ona onlar onu onun sadece sonra sen şey şu
            tüm üzerinde var ve veya ya yani yer yok
        """,
        "ar": """
            أن أنه أو أي إذا إلا إلى إن إنه التي الذي الذين اللذين أما أمام أول أيضا بأن بعد بعض بل بين بينما تم تلك
            ثم حتى حول حيث خلال دون ذلك سوف عام عبر عدم عن عند عندما على عليه عليها غير في فيه فيها قال قالت قبل قد
            كان كانت كل كما لا لدى لكن لم لن له لها ليس ما مع من منذ منه منها نحو هذا هذه هل هم هنا هناك هو هي و وأن
            وقال وقد وكان ولا وهو وهي ومن يكون
        """,
        "hi": """
            अपना अपनी अपने अब आप इन इस इसके इसी उन उनका उनकी उनके उस उसके उसे एक एवं और कर करता करते करना करने का
            कि किया किसी की कुछ के को कोई गई गए गया जा जाता जाने जिस जो तक तथा तो था थी थे दिया द्वारा नहीं ने पर
            पहले फिर बहुत बाद भी मे में मैं यदि यह यहाँ या ये रहा रही रहे लिए लेकिन व वह वाले वे साथ से ही हुआ हुई हुए
            है हैं हो होता होती होने हम
        """,
    }
)
