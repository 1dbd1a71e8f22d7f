"""The phrases by which page furniture is known, a line each, as regular expressions without regard to case.

They are grouped by language where that matters: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish,
Russian, then others. Add what you meet; `furniture` says in which places a phrase counts.
"""

from __future__ import annotations


def either(table: str) -> str:
    """One regular expression for all lines of a table."""
    return f"(?:{'|'.join(line.strip() for line in table.splitlines() if line.strip())})"


#: Invitations to read something else.
CALLS = either(r"""
    also read|read also|see also|also on \S+\.\w{2,4}|(?:you )?(?:may|might) also (?:like|enjoy)|don'?t miss
    trending (?:now|news)|most (?:read|popular|viewed)|editor'?s picks?|in case you missed it|story continues below
    read all the (?:latest|breaking) .{1,200}|(?:catch|get) all the (?:latest|live) .{1,200}
    (?:keep|continue) reading|recommended for you|like this story
    related (?:articles?|content|links?|news|posts?|stor(?:y|ies))
    lesen sie (?:auch|mehr)|mehr (?:zum thema|dazu)|weitere (?:beiträge|artikel|themen)|auch interessant|siehe auch
    das könnte (?:sie|dich) .{1,40}|meistgelesen
    lire aussi|à lire (?:aussi|également)|lisez aussi|voir aussi|sur le même sujet|les plus lus
    lee (?:también|además)|lea (?:también|además)|leer más|(?:te|le) puede interesar|ver también|mira también
    noticias relacionadas|lo más (?:leído|visto)
    leggi (?:anche|di più|tutto)|vedi anche|potrebbe interessarti|articoli correlati|i più letti
    leia (?:também|mais)|veja (?:também|mais)|você (?:também )?pode gostar|mais lidas
    lees (?:ook|meer|verder)|bekijk ook|zie ook|meest gelezen
    (?:czytaj|przeczytaj|zobacz|sprawdź) (?:też|także|również|więcej|dalej)|najczęściej czytane
    (?:читайте|смотрите) (?:также|ещё|еще|далее)|читать (?:также|далее)|(?:материалы )?по теме
    вам (?:также )?может .{1,40}
    čtěte (?:také|též|více)|mohlo by vás zajímat|läs (?:också|även|mer)|læs (?:også|mere)|les (?:også|mer)
    ilgili haber(?:ler)?|(?:baca|simak|lihat) juga|[اإ]قر[أا] أيضا?ً?|اقرأ ايضا|شاهد أيضا?ً?|(?:यह|ये|इसे) भी पढ़ें
    (?:相关|延伸|推荐|相關)(?:阅读|新闻|閱讀|新聞)|関連記事|あわせて読みたい|続きを読む|관련 ?기사
""")
#: Words that call only before a colon or alone: "Watch the sea" may be a heading.
WORDS_THAT_CALL = either(r"""
    watch|listen|video|live|read (?:more|next|on)|more|trending|recommended|must[- ]read|up next|related
    mehr|zum thema|à (?:lire|voir)|meer|polecamy|saiba mais|relacionad[oa]s?
""")

#: Picture agencies and archives, with regard to case.
AGENCY = either(r"""
    AP(?: Photo)?|Associated Press|AFP|Reuters|REUTERS|Getty(?: Images)?|EPA(?:-EFE)?|EFE|dpa|DPA|PTI|ANI|IANS|KCNA
    Xinhua|TASS|Sputnik|Bloomberg|AAP|ANSA|PA (?:Images|Media|Wire)|Lusa|PAP|Anadolu(?: Agency)?|Shutterstock
    iStock|Unsplash|Pexels|Pixabay|Alamy|Flickr|imago|picture[- ]alliance|Wikimedia(?: Commons)?
    ZUMA(?: Press)?|NurPhoto
""")
#: "File image", "photo", "Foto".
PICTURE = (
    r"(?i:(?:(?:file|representative|representational|illustrative|archive|stock|handout)\s+)?"
    r"(?:image|photo|photograph|picture|pic|screengrab|screenshot|foto|imagen|bild|фото|zdjęcie)s?"
    r"(?:\s+(?:credits?|courtesy(?: of)?|source|by|via))?)"
)
CAPTION = r"(?:image|media) caption|media playback|caption:|in this .{0,40}\b(?:file )?photo(?:graph)?\b"
CREDIT_LABELS = r"credits?\s*:|crédits?(?: photos?)?\s*:|写真\s*[:：=]|图片来源|사진\s*="

_NAME = r"(?-i:[^\W\d_a-z])"
WIRE = either(rf"""
    with (?:additional )?(?:agency |agencies |media )?(?:inputs?|reporting|files)(?: (?:from|by)\b.{{0,80}})?
    (?:additional )?(?:reporting|writing|editing|compiled|research) by {_NAME}.{{0,300}}
    .{{2,80}} contributed (?:reporting|to this (?:report|story|article))
    this (?:story|article|post) (?:has been|was) (?:\w+ )?(?:published|updated|produced|corrected)\b.{{0,80}}
    \(?(?:except for the headline, )?(?:this|the) (?:story|report|copy) has not been edited by .{{1,200}}
    \(?except for the headline.{{1,200}}|\(?this (?:is a|story is) .{{0,60}}syndicated .{{1,150}}
    edited by:? {_NAME}.{{2,40}}
    mit material von .{{2,60}}|avec (?:afp|reuters|ap)\b.{{0,40}}|con información de .{{2,60}}
    com informações d.{{2,60}}
""")
_BY = either(r"""
    (?:(?:written|posted|published|reported|text|story) )?by|von|par|por|di|door|autor(?:in)?|author|автор|текст|oleh
""")
BYLINE = rf"{_BY}\s*:?\s+(?P<name>{_NAME}.{{2,80}})"

_ASK = r"(?:sign(?:ing)? up|subscribe|register|get|join|receive|download|follow|like us|enter your|want|stay)"
_CHANNEL = either(r"""
    newsletters?|inbox|e-?mails?|alerts?|subscri\w+|app|channel|facebook|twitter|instagram|whatsapp|telegram|youtube
""")
PROMOTION = either(rf"""
    {_ASK}\b.{{0,90}}\b{_CHANNEL}\b
    .{{0,200}}\b(?:your inbox|(?:in|into|to) your e-?mail|our (?:\w+ ){{0,2}}newsletter|(?:on|in) facebook messenger)\b
    .{{0,200}}\bdelivered (?:to you|daily|every|weekdays?|straight|right)\b
    .{{0,200}}\bfollow (?:him|her|me|us|them|@\w+) (?:on|at|@)|(?:\S+ ){{0,3}}@\w{{3,}}\W*$|\S+@\S+\.\w{{2,6}}$
    suscríbe|abonnez-|iscriviti|assine|inscreva-|подпи[сш]|abonnieren sie|melden sie sich
""")

#: What stands on buttons and in menus, alone on its line.
LABEL = either(r"""
    facebook|twitter|x|linkedin|whatsapp|pinterest|reddit|tumblr|telegram|flipboard|instagram|youtube|tiktok|messenger
    e-?mail|print|share|tweet|copy link|save|bookmark|reply|report|replay|embed|close
    home|menu|search|log ?in|sign ?in|sign ?up|register|subscribe(?: now)?|contact(?: us)?|about(?: us)?|loading
    advertise(?: with us)?|advert(?:isement)?|sponsored(?: content)?|next|previous|prev
    (?:see|view|show|load) (?:all|more)|back to top
    (?:(?:like|dislike|love|funny|angry|sad|wow|happy|excited|sleepy)[\W\d]*)+
    skip to .{2,30}|what'?s your reaction|share this.{0,20}|(?:share|save) (?:on|to|via) .{2,20}|click to .{2,60}
    (?:tags?|topics?|categories|filed under|keywords)(?:\s*:.{0,200})?|posted in .{2,80}|about the author
    follow us.{0,30}
    gallery|image \d+ of \W*\d+|\d+ / \d+|all rights reserved|privacy policy|terms of (?:use|service)|cookie policy
    startseite|suche|anmelden|drucken|teilen|impressum|accueil|partager|imprimer|inicio|buscar|compartir|condividi|cerca
    compartilhe?|delen|zoeken|udostępnij|szukaj|поделиться|поиск|главная|iklan|bagikan|cari|paylaş|dela|del
""")
COUNTER = either(r"""
    views?|shares?|likes?|reads?|votes?|retweets?|reactions?|(?:min|mins|minutes?) read|letture
    visualizzazioni|visualizações|vistas|lectures|aufrufe|просмотр\w*
""")
_UNIT = r"(?:[smhdw]|(?:sec|min|minute|hr|hour|day|week|month|year)s?)"
ELAPSED = either(rf"""
    (?:(?:updated|posted|published)\s+)?(?:\d+|an?|one)\s*{_UNIT}\.? ago\b.{{0,40}}
    (?:vor|hace|há|il y a)\s+(?:\d+|un[ae]?|einer?|einem)\s+\w+.{{0,20}}
    \d+\s+\w+\s+(?:fa|назад|temu|geleden)\b.{{0,20}}
""")
#: What may stand beside a date on its line.
DATE_LABELS = either(r"""
    first|last|originally|published|updated|posted|modified|created|date|on|at|by|said|min read
    um|am|uhr|pm|ist|est|edt|gmt|utc|et|hkt|\w+day|\w+tag|mon|tue|wed|thu|fri|sat|sun
    veröffentlicht|aktualisiert|stand|publié|mis à jour|le|publicado|actualizado|el|pubblicato|aggiornato|il
    atualizado|às|gepubliceerd|опубликовано|обновлено
""")

_NUMBER = r"(?:\d[\d,.]*)"
_COMMENT = either(r"""
    comments?|responses|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|komentarze
    комментари[ийев]+
    yorumlar|komentar
""")
COMMENTS = either(rf"""
    (?:(?:view|show|read|see|load|all|top(?: rated)?|latest|recent|{_NUMBER})\s+)*{_COMMENT}\W*{_NUMBER}?
    (?:leave (?:a|your) (?:comment|reply)|(?:post|add|write) (?:a |your )?comment)(?:\W.*)?
    (?:join the (?:conversation|discussion)|what do you think\?|have your say|blog comments powered)(?:\W.*)?
    (?:as you comment|sign in to comment)(?:\W.*)?
    (?:tell us what you think|deixe (?:um|seu) coment\w*|deja (?:un|tu) comentario|laisser un commentaire)(?:\W.*)?
    (?:lascia un commento|schreibe einen kommentar|добавить комментарий|dodaj komentarz|geef een reactie)(?:\W.*)?
""")
LEGAL = either(r"""
    ©|\(c\) ?\d{4}|copyright (?:©|\d{4}|by )|all rights reserved|alle rechte vorbehalten|tous droits réservés
    todos os direitos reservados|todos los derechos reservados|tutti i diritti riservati|все права защищены
    protected by recaptcha|may not be (?:published|reproduced)|javascript (?:is disabled|to be)
    privacy policy (?:and|\|)
    \b(?:we|site|website|sito|sitio|seite)\b.{0,30}\bcookies?\b
""")
