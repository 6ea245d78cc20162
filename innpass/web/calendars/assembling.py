"""Filling the screens of calendars."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.timetable.addresses import Of, addresses_of
from innpass.casework.timetable.tongues import DEFAULT, TONGUES
from innpass.domain.access.policy import may_write
from innpass.domain.access.roles import Actor
from innpass.web.calendars.pages import AddressRow, CalendarPage, Language
from innpass.web.design.pages import Link

KINDS = {"deltaker": "participant", "gruppe": "group", "arbeidssted": "employer"}
_TOLD = {
    "deltaker": gettext_lazy(
        "Tolv uker framover, uten ferier og helligdager. Deltakerens navn står ikke i kalenderen, "
        "og egne avtaler står som «Opptatt» for alle som abonnerer."
    ),
    "gruppe": gettext_lazy(
        "Øktene tolv uker framover, med hvor mange som kommer. Hvem det er, står bare i Innpass."
    ),
    "arbeidssted": gettext_lazy(
        "Dagene tolv uker framover, med hvor mange som kommer. Hvem det er, står bare i Innpass."
    ),
}


def calendar_page(
    whose: str, of: Of, *, actor: Actor, made: str = "", problem: str = ""
) -> CalendarPage:
    """Return the page of somebody's calendar; ``made`` is an address just made."""
    is_protected = bool(getattr(of, "is_protected", False))
    is_person = whose == "deltaker"
    refused = ""
    if is_protected:
        refused = _(
            "Adressen er beskyttet. Da kan ingen abonnere på timeplanen, og filen og utskriften "
            "viser verken navn eller steder."
        )
    return CalendarPage(
        whose=whose,
        pk=of.pk,
        name=of.name,
        back=week_link(whose, of),
        told=str(_TOLD[whose]),
        languages=_languages(),
        addresses=tuple(
            AddressRow(
                pk=each.pk,
                language=TONGUES[each.language].name,
                made_at=each.made_at,
                made_by=each.made_by,
                read_on=each.last_read_on,
            )
            for each in addresses_of(of)
        ),
        may_make=may_write(actor, "timetable.week") and not is_protected,
        refused=refused,
        made=made,
        webcal=f"webcal://{made.partition('://')[2]}" if made else "",
        papers=tuple(
            Language(
                each.code,
                each.name,
                each.direction,
                reverse("calendars:paper", args=[of.pk, each.code]),
            )
            for each in TONGUES.values()
        )
        if is_person
        else (),
        problem=problem,
    )


def _languages() -> tuple[Language, ...]:
    return tuple(
        Language(each.code, each.name, each.direction, is_chosen=each.code == DEFAULT)
        for each in TONGUES.values()
    )


def week_link(whose: str, of: Of) -> Link:
    """Lead back to the week of a person, a group or a workplace."""
    view = {"deltaker": "week", "gruppe": "group", "arbeidssted": "workplace"}[whose]
    return Link(of.name, reverse(f"timetable:{view}", args=[of.pk]))
