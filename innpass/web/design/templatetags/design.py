"""Icons, Norwegian formats, status tags and small pictures for templates.

The filters are used thousands of times on one page, so their answers are kept: the same few dates,
hours and codes return again and again.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, partial, wraps
from math import floor

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from innpass.web.design.status import STATUSES, STEP_NAMES

register = template.Library()

STEPS = len(STEP_NAMES)
METER_WIDTH = 64
FULL_TIME_HOURS_SHOWN = 30.0  # where a small meter ends; the mark of the minimum is near its middle


def _kept(function: Callable[..., str]) -> Callable[..., str]:
    """Keep a function's answers, per language where there are several."""

    @lru_cache(maxsize=4096)
    def answer(language: str | None, *values: object) -> str:
        return function(*values)

    if len(settings.LANGUAGES) == 1:
        return wraps(function)(partial(answer, None))

    @wraps(function)
    def kept(*values: object) -> str:
        return answer(get_language(), *values)

    return kept


def _number(value: float, decimals: int = 1) -> str:
    """Write a number with a decimal comma, and no decimals when it is whole.

    Cut, not rounded, as in the law's sentences: a mean below the minimum is never written as it.
    """
    scale = 10**decimals
    text = f"{floor(value * scale + 1e-6) / scale:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("0" if text == "-0" else text).replace(".", ",")


@lru_cache(maxsize=256)
def _icon(name: str, css_class: str = "icon") -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css_class,
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """Draw an icon of the sprite. It is silent to screen readers: write the words beside it."""
    return _icon(name, f"icon {css_class}".strip())


@register.filter
@_kept
def day(value: date | None) -> str:
    """Write a date as ``7. okt. 2027``."""
    return "" if value is None else formats.date_format(value, "j. N Y")


@register.filter
@_kept
def month(value: date | None) -> str:
    """Write a month as ``okt. 2027``."""
    return "" if value is None else formats.date_format(value, "N Y")


@register.filter
def moment(value: datetime | None) -> str:
    """Write an instant as ``7. okt. 2027 kl. 09.41``, in the time zone of the site."""
    if value is None:
        return ""
    here = localtime(value)
    return f"{formats.date_format(here, 'j. N Y')} kl. {here:%H.%M}"


@register.filter
@_kept
def hours(value: float | None) -> str:
    """Write hours as ``37,5 t``, and nothing when they are not known."""
    return "" if value is None else f"{_number(value)}\N{NO-BREAK SPACE}t"


@register.filter
@_kept
def number(value: float | None) -> str:
    """Write a number as ``1 234,5``, with a space between thousands."""
    if value is None:
        return ""
    whole, comma, decimals = _number(value, 2).partition(",")
    return f"{int(whole):,}".replace(",", "\N{NO-BREAK SPACE}") + comma + decimals


@register.filter
@_kept
def status(code: str) -> str:
    """Draw a status code as a tag with icon and words; draw no tag for an empty code."""
    if not code:
        return ""
    look = STATUSES[code]
    return format_html(
        '<span class="ds-tag" data-color="{}">{}{}</span>',
        look.colour,
        _icon(look.icon),
        look.label,
    )


@register.filter
@_kept
def status_label(code: str) -> str:
    """Say a status code in words."""
    return str(STATUSES[code].label)


@register.filter
@_kept
def status_icon(code: str) -> str:
    """Draw a status code's icon in its colour, silent to screen readers."""
    look = STATUSES[code]
    return format_html(
        '<span class="mark" data-color="{}">{}</span>', look.colour, _icon(look.icon)
    )


@register.filter
@_kept
def step(current: int | None) -> str:
    """Draw where a person is among the eight steps: a row of dots, the number and the name."""
    if current is None:
        return format_html('<span class="quiet">{}</span>', gettext("Ikke kjent"))
    return format_html(
        '<svg class="steps" viewBox="0 0 {} 4" aria-hidden="true">'
        '<path class="steps__all" d="{}"/><path class="steps__done" d="{}"/>'
        '<path class="steps__now" d="{}"/></svg>'
        '<span class="steps__name"><b>{}</b>/{} {}</span>',
        STEPS * 14 - 3,
        _dashes(current + 1, STEPS),
        _dashes(1, current - 1),
        _dashes(current, current),
        current,
        STEPS,
        STEP_NAMES[current - 1],
    )


def _dashes(first: int, last: int) -> str:
    return "".join(f"M{(place - 1) * 14 + 2} 2h7" for place in range(first, last + 1))


@register.filter
@_kept
def meter(value: float | None, minimum: float | None) -> str:
    """Draw the hours of one week as a small bar, with a mark at the minimum when there is one.

    One week below the minimum is no breach, since the law asks for a mean; so it bears no colour.
    """
    if value is None:
        return format_html('<span class="quiet">{}</span>', gettext("Ikke kjent"))
    scale = METER_WIDTH / FULL_TIME_HOURS_SHOWN
    mark = SafeString("")
    if minimum is not None:
        mark = format_html(
            '<rect class="bar__mark" x="{}" width="2" height="8"/>', f"{minimum * scale - 1:.1f}"
        )
    return format_html(
        '<span class="meter"><svg class="bar" viewBox="0 0 64 8" aria-hidden="true">'
        '<rect class="bar__track" y="1" width="64" height="6" rx="3"/>'
        '<rect class="bar__fill" y="1" width="{}" height="6" rx="3"/>{}</svg>'
        "<span>{}\N{NO-BREAK SPACE}t</span></span>",
        f"{min(value * scale, METER_WIDTH):.1f}",
        mark,
        _number(value),
    )


@register.filter
@_kept
def average(value: float | None, minimum: float | None) -> str:
    """Write a mean beside the minimum it is measured against; empty without a minimum."""
    if minimum is None or value is None:
        return ""
    return format_html(
        '<span class="figures"><b{}>{}</b> / {}\N{NO-BREAK SPACE}t</span>',
        SafeString(' class="late"') if value < minimum else "",
        _number(value),
        _number(minimum),
    )


@register.simple_tag
def wide_meter(
    value: float, minimum: float | None, top: float, *, is_judged: bool = False
) -> SafeString:
    """Draw hours on a scale from 0 to ``top`` across the whole width, the minimum marked.

    ``is_judged`` is for the mean, which is what the law measures: it shows met or below.
    """
    full = 400
    scale = full / top if top else 0
    look = ""
    words = gettext("%(value)s timer av %(top)s.") % {"value": _number(value), "top": _number(top)}
    mark = SafeString("")
    if minimum is not None:
        words += " " + gettext("Minstekravet er %(minimum)s timer.") % {"minimum": _number(minimum)}
        mark = format_html(
            '<rect class="bar__mark" x="{}" width="3" height="20"/>', f"{minimum * scale - 1.5:.1f}"
        )
        if is_judged:
            look = " bar--low" if value < minimum else " bar--met"
    return format_html(
        '<svg class="wide-bar{}" viewBox="0 0 400 20" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><rect class="bar__track" y="4" width="400" height="12" rx="4"/>'
        '<rect class="bar__fill" y="4" width="{}" height="12" rx="4"/>{}</svg>',
        look,
        words,
        f"{min(value * scale, full):.1f}",
        mark,
    )


@register.filter
@_kept
def share_bar(percent: float) -> str:
    """Draw a share of 0 to 100 as a bar, for a row of a table that also says the number."""
    return format_html(
        '<svg class="share" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bar__track" width="100" height="12"/>'
        '<rect class="share__fill" width="{}" height="12"/></svg>',
        f"{max(0.0, min(percent, 100.0)):.1f}",
    )


@register.filter
@_kept
def people(count: int) -> str:
    """Count people: ``1 person``, ``12 personer``."""
    return ngettext("%(count)s person", "%(count)s personer", count) % {"count": number(count)}


@register.filter
def design_input(field: BoundField) -> SafeString:
    """Draw a form field's control with the look of Designsystemet."""
    given = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"ds-input {given}".strip()})
