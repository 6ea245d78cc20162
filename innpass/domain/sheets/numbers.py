"""Hours, percents, whole numbers and the systems' own numbers, as people write them."""

import re
from datetime import date, datetime, time

from innpass.domain.identifiers import is_identity_number
from innpass.domain.sheets.findings import Finding, doubt
from innpass.domain.sheets.records import Issue
from innpass.domain.sheets.special_words import is_empty, is_uncertain
from innpass.domain.sheets.words import fold, squash, tidy
from innpass.domain.sheets.workbook import CellContent

MOST_HOURS_PER_WEEK = 60.0
_MOST_DIGITS_OF_A_SYSTEM = 10  # eleven are an identity number, twelve a DUF number

_DOUBT = re.compile(
    r"^(?:ca\.?|cirka|omtrent|rundt|opptil|inntil|minst|maks|min|~|>|<|≥|≤)\s*(?=\d)"
)
_HOURS = re.compile(
    r"(\d{1,3}(?:[.,]\d+)?)\s*(½|1/2|1⁄2)?\s*"
    r"(?:klokketimer|undervisningstimer|skoletimer|timer|timar|time|tim|kl\.?t|t|h|hrs|hours|hour)?\.?\s*"
    r"(?:(?:/|pr|per|i|a|p)\.?\s*(?:uke|uka|uken|u|veke|veka|v|week|w)|ukentlig|i uken)?\.?"
)
_RANGE = re.compile(
    r"(\d{1,3}(?:[.,]\d+)?)\s*(?:-|–|til|/|eller)\s*(\d{1,3}(?:[.,]\d+)?)\s*(?:t|timer|h)?(?:/uke)?"
)
_PRODUCT = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:dager?|x|\*|×)\s*(?:a|à|x|\*|×)?\s*(\d+(?:[.,]\d+)?)\s*(?:t|timer|h)?"
)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?")
_PERCENT = re.compile(
    r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|prosent|pst|pct|percent)?\.?(?:\s*(?:stilling|program))?"
)
_WHOLE = re.compile(r"[a-zæøå\s.:-]*?(\d{1,6})(?:[.,]0+)?\.?(?:\s*(?:spor(?:et)?|track))?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NAMED_PERCENT = {
    "heltid": 100,
    "fulltid": 100,
    "full": 100,
    "fultid": 100,
    "fulldag": 100,
    "halvtid": 50,
    "halv": 50,
    "heil": 100,
    "hel": 100,
    "fulltime": 100,
}


def read_hours(content: CellContent) -> Finding | None:
    """Read hours per week, as stated: lessons are not made into clock hours.

    Example:
        >>> read_hours(" 15,0t").value, read_hours("15,5 t/uke").value, read_hours("37½").value
        (15.0, 15.5, 37.5)
        >>> read_hours("ca. 15").possible
        (15.0,)
    """
    plain = _plain(content)
    if plain is None or isinstance(plain, Finding):
        return plain
    if isinstance(plain, float):
        return _hours(plain)
    text = fold(plain)
    shorter = _DOUBT.sub("", text).rstrip("?").rstrip()
    match = _HOURS.fullmatch(shorter)
    if match:
        found = _hours(_decimal(match[1]) + (0.5 if match[2] else 0.0))
        if shorter != text:
            return doubt(
                Issue.UNCERTAIN, *([found.value] if found.value is not None else found.possible)
            )
        return found
    if match := _CLOCK.fullmatch(text):
        return _hours(int(match[1]) + int(match[2]) / 60)
    if match := _RANGE.fullmatch(text):
        return doubt(Issue.UNCERTAIN, *sorted({_decimal(match[1]), _decimal(match[2])}))
    if match := _PRODUCT.fullmatch(text):
        return doubt(Issue.BAD_NUMBER, _decimal(match[1]) * _decimal(match[2]))
    return doubt(Issue.BAD_NUMBER if any(sign.isdigit() for sign in text) else Issue.NOTE)


def read_percent(content: CellContent) -> Finding | None:
    """Read a percentage; a share of at most one is a percentage written as a number.

    Example:
        >>> read_percent("60 %").value, read_percent(0.6).value, read_percent("heltid").value
        (60, 60, 100)
    """
    plain = _plain(content)
    if plain is None or isinstance(plain, Finding):
        return plain
    if isinstance(plain, float):
        return _percent(plain)
    named = _NAMED_PERCENT.get(squash(plain))
    if named is not None:
        return Finding(named)
    match = _PERCENT.fullmatch(fold(plain))
    if match:
        number = _decimal(match[1])
        return _percent(number) if "%" not in plain or number > 1 else _percent(number / 100)
    return doubt(Issue.BAD_NUMBER if any(sign.isdigit() for sign in plain) else Issue.NOTE)


def read_whole_number(content: CellContent) -> Finding | None:
    """Read a small whole number, with a word beside it or not: ``Spor 2``, ``2. spor``, ``II``.

    Example:
        >>> read_whole_number("Spor 2").value, read_whole_number(3.0).value
        (2, 3)
    """
    plain = _plain(content)
    if plain is None or isinstance(plain, Finding):
        return plain
    if isinstance(plain, float):
        return Finding(int(plain)) if plain.is_integer() else doubt(Issue.BAD_NUMBER)
    text = fold(plain)
    if match := _WHOLE.fullmatch(text):
        return Finding(int(match[1]))
    last = text.split()[-1]
    if last in _ROMAN:
        return Finding(_ROMAN[last])
    return doubt(Issue.BAD_NUMBER)


def read_system_number(content: CellContent) -> Finding | None:
    """Read a system's own number: digits as text, leading zeros kept, spaces dropped.

    Letters that belong to the number are kept in upper case.

    Example:
        >>> read_system_number(44523.0).value, read_system_number(" 44 523").value
        ('44523', '44523')
    """
    plain = _plain(content)
    if plain is None or isinstance(plain, Finding):
        return plain
    if isinstance(plain, float):
        whole = plain.is_integer() and plain >= 0 and _may_be_a_systems(str(int(plain)))
        return Finding(str(int(plain))) if whole else doubt(Issue.BAD_NUMBER)
    text = re.sub(r"(?<=\d)[.,]0+$", "", plain) if re.fullmatch(r"\d+[.,]0{1,2}", plain) else plain
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        text = text.replace(".", "")
    text = re.sub(
        r"(?i)^(?:visma|socio|sosio|nav|nr|id|saksnr)[\s.:-]*(?=\d)", "", text.lstrip("'#")
    )
    text = text.replace(" ", "")
    if text.isascii() and text.isdigit():
        return Finding(text) if _may_be_a_systems(text) else doubt(Issue.BAD_NUMBER)
    if re.fullmatch(r"[A-Za-z]{0,4}[-/]?\d[\d/-]*[A-Za-z]?", text) and _may_be_a_systems(
        re.sub(r"\D", "", text)
    ):
        return Finding(text.upper())
    return doubt(Issue.BAD_NUMBER if any(sign.isdigit() for sign in text) else Issue.NOTE)


def _may_be_a_systems(digits: str) -> bool:
    """Refuse identity and DUF numbers in a system's column: system numbers are not sealed."""
    if len(digits) > _MOST_DIGITS_OF_A_SYSTEM:
        return False
    return len(digits) < _MOST_DIGITS_OF_A_SYSTEM or not is_identity_number(f"0{digits}")


def whole_text(number: float) -> str:
    """Write a number as a person sees it: ``15.0`` is ``15``, ``22.5`` is ``22,5``."""
    if number == number and abs(number) < 1e15 and number == int(number):
        return str(int(number))
    return str(number).replace(".", ",")


def _plain(content: CellContent) -> float | str | Finding | None:
    """Return a float or a tidy text, or a finding where neither can be had."""
    if content is None:
        return None
    if isinstance(content, bool):
        return doubt(Issue.BAD_NUMBER)
    if isinstance(content, int | float):
        number = float(content)
        return number if abs(number) < 1e15 else doubt(Issue.BAD_NUMBER)
    if isinstance(content, datetime | date):
        return doubt(Issue.BAD_NUMBER)
    if isinstance(content, time):
        return content.hour + content.minute / 60
    text = tidy(content)
    if is_empty(text):
        return None
    if is_uncertain(text):
        return doubt(Issue.UNCERTAIN)
    return text


def _hours(number: float) -> Finding:
    if 0 <= number <= MOST_HOURS_PER_WEEK:
        return Finding(round(number, 4))
    tenth = number / 10
    return doubt(Issue.BAD_NUMBER, *([tenth] if MOST_HOURS_PER_WEEK < number <= 400 else []))


def _percent(number: float) -> Finding:
    scaled = number * 100 if 0 < number <= 1 else number
    if 0 <= scaled <= 100:
        return Finding(round(scaled))
    return doubt(Issue.BAD_NUMBER)


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))
