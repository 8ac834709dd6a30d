"""How Word writes the number of an automatically numbered paragraph.

``count(3, "chineseCounting")`` is ``三``.  A format not known here is written
with digits, which is how Word itself falls back.
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


def count(value: int, form: str) -> str:
    """``value`` in the number format ``form`` (an ST_NumberFormat)."""
    writer = _WRITERS.get(form)
    written = writer(value) if writer and value >= 0 else ""
    return written or str(value)


def _digital(value: int) -> str:
    """Digit by digit: 12 → 一二."""
    return "".join(_DIGITS[int(d)] for d in str(value))


def _grouped(value: int, digits: str, units: tuple[str, ...]) -> str:
    """With places named: 21 → 二十一, 105 → 一百零五."""
    if not 0 < value <= 9999:
        return ""
    written, gap = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            written += (digits[0] if gap else "") + digits[digit] + units[place]
        gap = digit == 0 and bool(written)
    return written


def _counting(value: int) -> str:
    written = _grouped(value, "零" + _DIGITS[1:], ("", "十", "百", "千"))
    return written[1:] if 10 <= value < 20 else written


def _legal(value: int) -> str:
    return _grouped(value, _LEGAL, ("", "拾", "佰", "仟"))


def _letters(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value < 600 else ""


def _roman(value: int) -> str:
    written = ""
    if not 0 < value < 4000:
        return written
    for amount, sign in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        while value >= amount:
            written += sign
            value -= amount
    return written


def _from(series: str) -> Callable[[int], str]:
    """Signs that stand for one number each."""
    return lambda value: series[value - 1] if 0 < value <= len(series) else ""


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda v: "".join(chr(ord("０") + int(d)) for d in str(v)),
    "decimalFullWidth2": lambda v: "".join(chr(ord("０") + int(d)) for d in str(v)),
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "koreanDigital2": _digital,
    "ideographDigital": _digital,
    "taiwaneseDigital": _digital,
    "japaneseDigitalTenThousand": _counting,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _from("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _from("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _from("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "ideographEnclosedCircle": _from("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": lambda value: f"{value}.",
}
