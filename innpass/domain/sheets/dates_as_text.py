"""What a text says about a date: day, month, year and week, and how surely."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from innpass.domain.sheets.words import fold

_MONTHS = {
    1: "januar january jan",
    2: "februar february feb febr",
    3: "mars march mar",
    4: "april apr",
    5: "mai may",
    6: "juni june jun",
    7: "juli july jul",
    8: "august aug",
    9: "september sept sep",
    10: "oktober october okt oct",
    11: "november nov",
    12: "desember december des dec",
}
_MONTH_OF = {word: month for month, words in _MONTHS.items() for word in words.split()}
_MONTH = "(?:" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\.?"
_YEAR = r"(\d{4}|'?\d{2})"
_GAP = r"\s?[./\-\s]\s?"

_WEEKDAY = re.compile(
    r"^(?:man|tir|ons|tor|fre|lor|son|mandag|tirsdag|tysdag|onsdag|torsdag|fredag|lordag|laurdag"
    r"|sondag|sundag|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri"
    r"|sat|sun|ma|ti|on|to|fr)\.?,?\s+(?=\d)"
)
_PLAIN_PREFIX = re.compile(
    r"^(?:fra og med|til og med|fra|fra den|f\.?\s?o\.?\s?m\.?|fom|til|t\.?\s?o\.?\s?m\.?|tom|den"
    r"|dato|i|startet|start|oppstart|sluttet|slutt|starter|slutter|from|until|to|on)[:\s]\s*"
)
_DOUBT_PREFIX = re.compile(
    r"^(?:ca\.?|cirka|omtrent|omkring|rundt|omlag|~|kanskje|muligens|trolig|antatt|antagelig|evt\.?"
    r"|eventuelt|innen|for|etter|medio|primo|ultimo|tidlig i?|sent i?|begynnelsen av|midten av"
    r"|slutten av|starten av|about|around|maybe|approx\.?|by)[:\s]?\s*(?=[a-z0-9'])"
)
_DOUBT_SUFFIX = re.compile(
    r"\s*(?:\(\s*\?+\s*\)|\?+|\(?\s*(?:ca\.?|usikkert?|forelopig|tentativt?|antatt)\s*\)?)$"
)
_CLOCK = re.compile(
    r"(?:,?\s+|t)(?:kl\.?\s*)?\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+]\d{2}:?\d{2})?$"
)
_CLOCK_HOUR = re.compile(r",?\s+kl\.?\s*\d{1,2}$")

_FULL = (
    ("dmy", re.compile(rf"(\d{{1,2}}){_GAP}(\d{{1,2}})\.?{_GAP}{_YEAR}")),
    ("ymd", re.compile(r"(\d{4})[\-./\s](\d{1,2})[\-./\s](\d{1,2})")),
    ("dNy", re.compile(rf"(\d{{1,2}})\.?[\s\-/]*({_MONTH})[\s\-/,]*{_YEAR}")),
    ("Ndy", re.compile(rf"({_MONTH})\s*(\d{{1,2}})(?:st|nd|rd|th)?[.,]?\s+(\d{{4}})")),
    ("yNd", re.compile(rf"(\d{{4}})[\s\-]*({_MONTH})[\s\-]*(\d{{1,2}})")),
)
_WEEK = re.compile(
    r"(?:uke|uka|uken|veke|veka|u|week|w|wk)\s?\.?\s?(?:nr\.?\s?)?(\d{1,2})"
    r"(?:\s?(?:-|/|,|\s|i|–|og)\s?(?:ar\s)?'?(\d{4}|\d{1,2}))?"
)
_ISO_WEEK = re.compile(r"(\d{4})\s?-?\s?(?:w|uke|u)\s?(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})\s?[./]\s?(\d{1,2})\.?-?")
_DAY_NAMED_MONTH = re.compile(rf"(\d{{1,2}})\.?\s?-?({_MONTH})")
_NAMED_MONTH = re.compile(rf"({_MONTH})(?:[\s\-/,]*(?:i\s)?(?:ar\s)?(\d{{4}}|'?\d{{2}}))?")
_NAMED_MONTH_DAY = re.compile(rf"({_MONTH})\s(\d{{1,2}})\.?")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[./\-]\s?(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})\s?[./\-]\s?(\d{1,2})")
_YEAR_ONLY = re.compile(
    r"(?:ar\s)?(?:19|20)\d{2}|(?:host|var|sommer|vinter)(?:en)?\s?'?(?:\d{4}|\d{2})?|[hv]\s?-?\d{2}(?:\d{2})?"
)
_SEARCH = re.compile(
    rf"(?<![\d./])\d{{1,2}}[./]\d{{1,2}}\.?[./\- ]{_YEAR}(?!\d)"
    r"|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Clues:
    """Parts of a date that a text states. ``year_digits`` tells how the year was written.

    ``others`` are further dates in the same text; ``is_doubtful`` is a word or sign of doubt, and
    ``has_other_words`` a text that also says something else.
    """

    year: int | None = None
    year_digits: int = 4
    month: int | None = None
    day: int | None = None
    week: int | None = None
    last_week: int | None = None
    is_doubtful: bool = False
    has_other_words: bool = False
    others: tuple["Clues", ...] = ()


@lru_cache(maxsize=32768)
def clues(text: str) -> Clues | None:
    """Find what a text says about a date; ``None`` when it says nothing.

    Example:
        >>> seen = clues("ca. uke 34-25")
        >>> seen.week, seen.year, seen.is_doubtful
        (34, 25, True)
        >>> clues("snakket med leder, ringer igjen") is None
        True
    """
    core, is_doubtful = _strip(fold(text))
    seen = _full_date(core) or _week(core) or _part(core)
    if seen is None and _YEAR_ONLY.fullmatch(core):
        return Clues(is_doubtful=True)
    if seen is None:
        found = [match.group() for match in _SEARCH.finditer(core)]
        dates = [date for part in found if (date := _full_date(part))]
        if not dates:
            return None
        rest = _SEARCH.sub("", core)
        is_range = len(dates) > 1 and not re.search(
            r"[a-z]", rest.replace("til", "").replace("og", "")
        )
        if is_range or len(dates) > 1:
            return replace(dates[0], others=tuple(dates[1:]))
        seen = replace(dates[0], has_other_words=True)
    return replace(seen, is_doubtful=True) if is_doubtful else seen


def _strip(text: str) -> tuple[str, bool]:
    """Take away words that carry no date; say whether one of them expressed doubt."""
    core, is_doubtful = text.strip(" ,;:*"), False
    for _ in range(4):
        before = core
        core = _PLAIN_PREFIX.sub("", core)
        core = _WEEKDAY.sub("", core)
        if (shorter := _DOUBT_PREFIX.sub("", core)) != core:
            core, is_doubtful = shorter, True
        if (shorter := _DOUBT_SUFFIX.sub("", core)) != core and shorter:
            core, is_doubtful = shorter, True
        core = core.strip(" ,;:*")
        if core == before:
            break
    shorter = _CLOCK_HOUR.sub("", _CLOCK.sub("", core))
    if shorter != core and _full_date(shorter):
        core = shorter
    return core, is_doubtful


def _full_date(core: str) -> Clues | None:
    for order, pattern in _FULL:
        match = pattern.fullmatch(core.rstrip("."))
        if match:
            parts = dict(zip(order, match.groups(), strict=True))
            year = parts["y"].lstrip("'")
            month = parts.get("m")
            return Clues(
                year=int(year),
                year_digits=len(year),
                month=int(month) if month else _month(parts["N"]),
                day=int(parts["d"]),
            )
    return None


def _week(core: str) -> Clues | None:
    if match := _ISO_WEEK.fullmatch(core):
        return Clues(year=int(match[1]), week=int(match[2]))
    match = _WEEK.fullmatch(core)
    if not match:
        return None
    week, second = int(match[1]), match[2]
    if not 1 <= week <= 53:
        return None
    if second is None:
        return Clues(week=week)
    number = int(second)
    if len(second) == 4:
        return Clues(year=number, week=week)
    if week < number <= min(53, week + 12):
        return Clues(week=week, last_week=number)
    return Clues(year=number, year_digits=2, week=week) if len(second) == 2 else None


def _part(core: str) -> Clues | None:
    """Read a day and month, or a month and year, or a month."""
    if match := _DAY_MONTH.fullmatch(core):
        first, second = int(match[1]), int(match[2])
        if 1 <= first <= 12 and second > 12 and len(match[2]) == 2:
            return Clues(month=first, year=second, year_digits=2)
        return Clues(day=first, month=second)
    if match := _DAY_NAMED_MONTH.fullmatch(core):
        return Clues(day=int(match[1]), month=_month(match[2]))
    if match := _NAMED_MONTH_DAY.fullmatch(core):
        number = int(match[2])
        if number < 20 and len(match[2]) <= 2 and not match[2].startswith("0"):
            return Clues(day=number, month=_month(match[1]))
    if match := _NAMED_MONTH.fullmatch(core):
        year = (match[2] or "").lstrip("'")
        if year:
            return Clues(month=_month(match[1]), year=int(year), year_digits=len(year))
        return Clues(month=_month(match[1]))
    if match := _MONTH_YEAR.fullmatch(core):
        return Clues(month=int(match[1]), year=int(match[2]))
    if match := _YEAR_MONTH.fullmatch(core):
        return Clues(month=int(match[2]), year=int(match[1]))
    return None


def _month(word: str) -> int:
    return _MONTH_OF[word.rstrip(".")]
