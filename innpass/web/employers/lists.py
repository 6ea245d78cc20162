"""Filling the lists of places that become free, and of those to be asked about again."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.agreements import mapped
from innpass.casework.employers import queries
from innpass.casework.employers.people import names_of_people
from innpass.domain.access.policy import Act, may, may_read, readable
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import PlacementKind
from innpass.web.design.lengths import days_away
from innpass.web.design.pages import Tab, paging
from innpass.web.employers.pages import AskLine, AskPage, EndingLine, EndingsPage

PAGE_SIZE = 50


def endings_page(*, within: int, actor: Actor, on: date, number: int) -> EndingsPage:
    """Return who leaves an employer within 30, 60 or 90 days. Constant queries."""
    home = reverse("employers:endings")
    every = mapped.endings(actor=actor, on=on)
    counts = {
        days: sum((each.stay.last_day or on).toordinal() <= on.toordinal() + days for each in every)
        for days in mapped.WITHIN_DAYS
    }
    found = every[: counts[within]]
    pages = paging(
        number=number,
        size=PAGE_SIZE,
        total=len(found),
        href=lambda n: f"{home}?innen={within}&side={n}",
    )
    start = max(pages.first - 1, 0)
    shown = found[start : start + PAGE_SIZE]
    fields = readable(actor)
    names = names_of_people({each.stay.person for each in shown}) if "name" in fields else {}
    here = {each.employer for each in shown}
    employers = {each.pk: each for each in queries.employers_seen_by(actor).filter(pk__in=here)}
    areas = queries.area_names_on(on)
    places = {each.pk: each for each in queries.offered_on(on)}
    lines = []
    for each in shown:
        employer = employers.get(each.employer)
        if employer is None or each.stay.last_day is None:
            continue
        place = places.get(each.place) if each.place else None
        lines.append(
            EndingLine(
                employer=employer.name,
                employer_href=reverse("employers:employer", args=[employer.pk]),
                area=_("Privat bedrift")
                if employer.kind == PlacementKind.PRIVATE.value
                else areas.get(employer.pk, employer.area),
                place=place.name if place else "",
                last_day=each.stay.last_day,
                when=days_away(each.stay.last_day, on=on),
                who=names.get(each.stay.person, ""),
                who_href=reverse("participant:participant", args=[each.stay.person]),
                follow_href=follow_href(place.pk, actor=actor) if place else "",
            )
        )
    return EndingsPage(
        on=on,
        within=within,
        tabs=tuple(
            Tab(
                _("Innen %(days)s dager (%(count)s)") % {"days": days, "count": counts[days]},
                f"{home}?innen={days}",
                days == within,
            )
            for days in mapped.WITHIN_DAYS
        ),
        lines=tuple(lines),
        paging=pages,
    )


def follow_href(place: object, *, actor: Actor) -> str:
    """Return where the matcher says who could come to a place; "" for those who may not ask it."""
    if not may_read(actor, "match.advice"):
        return ""
    return reverse("matching:place", args=[place])


def ask_page(*, is_mine: bool, actor: Actor, on: date, number: int) -> AskPage:
    """Return the places that nobody confirmed for long, longest first. Constant queries."""
    home = reverse("employers:ask_again")
    every = queries.unconfirmed(on)
    contacts = queries.contacts_on(on)
    mine = [
        each
        for each in every
        if each.place.employer_id in contacts
        and contacts[each.place.employer_id].pk == actor.user_id
    ]
    found = mine if is_mine else every
    here = f"{home}?hvem=mine&" if is_mine else f"{home}?"
    pages = paging(
        number=number, size=PAGE_SIZE, total=len(found), href=lambda n: f"{here}side={n}"
    )
    start = max(pages.first - 1, 0)
    shown = found[start : start + PAGE_SIZE]
    to_call = queries.contacts_at([each.place.employer_id for each in shown], on=on)
    lines = []
    for each in shown:
        people = to_call.get(each.place.employer_id, ())
        first = people[0] if people else None
        contact = contacts.get(each.place.employer_id)
        lines.append(
            AskLine(
                pk=str(each.place.employer_id),
                place=each.place.name,
                employer=each.place.employer.name,
                employer_href=reverse("employers:employer", args=[each.place.employer_id]),
                since=each.since,
                when=days_away(each.since, on=on),
                contact=contact.get_full_name() if contact else "",
                call=first.name if first else "",
                phone=first.phone if first else "",
                phone_href=phone_href(first.phone) if first else "",
            )
        )
    return AskPage(
        days=queries.confirm_days(on=on),
        is_mine=is_mine,
        tabs=(
            Tab(_("Alle (%(count)s)") % {"count": len(every)}, home, not is_mine),
            Tab(_("Mine (%(count)s)") % {"count": len(mine)}, f"{home}?hvem=mine", is_mine),
        ),
        lines=tuple(lines),
        paging=pages,
        may_keep=may(actor, Act.KEEP_EMPLOYERS),
        rules_href=reverse("employers:rules") if may(actor, Act.KEEP_EMPLOYERS) else "",
    )


def phone_href(phone: str) -> str:
    """Return the address that calls a number; "" for none."""
    digits = "".join(each for each in phone if each.isdigit() or each == "+")
    return f"tel:{digits}" if digits else ""
