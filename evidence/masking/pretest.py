"""Quick tests that let ordinary chat lines pass."""

import re
from typing import Final

from evidence.masking.names import TWO_NAMES, two_names
from ingest.text.digits import NUMERALS
from ingest.text.dropped import INVISIBLE, MARKS
from ingest.text.normalise import digit_forms

_NARROW, _WIDE = digit_forms()
_DIGIT: Final = f"[0-9{_NARROW}{''.join(NUMERALS)}貳參陸兩]"
_BETWEEN: Final = r"[\W_xX]{0,8}"
_FEW: Final = re.compile(f"{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{6}}")
_MANY: Final = re.compile(f"{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{9}}")
_LETTERED: Final = re.compile(
    "(?<![A-Za-z0-9])(?:[1lLiI][3-9sSзЗ][0-9oOlLiIzZsSоОзЗ]{9}|[1-8][0-9oOlLiIzZsSоОзЗ]{16}[0-9oOlLxXоО])"
    "(?![A-Za-z0-9])"
)
_CODE: Final = re.compile(
    "(?<![A-Za-z0-9])(?:[A-Za-z]{5}[0-9]{4}[A-Za-z]|[STFGMstfgm][0-9]{7}[A-Za-z]"
    "|[A-Za-z]{6}[0-9]{2}[A-Za-z][0-9]{2}[A-Za-z][0-9]{3}[A-Za-z]"
    "|[A-Za-z]{4}[0-9]{6}[A-Za-z]{6}[0-9A-Za-z][0-9])(?![A-Za-z0-9])"
)
_GROUPED: Final = re.compile(
    "(?<![0-9])(?:0[0-9]{2}[ -][0-9]{3}[ -][0-9]{3}|[5689][0-9]{3}[ -][0-9]{4})(?![0-9])"
)
_PLAIN_DIGIT: Final = re.compile("[0-9]")
_THREE: Final = re.compile("[0-9][0-9][0-9]")
_STARS: Final = re.compile("[0-9][ -]?[*xX×＊●•○_.#?]{3}")
_DISGUISED: Final = re.compile(f"[{_NARROW}{MARKS}{INVISIBLE}]")
_WIDE_DIGITS: Final = re.compile(f"[{_WIDE}]")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_SHORT: Final = re.compile(
    r"电话|電話|手机|手機|手提|座机|座機|固话|固話|热线|熱線|证|證|护照|護照|号码|號碼|☎|📱|📞|[+＋]|"
    r"[0-9]{3}-[0-9]{2}-[0-9]{4}|[a-z][1289][0-9]{8}|[a-z][0-9]{6}\(|"
    r"tel|phone|mobile|cell|hp|tlf|sdt|passport|ssn|sfz|social|nric|aadhaar|id|identity|cpf|nik|"
    r"licen[cs]e|dni|pesel|паспорт|инн|снилс|personnummer|統一編號|统一编号|nid|nin|sin|pan|curp|bsn|dl|hkid"
)
"""Words in lower case before which fewer than ten digits are enough."""
_FORMS: Final = re.compile(
    r"(?:姓名|户名|戶名|持卡人|机主|機主|户主|戶主|开户人|開戶人|收件人|收货人|收貨人|寄件人|真名|本名|name|first|last|xm|xingming|nama|nombre|nome|holder)"
    r"[\"']?\s?[:：=＝]"
)
_CALLED: Final = re.compile("本名|真名|真实姓名|真實姓名")
_COLON: Final = re.compile("[:：=＝]")
_SIGN: Final = re.compile("[@＠#＃(\\[（{<]| [aA][tT] |艾特")
_ZIP: Final = re.compile("[A-Za-z][,|]? [A-Z]{2},? [0-9]{5}(?![0-9])")
_POSTCODE: Final = re.compile("[0-9][0-9A-Z]? [0-9][A-Z]{2}(?![A-Za-z0-9])")
_EMAIL: Final = re.compile(
    rf"[@＠](?<=[\w.%+\-{MARKS}{INVISIBLE}].)[\w\-{MARKS}{INVISIBLE}]+(?:[.．]|\s?[(\[（])"
    r"|[(\[（{<]\s?(?:[aA][tT]|[@#＠＃aA]|艾特|圈[aA])\s?[)\]）}>]|\w [@＠] \w|艾特\w"
    r"|\w\s?[#＃]\s?[A-Za-z0-9][\w-]{1,20}[.．]|\w [aA][tT] [\w-]{2,20} [dD][oO][tT] \w"
)
_ADDRESS: Final = re.compile(
    "[省市區区縣县鎮镇鄉乡村街路州旗巷園园弄道城苑湾灣庭居郡邸轩軒阁閣院庄莊屯][^\n]{0,30}?"
    f"{_DIGIT}{_BETWEEN}(?:[号號栋棟幢座室单單层層楼樓組组隊队房户戶弄巷段]|{_DIGIT})"
)
_ADDRESS_END: Final = re.compile("[号號栋棟幢座室单單层層楼樓組组房户戶巷園园村庄莊屯期-]")


def _numbers(text: str) -> bool:
    few = _FEW.search(text) is not None
    # Most texts with a number at all have one of ten digits, somebody's QQ.
    if few and _MANY.search(text):
        return True
    if _LETTERED.search(text) or (_PLAIN_DIGIT.search(text) and _with_digits(text)):
        return True
    return few and bool(_DISGUISED.search(text) or _SHORT.search(text.lower()))


def _with_digits(text: str) -> bool:
    """Whether plain digits are part of a value of less than seven, or of a code."""
    if _STARS.search(text) or _POSTCODE.search(text):
        return True
    if not _THREE.search(text):
        return False
    return bool(_CODE.search(text) or _ZIP.search(text) or _GROUPED.search(text))


def may_hold(text: str) -> bool:
    """Whether a text as written may hold any value of the table."""
    if _numbers(text):
        return True
    if _SIGN.search(text) and _EMAIL.search(text):
        return True
    if _COLON.search(text) and _FORMS.search(text.lower()):
        return True
    if text.isascii():
        return False
    if "名" in text and _CALLED.search(text):
        return True
    if _ADDRESS_END.search(text) and _ADDRESS.search(text):
        return True
    if TWO_NAMES.search(text) and two_names(text):
        return True
    return bool(_ASTRAL.search(text) and _WIDE_DIGITS.search(text))
