"""Forms of ids: behind the name of an app, and those that stand alone."""

from typing import Final

from ingest.text.late import late

LINK: Final = (
    r"(?: ?(?:号码|账号|帐号|号|id|name|user(?:name)?|handle|me|搜索|搜|找|加|私|敲|联系|同号|"
    r"only|yes|ok|preferred|pls|please|here|"
    r"群|聊|hao))?(?:\s?[:=~>→➡👉\-是为☞➜➤►▶⇒»❤♥♡❥❣💕💗💬➕✦✧★☆◆◇●○✘⋆♠♦|丨│┃┊]\s?|\s){0,3}"
)
_SEPARATOR: Final = r"(?:[ \-._·、,*~/|]{1,2})"
_NOT_AFTER: Final = r"(?![a-z0-9_▮@])"
_SPELLED: Final = (
    r"(?:[a-z](?:[ _]{1,3}[a-z0-9](?![a-z0-9])){4,31}"
    r"|[a-z][a-z0-9]{0,15}(?: _ ?| ?_ )[a-z0-9]{1,15}(?:(?: _ ?| ?_ )[a-z0-9]{1,15}){0,2})"
    r"(?![a-z0-9_▮@])"
)
"""p i n e_c o n e, raven _ tub."""
_DOMAIN: Final = (
    r"(?:https?://)?(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,4}"
    r"(?:com|net|org|cn|cc|top|xyz|shop|site|club|vip|me|ru|su|ws|info|biz|pro|io|co|tv|la|in|online|"
    r"store|live|app|dev|link|fun|icu|cyou|lol|gg|to|is|ltd|work|tech|space|website|wang|pw|cx|im|am|"
    r"uk|de|hk|tw|jp|kr|us|eu|asia|bid|win|world|market|cash|money|example|test|invalid)"
    r"(?![a-z0-9\-])(?:/[^\s一-鿿,;'\"<>()▮]{0,200})?"
)
SHAPES: Final = {
    "digits": rf"(?:\d{{5,12}}|\d(?:{_SEPARATOR}?\d){{4,11}})(?![\d▮])",
    "wechat": rf"(?:(?:@ ?)?(?:[a-z][a-z0-9_\-]{{4,31}}{_NOT_AFTER}|{_SPELLED})|"
    rf"\d{{6,11}}(?![\d▮])|"
    rf"\d(?:{_SEPARATOR}?\d){{5,10}}(?![\d▮]))",
    "handle": rf"(?:(?:https?://)?t\.me/ ?)?(?:@ ?)?"
    rf"(?:[a-z][a-z0-9_]{{4,31}}{_NOT_AFTER}|{_SPELLED})",
    "loose": rf"(?:@ ?)?(?:[a-z][a-z0-9_\-]{{3,31}}{_NOT_AFTER}|{_SPELLED}|\d{{5,12}}(?![\d▮]))",
    "jid": r"[a-z0-9._%+\-]{1,64}@(?:[a-z0-9\-]{1,63}\.){1,4}[a-z]{2,12}" + _NOT_AFTER,
    "email": r"[a-z0-9._%+\-]{1,64}@(?:[a-z0-9\-]{1,63}\.){1,4}[a-z]{2,12}" + _NOT_AFTER,
    "domain": _DOMAIN,
    "session": r"(?:05[0-9a-z]{6,64}|(?=[a-z_]{0,20}\d)[a-z][a-z0-9_]{5,31})" + _NOT_AFTER,
    "signal": rf"(?:@?[a-z][a-z0-9_]{{2,31}}(?:\.[a-z0-9_]{{2,20}}){{0,2}}{_NOT_AFTER}|"
    rf"\+?\d(?:[ \-]?\d){{7,14}}(?![\d▮]))",
    "phone": r"\+?\d(?:[ \-]?\d){7,14}(?![\d▮])",
    "discord": r"@?[a-z0-9][a-z0-9_.]{1,31}(?:#[a-z0-9]{2,16})?" + _NOT_AFTER,
}
_PHONE: Final = (
    r"(?P<phone>(?<![\d▮+])(?:\+?86[ \-]?)?1[3-9]\d(?:\d{8}|[ \-]\d{4}[ \-]\d{4})(?![\d▮]))"
)
FREE: Final = late(
    r"(?P<onion>(?:https?://)?(?<![a-z2-7▮])(?:[a-z2-7]{56}|"
    r"[a-z2-7]{16})\.onion(?:/[^\s一-鿿,;'\"<>▮]{0,200})?)"
    r"|(?:https?://)?(?<![a-z0-9.▮])(?:t|telegram)\.(?:me|"
    r"dog)/(?:s/)?(?P<tme>[a-z][a-z0-9_]{3,31})(?![a-z0-9_▮/+])"
    r"|tg://resolve\?domain=(?P<tgs>[a-z][a-z0-9_]{3,31})(?![a-z0-9_▮])"
    r"|(?P<url>(?:https?://|(?<![a-z0-9.▮])www\.|(?<![a-z0-9.▮])t\.me/)[^\s一-鿿,;'\"<>()▮]{4,300})"
    r"|"
    r"(?P<email>(?<![a-z0-9._%+\-▮])[a-z0-9._%+\-]{1,64}@(?:[a-z0-9\-]{1,63}\.){1,4}[a-z]{2,12}(?![a-z0-9_▮]))"
    r"|(?<![a-z0-9_.▮@])@(?P<handle>[a-z][a-z0-9_]{3,31})(?![a-z0-9_▮]|\.[a-z])"
    rf"|{_PHONE}"
)
FREE_SIGNS: Final = ("@", "://", ".onion", ".me/", ".dog/", "www.")
"""One of them is in every free form but the phone."""
PHONE: Final = late(_PHONE)
MAY_PHONE: Final = late(r"1[3-9]\d[\d \-]")
"""What every telephone number holds."""
SELDOM_SIGNS: Final = ("@ ", "me/", "at)", "at]", " _")
SELDOM: Final = late(
    r"(?<![a-z0-9.▮])t\.me/[ ](?P<apart>[a-z][a-z0-9_]{4,31})(?![a-z0-9_▮/+])"
    r"|(?<![a-z0-9.▮])wa\.me/(?P<wame>\+?\d{8,15})(?!\d)"
    rf"|(?<![a-z0-9_.▮@])@ ?(?P<spelled>{_SPELLED})"
    r"|(?<![a-z0-9_.▮@])@ (?P<behind>[a-z][a-z0-9]*_[a-z0-9_]{2,28}|[a-z]{2,20}\d{1,6})"
    r"(?![a-z0-9_▮]|\.[a-z])"
    r"|(?P<email>(?<![a-z0-9._%+\-▮])[a-z0-9._%+\-]{1,64} ?[(\[]at[)\]] ?"
    r"(?:[a-z0-9\-]{1,63} ?(?:\.|[(\[]dot[)\]]) ?){1,4}"
    r"[a-z]{2,12}(?![a-z0-9_▮]))"
)
"""Ids spelt apart or behind a space; looked for where one of the signs stands."""
