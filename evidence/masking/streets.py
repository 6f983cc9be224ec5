"""Addresses in letters: number and street, street and number, post-office boxes."""

import re
from collections.abc import Iterator
from typing import Final

from evidence.masking.found import MASK, Found
from evidence.masking.sieve import Sieved

_WORD: Final = "[a-zß-ɏ'’.\\-]{2,20}"
_NUMBER: Final = r"[0-9]{1,5}[a-z]?(?:[/-][0-9]{1,4}[a-z]?)?"
_KINDS: Final = (
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|terrace|parkway|"
    r"pkwy|highway|hwy|square|sq|place|pl|way|circle|cir|trail|trl|close|crescent|row|mews|nagar|"
    r"marg|loop|plaza|walk|gardens|grove|hill|ridge|run|pike)\b\.?"
)
_NUMBERED: Final = r"(?: [0-9]{1,3}(?![0-9.])(?= ?[#,a-z]))?"
"""Streets are numbered in Singapore: Avenue 10."""
_ROOM: Final = r"(?:apt|apartment|flat|suite|unit|ste|room|rm|blk|block|house|h\.? ?no|no|#)\.? ?#?"
_ROMANCE: Final = (
    r"(?:rue|c/|allee|"
    r"via(?! (?:telegram|tg|e?mail|whatsapp|signal|session|dm|pm|escrow|bank|btc|usdt)\b)|"
    r"viale|calle|rua|avenida|av|avenue|travessa|praca|plaza|paseo|carrera|corso|piazza|"
    r"jalan|jl|jln|soi|ulica|ul|strada|bd|boulevard|chemin|alameda)\.?"
)
_GERMANIC: Final = (
    r"[a-zß-ÿ\-]{2,24}(?:strasse|straße|str\.|weg|platz|allee|gasse|straat|"
    r"gracht|laan|kade|plein|gatan|gata|vagen|vej|gade|katu)"
)
_SLAVIC: Final = r"(?:ул|улица|пр|проспект|пер|переулок|бульвар|шоссе|вул)\.? ?[а-яёії\-]{3,20}"
_STREET: Final = Sieved(
    rf"(?<![\w{MASK}.,-])(?:"
    rf"(?:{_ROOM}[a-z0-9-]{{1,6}},? ?)?(?:#?[0-9]{{1,6}}(?:-[0-9]{{1,4}})?[a-z]?,? "
    rf"(?:(?:[a-z0-9.'’]{{1,20}} ){{1,4}}{_KINDS}{_NUMBERED}|{_ROMANCE}(?: {_WORD}){{1,4}}))"
    rf"|{_ROMANCE}(?: {_WORD}){{1,4}},? (?:no\.? ?)?{_NUMBER}(?![0-9])"
    rf"|(?:jalan|jln?|rua|calle|soi)\.?(?: {_WORD}){{1,3}}"
    rf"|{_GERMANIC} {_NUMBER}(?![0-9])"
    rf"|{_SLAVIC},? ?(?:д\.?|дом|буд\.?)? ?[0-9]{{1,4}}[а-я]?"
    rf"(?:,? ?(?:кв|квартира|корп)\.? ?[0-9]{{1,4}}){{0,2}}"
    r"|p\.? ?o\.? ?box [0-9]{1,7})"
)
_FLAT: Final = Sieved(
    rf"(?<![\w{MASK}.-])(?:flat|plot|house|h\.? ?no|door|unit|room|rm|suite|ste|block|blk|"
    r"villa|tower|lot|apt|no)"
    r"\.? ?(?:no\.? ?|#)?[a-z0-9/-]{1,8}(?:, ?[a-z0-9 .'’/&()#-]{2,40}){1,7}?"
    r"(?:(?: ?[-,] ?| )[0-9]{5,6}(?!\w)|,? (?:kowloon|hong kong|new territories|n\.?t\.?)\b)"
    r"(?:,? (?:india|malaysia|singapore|pakistan|philippines))?"
)
"""A flat or plot, parts between commas, a postal code: addresses of Asia."""
_KOREAN: Final = Sieved(
    r"(?:[가-힣]{1,7}(?:특별시|광역시|특별자치시|특별자치도|도|시|군|구|읍|면|동|리) ?){1,4}"
    r"(?:[가-힣0-9]{1,12}(?:로|길|대로|가|동) ?)?[0-9]{1,4}(?:-[0-9]{1,4})?"
    r"(?:번지|번길 ?[0-9]{1,4})?"
    r"(?:[, ]{1,2}(?:[가-힣a-z0-9]{1,14} )?[0-9]{1,4}(?:동|호|층)(?: ?[0-9]{1,4}호)?){0,2}"
)
_THAI: Final = Sieved(
    r"(?<![0-9])[0-9]{1,4}(?:/[0-9]{1,4})? ?(?:หมู่|ม\.|ถ\.|ซ\.|ซอย|ถนน|ต\.|แขวง)[^\n,|]{3,70}?"
    r"(?:[0-9]{5}(?![0-9])|จ\.[\u0e00-\u0eff]{2,20}(?: [0-9]{5})?|"
    r"กรุงเทพ[\u0e00-\u0eff]*(?: [0-9]{5})?)"
)
_CITY: Final = r"(?:[,|]? ?[a-zß-ÿ.'\-]{2,20}(?: [a-zß-ÿ.'\-]{2,20}){0,2})"
_ZIP: Final = (
    r"(?:[0-9]{5}(?:-[0-9]{4})?|(?:s|singapore ?)?\(?[0-9]{6}\)?|"
    r"[0-9]{5}-[0-9]{3}|[0-9]{2}-[0-9]{3}|[0-9]{4} ?[a-z]{2}|"
    r"[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}|[a-z][0-9][a-z] ?[0-9][a-z][0-9]|[0-9]{4})(?!\w)"
)
_ROOM_AFTER: Final = re.compile(rf",? (?:{_ROOM}[a-z0-9-]{{1,6}}|#[0-9b][0-9]-[0-9]{{2,4}})(?!\w)")
_REST: Final = (
    re.compile(rf",? {_ZIP} [a-zß-ÿ\-]{{3,20}}(?=\s?(?:[,|;.)\n]|$))"),
    re.compile(
        rf"{_CITY}?[,|]? ?[|,]? ?(?:(?:[a-z]{{2}}|nsw|vic|qld|tas|act)[,|]? ?[|]? ?)?{_ZIP}"
    ),
)
"""A postal code and a city; city, state and postal code."""
_PLACE: Final = re.compile(
    rf", ?[a-z\-]{{3,20}}(?: [a-z\-]{{3,20}})?(?:, ?[a-z]{{2}})?(?=\s?(?:[|;.)\n+{MASK}]|$))"
)
_JAPANESE: Final = Sieved(
    rf"〒?(?<![0-9{MASK}])[0-9]{{3}}-[0-9]{{4}}(?= ?[\u4e00-\u9fff]{{2,3}}[都道府县市])"
    r"|〒[0-9]{3}-[0-9]{4}"
)


_STATES: Final = (
    "a[lkzr]|c[aot]|de|dc|fl|ga|hi|i[dlna]|k[sy]|la|m[edainsot]|n[evhjmycd]|o[hkr]|pa|ri|s[cd]|"
    "t[nx]|ut|v[ta]|w[aviy]"
)
_AMERICAN: Final = re.compile(
    rf"(?<![\w{MASK}.,-])[0-9]{{1,6}}[a-z]? (?:[a-z0-9.'’#]{{1,20}},? ){{1,6}}?"
    rf"[a-z.'’]{{2,20}},? (?:{_STATES}),? [0-9]{{5}}(?:-[0-9]{{4}})?(?!\w)"
)
"""Number, words and city before a state and its postal code, whatever the street is called."""
_CODED: Final = re.compile("[a-z],? [0-9]{5}")
_LEVEL: Final = (
    r"(?:rt\.? ?[0-9]{1,3} ?/? ?rw\.? ?[0-9]{1,3}"
    r"|(?:brgy|barangay|purok|sitio|kel|kelurahan|kec|kecamatan|kab|kabupaten|kota|desa|dusun|"
    r"phuong|quan|huyen|xa|thi tran|thi xa|thon|khu pho|tinh|thanh pho|taman|kampung|kg|mukim|"
    r"bairro|colonia|col|barrio|sector|distrito|dist|district)\b\.? ?[a-z0-9.'’\-]{1,20}"
    r"(?: [a-z'’\-]{2,20}){0,2}|tp\.? ?[a-z]{2,12}(?: [a-z]{2,12}){0,2}"
    r"|[a-z'’\-]{2,20}(?: [a-z'’\-]{2,20})?,? (?:city|province)\b)"
)
"""A level of administration as South-East Asia and Latin America write it."""
_LEVELS: Final = re.compile(
    rf"(?:(?:, ?| ){_LEVEL}){{1,5}}(?:, ?[a-z]{{3,20}}(?: [a-z]{{3,20}})?)?"
)
_LEVELLED: Final = Sieved(
    rf"(?<![\w{MASK}.,-])(?:so |no\.? ?)?[0-9]{{1,4}}[a-z]?(?:/[0-9]{{1,4}}[a-z]?){{0,3}}"
    rf"(?: [a-z.'’\-]{{2,20}}){{1,5}}(?:, ?{_LEVEL}){{2,5}}"
)


def western(text: str) -> Iterator[Found]:
    """Addresses in letters in normal text; those without a postal code are weak."""
    for match in _JAPANESE.finditer(text):
        yield Found("address", *match.span(), match[0], sure=True)
    for pattern in (_FLAT, _KOREAN, _THAI, _AMERICAN, _LEVELLED):
        if pattern is _AMERICAN and not _CODED.search(text):
            continue
        for match in pattern.finditer(text):
            if sum(map(str.isdigit, match[0])) > 1:
                yield Found("address", *match.span(), "".join(match[0].split()), sure=True)
    done = 0
    for match in _STREET.finditer(text):
        if match.start() < done:
            continue
        done, coded = _end(text, match.end())
        value = "".join(text[match.start() : done].split())
        yield Found("address", match.start(), done, value, sure=coded, weak=not coded)


def _end(text: str, end: int) -> tuple[int, bool]:
    """Where an address ends whose street ends here, and whether a postal code closes it."""
    if room := _ROOM_AFTER.match(text, end):
        end = room.end()
    for pattern in _REST:
        if match := pattern.match(text, end):
            return match.end(), True
    if levels := _LEVELS.match(text, end):
        return levels.end(), True
    place = _PLACE.match(text, end)
    return (place.end() if place else end), False
