"""Sentences that publishers put around a story: credits, captions, calls, notices. None belongs in a summary."""

from __future__ import annotations

import re

from digest.summarize.sentences.notices import is_notice

_AGENCY = (
    r"(?:AFP|ANI|AP|BBC|Bloomberg|CNN|dpa|EPA|Getty(?: Images)?|IANS|KCNA|PTI|Press Association|Reuters|UPI|Xinhua)"
)

#: Sentences that begin like this.
_OPENINGS = re.compile(
    r"\W*(?:"
    # Credits
    r"with (?:additional )?(?:inputs?|reporting|files) (?:from|by)\b"
    r"|(?:additional |further )?(?:reporting|writing|editing|report|edited|written|compiled|translated|photos?) by\b"
    r"|by (?-i:[A-Z][\w.'’-]+(?:,? (?:and )?[A-Z][\w.'’-]+){0,8})(?:[,|].*)?$"
    r"|(?:photo|image|picture|foto|bild|video|pictured)(?: (?:credit|courtesy|by))?\s?:|pictured\b|(?:above|below), "
    # Captions such as "Killed: DNA evidence also links ..."
    r"|(?-i:[A-Z][a-z]+): (?-i:[A-Z])"
    # Who wrote it: "Ann Miller is a reporter at The Times."
    r"|(?-i:[A-Z]\w+(?: [A-Z][\w.’'-]+){1,3}) is (?:an?|the)(?: [\w’'-]+){0,4}? "
    r"(?:reporter|correspondent|columnist|journalist|editor|(?:staff|contributing) writer)"
    r"(?: (?:at|for|with) (?-i:(?:[Tt]he )?[A-Z][\w.&’' -]{1,40}))?\.$"
    rf"|(?:Associated Press|{_AGENCY})(?: \w+){{0,3}} (?:correspondent|journalist|reporter|writer)s?\b.{{3,120}}"
    r"\bcontributed\.$"
    # Calls
    r"|(?:もっと読む|あわせて読みたい|相关阅读|延伸阅读|related:)"
    r"|(?:also read|read also|read more|read next|see also|subscribe|sign up|don[’']t miss|continue reading|visit our|"
    r"lesen sie auch|lire aussi|à lire|lea también|lee también|leggi anche|leia também|lees ook|czytaj też|"
    r"читайте также|read (?:the|our) (?:full|whole)|related (?:stories|articles|posts|topics)|"
    r"(?:watch|listen) (?:to|the|this|our|more|live|now|here|it|along)|"
    r"thanks (?:\w+ \w+ )?for (?:reading|watching|listening|tuning|your support)|"
    r"(?:click|tap|scroll|swipe) (?:here|on|to|down|the)|"
    r"follow (?:us|our|the latest|live|along)|join (?:us|our|now|the conversation)|download (?:the|our)|"
    r"share (?:this|your|on|(?:\w+ )?links)|find out (?:how|what|which|why|more)|"
    r"test your(?:self| (?:\w+ ){0,3}knowledge)|like (?:us|this)|get (?:our|the latest)|view (?:more|all|the full))\b"
    r"|a (?:brief |quick |closer )?look (?:at|back)\b"
    r"|an? (?:complete|full|illustrated|interactive|ongoing|running|short|visual) "
    r"(?:guide|list|map|overview|record|recap|summary|timeline) (?:of|to)\b"
    r"|here(?:['’]s| is| are)(?: [\w’'-]+){1,6}[.!]$"
    # What a publisher says of itself: "This is Behind the Blog, where we ...", "DW explores why ..."
    r"|welcome (?:back )?to\b|(?:as a|just a|a quick|friendly) reminder\b|in (?:reply|response) to [^,]{2,40}\.$"
    r"|this is (?-i:(?:[A-Z][\w’'-]* ){1,2}(?:\w+ ){0,3}[A-Z][\w’'-]*), (?:our|(?:where|in which) (?:we|you))\b"
    r"|this week['’]s (?:episode|issue|edition)\b"
    r"|(?:yet )?(?:another|the (?:first|second|third|final|last|latest|next)|part \w+) "
    r"(?:(?:article|chapter|entry|episode|instal?lment|part|post) )?(?:in|of) .{1,60} series\.$"
    r"|(?-i:[A-Z][\w.]*(?:['’]s(?: [A-Z]\w+){2})?) (?:asks|breaks down|examines|explains|explores|looks at|unpacks)"
    r" (?:how|if|what|when|where|whether|which|who|why)\b"
    r"|we (?:give you|bring you|explain|break down|take a (?:closer )?look)\b"
    # Walls and help
    r"|already a (?:member|subscriber)\b|to continue reading\b|as an amazon associate\b|your browser does not support\b"
    r"|you(?:['’]ve| have) (?:reached your .{0,30}limit|(?:\w+ )(?:free )?(?:articles|stories) (?:left|remaining))"
    r"|if you(?: are|['’]re| have been|['’]ve been) affected by (?:any of |the )?(?:these|this|issues|anything)\b"
    # A list of headings on top
    r"|(?:(?:table of )?contents|inhaltsverzeichnis|inhalt|sommaire|índice|indice|inhoud|spis treści|содержание|"
    r"оглавление):? (?-i:[A-ZÀ-ÞА-Я])|目次|目录"
    # Notices
    r"|our standards:|editor['’]s note\s?[:—–-]|(?:estimated )?reading time\b.{0,4}\d|estimated reading time\b"
    r"|first published (?:on|at)?\s?(?:(?:mon|tue|wed|thu|fri|sat|sun)\w* |\d{1,2}[ :.])|advertisement\W*$"
    r"|this (?:is a developing|(?:article|story|post|piece|column|report|transcript) (?:is|was|has been|originally|"
    r"first|contains|will be|may))\b"
    r"|(?:more to follow|developing story|watch live|leave a comment|filed under|posted (?:in|on|by))\b"
    r"|comments? (?:are|is|have been) |\d+ comments?\b|tags?:|(?:last )?(?:updated|published|modified)(?: (?:on|at)|:)"
    r"|©|copyright\b|@\w"
    r")",
    re.IGNORECASE,
)

#: Sentences that hold the text on the left and match the pattern on the right. A literal is looked for first: the
#: patterns alone would take longer than everything else a summary needs.
_HOLDING = tuple(
    (literal, re.compile(pattern, re.IGNORECASE))
    for literal, pattern in (
        # Credits and captions
        ("contribut", r"\bcontributed to (?:this|the) (?:report|story|article|post)\b"),
        ("/", rf"/\s?{_AGENCY}(?: Photo)?\)?\W*$"),
        ("via", rf"\bvia (?:{_AGENCY}|Flickr|Pexels|Pixabay|Shutterstock|Unsplash|Wikimedia)\b"),
        ("credit", rf"\bcredits?: ?{_AGENCY}"),
        ("photo", r"\b(?:file|representative|representational) photo\b|\bphoto:"),
        ("gallery", r"\b(?:photo|picture|image) gallery\b"),
        ("image", r"\b(?:file|representative|representational) image\b|\bimages?:"),
        ("picture", r"\((?:[^()]{1,30} )?pictured\b|\bpictured (?:above|below|left|right|here|in)\b|\bfile picture\b"),
        (
            "(",
            r"\((?:(?:far|bottom|top|second|third|from) )?(?:left|right|above|below|cent(?:re|er)|top|bottom|row)\b",
        ),
        # Calls
        ("newsletter", r"\b(?:our|my|free|daily|weekly|(?:to|for) the) newsletters?\b|\bnewsletter abonnieren\b"),
        ("subscri", r"\bsubscribe (?:to|now|here|today)\b|\b(?:to|and|please) subscribe\b|\binscreva-se\b"),
        ("delivery settings", ""),
        ("unsubscribe", r"\b(?:to|can|please) unsubscribe\b|\bunsubscribe (?:at|here|any|link|from (?:this|our))"),
        ("sign up", r"\bsign up (?:for (?:our|the|free|more)|to (?:our|get|receive)|here|now|today)\b"),
        ("comments", r"\b(?:in|leave|read|see) (?:the |your |a )?comments?\b(?: section| below|!|\W*$)"),
        ("channel", r"^\W*(?:follow|join|subscribe to) (?:\w+ ){0,3}(?:whatsapp|telegram|youtube|viber) channel"),
        (
            "subscribers",
            r"\b(?:article|content|post|story)\b.{0,30}\bfor (?:pay\w+ |paid )?subscribers\b|\bsubscribers only\b",
        ),
        ("patreon", ""),
        ("contact", r"\bcontact (?:us|me|the author)\b"),
        ("mail", r"\be-?mail (?:us|me|the author)\b|\S@\S+\.\w"),
        ("free trial", r"\b(?:start|get|with|try|begin)\b.{0,60}\bfree trial\b"),
        ("bonus content", r"\bbonus content in (?:this|the|our)\b"),
        ("follow", r"\bfollow (?:us|me|him|her|them) on\b"),
        # Notices
        (
            "cookie",
            (  # Firms that use cookies make news.
                r"\b(?:accept|enable|our) (?:all |our )?cookies\b|\bcookie (?:policy|settings|consent|notice)"
                r"|\bwe(?: [\w,]+){0,5} use (?:\w+ )?cookies\b"
                r"|\b(?:this|our|the) (?:web ?)?(?:page|site) uses (?:\w+ )?cookies\b"
                r"|\b(?:your|our) (?:use|using) (?:of )?cookies\b"
            ),
        ),
        ("javascript", r"\b(?:enable|disabled|requires?|turn on|your browser)\b"),
        ("ad blocker", ""),
        ("adblocker", ""),
        ("rights reserved", ""),
        ("terms", r"\bterms (?:of (?:use|service)|and conditions)\b"),
        ("privacy policy", ""),
        ("appeared", r"\b(?:article|post|story) .{0,120}\bappeared first on\b|\bfirst appeared (?:on|in)\b"),
        ("originally published", ""),
        ("affiliate", r"\baffiliate (?:links?|commission)\b"),
        ("respon", r"\b(?:did|do|does|has|have|had)(?: not|n['’]t) (?:immediately )?respon\w+ to .{0,40}\brequests?\b"),
        (
            "for comment",
            r"\b(?:not (?:immediately )?be reached|(?:approached|asked|contacted|reached out to) .{1,60}) for comment",
        ),
        ("to comment", r"\bdeclined to comment(?: when .{1,60}| for this .{1,30}| further)?[.]$"),
        ("sponsored", r"\bsponsored (?:content|post)\b"),
        ("we may earn", ""),
        (
            "you can",
            r"\byou can (?:also )?(?:hear|listen|read|view|watch)\b.{0,60}\b(?:here|on youtube|transcript)\b",
        ),
        ("i hope", r"\bi hope (?:this|that|you) (?:clarif|enjoy|found|helps?|was)\w*"),
        ("explor", r", (?-i:[A-Z]{2,5}) explores (?:how|what|whether|why)\b"),
        ("publish", r"\bwe(?:['’]re| are) publishing\b"),
        ("this article", r"\bthis article (?:is not|was|has been)\b"),
        # Addresses
        ("http", "https?://"),
        ("www.", ""),
        ("pic.twitter", ""),
    )
)


def is_credit_or_notice(sentence: str) -> bool:
    """Whether a sentence is not part of the story it stands in."""
    if _OPENINGS.match(sentence) or is_notice(sentence):
        return True
    lowered = sentence.lower()
    return any(literal in lowered and pattern.search(sentence) for literal, pattern in _HOLDING)
