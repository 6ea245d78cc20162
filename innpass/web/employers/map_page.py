"""Filling the map: its numbers, its picture and the list of employers."""

from collections import Counter as Count
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from innpass.casework.agreements.mapped import (
    Standing,
    Sums,
    service_areas,
    standings,
    sums,
    sums_by_area,
)
from innpass.casework.outreach.queries import Touch, last_touch
from innpass.domain.access.policy import Act, may
from innpass.domain.access.roles import Actor
from innpass.web.design.lengths import days_away
from innpass.web.design.pages import Tab, paging
from innpass.web.design.templatetags.design import number
from innpass.web.employers.asking import FIRM, NO_AREA, ONLY, UNIT, Asked
from innpass.web.employers.pages import (
    AreaRow,
    Choice,
    Counter,
    EmployerLine,
    Legend,
    MapPage,
    Marks,
    Tag,
    Way,
)

PAGE_SIZE = 20
_ACROSS = 16  # marks in a row of the picture
_STEP = 14  # from one mark to the next
_SQUARE = "h4a3 3 0 0 1 3 3v4a3 3 0 0 1-3 3h-4a3 3 0 0 1-3-3v-4a3 3 0 0 1 3-3z"
LOOKS = {
    "free": gettext_lazy("har ledig plass"),
    "full": gettext_lazy("har folk, ingen ledig plass"),
    "grey": gettext_lazy("må spørres igjen"),
    "rest": gettext_lazy("har tatt imot før, ingen plass nå"),
    "new": gettext_lazy("aldri brukt"),
}


def map_page(asked: Asked, *, actor: Actor, on: date, number_of_page: int) -> MapPage:
    """Return the map that an address asks for. Constant queries."""
    everything = standings(actor=actor, on=on)
    firms = [each for each in everything if each.is_firm]
    units = [each for each in everything if not each.is_firm]
    me = actor.user_id
    found = [each for each in everything if asked.holds(each, me=me)]
    pages = paging(
        number=number_of_page,
        size=PAGE_SIZE,
        total=len(found),
        href=lambda n: asked.href(page=n),
    )
    start = max(pages.first - 1, 0)
    shown = found[start : start + PAGE_SIZE]
    shows_touch = may(actor, Act.SEE_DIALOGUE)
    touch = last_touch([each.pk for each in shown]) if shows_touch else {}
    return MapPage(
        on=on,
        counters=_counters(asked, everything, on=on, me=me),
        areas=_areas(asked, units, firms, on=on),
        legend=_legend(everything),
        kinds=_kinds(asked, units, firms),
        is_of_firms=asked.kind == FIRM,
        area_choices=_area_choices(asked, units),
        only_choices=(
            Choice("", _("Alle"), not asked.only),
            *(Choice(word, str(name), word == asked.only) for word, (name, _is) in ONLY.items()),
        ),
        search=asked.search,
        heading=_heading(asked, len(found)),
        lines=tuple(_line(each, touch, on) for each in shown),
        paging=pages,
        all_href=Asked(kind=asked.kind).href(),
        is_narrowed=asked.is_narrowed,
        may_keep=may(actor, Act.KEEP_EMPLOYERS),
        shows_touch=shows_touch,
        links=tuple(_links(actor)),
    )


def _links(actor: Actor) -> list[Way]:
    links = [
        Way(_("Plasser som blir ledige"), reverse("employers:endings"), "Hourglass"),
        Way(_("Spør igjen"), reverse("employers:ask_again"), "QuestionmarkCircle"),
    ]
    if may(actor, Act.SEE_MEETINGS):
        links.append(Way(_("Kampanjer og møter"), reverse("outreach:board"), "PersonGroup"))
    if may(actor, Act.KEEP_EMPLOYERS):
        links.append(Way(_("Tjenesteområder"), reverse("employers:areas"), "Buildings3"))
    return links


def _counters(
    asked: Asked, everything: Sequence[Standing], *, on: date, me: UUID | None
) -> tuple[Counter, ...]:
    there = [each for each in everything if not each.is_closed]
    plain = Asked(kind=asked.kind)
    whole = sums("", everything)
    mine = sum(each.contact is not None and each.contact == me for each in there)
    rows = [
        (
            "ledig",
            _("Ledige plasser"),
            _("Av %(seats)s tilbudte. %(unsure)s til må spørres igjen")
            % {"seats": number(whole.seats), "unsure": number(whole.free_unsure)},
            whole.free,
            "success",
            "CheckmarkCircle",
        ),
        (
            "spor",
            _("Spør igjen"),
            _("Plasser ingen har bekreftet"),
            sum(each.grey for each in there),
            "neutral",
            "QuestionmarkCircle",
        ),
        (
            "ny",
            _("Aldri brukt"),
            _("Enheter og bedrifter"),
            sum(each.is_untouched for each in there),
            "brand1",
            "FlagCross",
        ),
        ("mine", _("Mine"), _("Du er kontaktperson"), mine, "info", "PersonCircle"),
    ]
    leaving = sum(each.ending[0] for each in everything)
    found = [
        Counter(
            label=label,
            explanation=explanation,
            href=_href_of(word, asked, plain, everything, me),
            count=count,
            colour=colour,
            icon=icon,
            is_current=asked.only == word,
        )
        for word, label, explanation, count, colour, icon in rows
    ]
    found.insert(
        1,
        Counter(
            label=_("Slutter innen 30 dager"),
            explanation=_("Plassen kan bli ledig"),
            href=f"{reverse('employers:endings')}?innen=30",
            count=leaving,
            colour="warning",
            icon="Hourglass",
        ),
    )
    return tuple(found)


def _href_of(
    word: str, asked: Asked, plain: Asked, everything: Sequence[Standing], me: UUID | None
) -> str:
    """Lead to units where there are any, else to firms: a counter never leads to an empty list."""
    wanted = plain.but(only=word, kind=asked.kind)
    if not any(wanted.holds(each, me=me) for each in everything):
        wanted = wanted.but(kind=UNIT if asked.kind == FIRM else FIRM)
    return wanted.href()


def _areas(
    asked: Asked, units: Sequence[Standing], firms: Sequence[Standing], *, on: date
) -> tuple[AreaRow, ...]:
    areas = service_areas()
    by_area = sums_by_area(units, areas=areas, on=on)
    ranked = sorted(
        by_area,
        key=lambda one: (not one.name, -(one.seats_per_thousand or 0), -one.seats, one.name),
    )
    most = max((each.seats_per_thousand or 0 for each in by_area), default=0)
    of: dict[str, list[Standing]] = {}
    for each in units:
        of.setdefault(each.area, []).append(each)
    rows = [
        _area_row(
            each,
            of.get(each.name, []),
            href=Asked(area=each.name or NO_AREA).href(),
            most=most,
            is_current=asked.kind == UNIT and asked.area == (each.name or NO_AREA),
        )
        for each in ranked
    ]
    whole = sums(
        _("Kommunen samlet"),
        units,
        employees=sum(each.employees or 0 for each in by_area) or None,
    )
    rows.append(_area_row(whole, [], href=Asked().href(), most=most, is_total=True))
    if firms:
        private = sums(_("Private bedrifter"), firms)
        rows.append(
            _area_row(
                private,
                firms,
                href=Asked(kind=FIRM).href(),
                most=0,
                is_current=asked.kind == FIRM,
            )
        )
    return tuple(rows)


def _area_row(
    of: Sums,
    employers: Sequence[Standing],
    *,
    href: str,
    most: float,
    is_current: bool = False,
    is_total: bool = False,
) -> AreaRow:
    there = sorted(
        (each for each in employers if not each.is_closed),
        key=lambda one: (tuple(LOOKS).index(look_of(one)), one.name),
    )
    share = of.seats_per_thousand if most else None
    return AreaRow(
        name=of.name or _("Uten tjenesteområde"),
        href=href,
        marks=_marks(there),
        width=_ACROSS * _STEP,
        height=max(1, -(-len(there) // _ACROSS)) * _STEP,
        told=_told(there),
        units=of.employers,
        closed=of.closed,
        untouched=of.untouched,
        seats=of.seats,
        free=of.free,
        free_unsure=of.free_unsure,
        people=of.people,
        ending=of.ending,
        grey=of.grey,
        employees=of.employees,
        per_thousand="" if share is None else f"{share:.1f}".replace(".", ","),
        per_thousand_width="" if share is None else f"{100 * share / most:.1f}",
        is_current=is_current,
        is_total=is_total,
    )


def _marks(employers: Sequence[Standing]) -> tuple[Marks, ...]:
    """Draw the employers as rounded squares in rows, those that look alike as one path."""
    paths: dict[str, list[str]] = {}
    for at, each in enumerate(employers):
        x, y = at % _ACROSS * _STEP + 4, at // _ACROSS * _STEP + 1
        paths.setdefault(look_of(each), []).append(f"M{x} {y}{_SQUARE}")
    return tuple(Marks(look, "".join(each)) for look, each in paths.items())


def look_of(one: Standing) -> str:
    """Return how an employer looks in the picture, of ``LOOKS``: the first that fits."""
    if one.grey:
        return "grey"
    if one.free:
        return "free"
    if one.people or one.seats:
        return "full"
    return "new" if one.is_untouched else "rest"


def _told(employers: Sequence[Standing]) -> str:
    looks = Count(look_of(each) for each in employers)
    return ", ".join(f"{looks[look]} {label}" for look, label in LOOKS.items() if looks[look])


def _legend(everything: Sequence[Standing]) -> tuple[Legend, ...]:
    looks = Count(look_of(each) for each in everything if not each.is_closed)
    return tuple(Legend(look, str(label), looks[look]) for look, label in LOOKS.items())


def _kinds(asked: Asked, units: Sequence[Standing], firms: Sequence[Standing]) -> tuple[Tab, ...]:
    return (
        Tab(
            _("Kommunale enheter (%(count)s)") % {"count": len(units)},
            asked.but(kind=UNIT).href(),
            asked.kind == UNIT,
        ),
        Tab(
            _("Private bedrifter (%(count)s)") % {"count": len(firms)},
            asked.but(kind=FIRM, area="").href(),
            asked.kind == FIRM,
        ),
    )


def _area_choices(asked: Asked, units: Sequence[Standing]) -> tuple[Choice, ...]:
    names = sorted({each.area for each in units}, key=lambda name: (not name, name.casefold()))
    return (
        Choice("", _("Alle områder"), not asked.area),
        *(
            Choice(
                name or NO_AREA,
                name or _("Uten tjenesteområde"),
                (name or NO_AREA) == asked.area,
            )
            for name in names
        ),
    )


def _heading(asked: Asked, count: int) -> str:
    if asked.kind == FIRM:
        text = ngettext("%(count)s bedrift", "%(count)s bedrifter", count)
    else:
        text = ngettext("%(count)s enhet", "%(count)s enheter", count)
    heading = text % {"count": number(count)}
    if asked.only:
        heading += f" · {ONLY[asked.only][0]}"
    return heading


def _line(one: Standing, touch: Mapping[UUID, Touch], on: date) -> EmployerLine:
    last = touch.get(one.pk)
    return EmployerLine(
        name=one.name,
        href=reverse("employers:employer", args=[one.pk]),
        area=one.area,
        seats=seats_text(one.seats, one.free_sure, one.free_unsure),
        people=one.people,
        ending=_("%(count)s slutter innen 30 dager") % {"count": one.ending[0]}
        if one.ending[0]
        else "",
        contact=one.contact_name,
        last_touch=days_away(last.on, on=on) if last else "",
        tags=tuple(tags_of(one)),
    )


def seats_text(seats: int, free: int, unsure: int) -> str:
    """Write how many seats are offered, and how many are free; nothing where none is offered.

    Args:
        free: at places that somebody has confirmed; ``unsure`` at those to be asked about again.
    """
    if not seats:
        return ""
    text = ngettext("%(count)s plass", "%(count)s plasser", seats) % {"count": seats}
    parts = [_("%(free)s ledig") % {"free": free}] if free or not unsure else []
    if unsure:
        told = _("%(free)s kanskje ledig, må spørres igjen")
        parts.append(told % {"free": unsure})
    return ", ".join((text, *parts))


def tags_of(one: Standing) -> list[Tag]:
    """Return what is out of the ordinary about an employer."""
    tags = []
    if one.is_closed:
        tags.append(Tag(_("Tar ikke imot"), "neutral", "XMarkOctagon"))
    if one.cap_left == 0:
        tags.append(Tag(_("Fullt nå"), "warning", "ExclamationmarkTriangle"))
    if one.grey:
        tags.append(Tag(_("Spør igjen"), "neutral", "QuestionmarkCircle"))
    if one.is_untouched:
        tags.append(Tag(_("Aldri brukt"), "brand1", "FlagCross"))
    return tags
