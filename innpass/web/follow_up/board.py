"""The page a practice supervisor begins the day on: five counters, their lists, and today."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from innpass.casework.follow_up.stays import (
    Followed,
    has_own_people,
    own_people,
    with_names,
)
from innpass.casework.follow_up.work import (
    Counter,
    Happening,
    TodayLine,
    Wait,
    WaitLine,
    Work,
    below_rows,
    today_of,
    told_in_full,
    work_of,
)
from innpass.casework.overview.queries import OverviewRow
from innpass.domain.access.policy import Act, check_may_read, may, may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.following.hiring import Helper, Lack
from innpass.domain.following.visits import Due, Standing, VisitKind
from innpass.domain.following.voices import Speaker
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.lengths import days_away, days_text
from innpass.web.design.pages import Link, page_number, paging
from innpass.web.design.templatetags.design import day as day_text
from innpass.web.design.templatetags.design import hours as hours_text
from innpass.web.design.words import capitalised
from innpass.web.follow_up import words
from innpass.web.follow_up.forms import ContactForm
from innpass.web.follow_up.pages import BoardPage, Box, Line, Today

SIZE = 50
SLUGS = {
    "besok": Counter.VISITS,
    "slutter": Counter.ENDING,
    "uten-kontakt": Counter.SILENT,
    "under-kravet": Counter.BELOW,
    "venter": Counter.WAITING,
}
_SLUG_OF = {counter: slug for slug, counter in SLUGS.items()}
_BOXES = {
    Counter.VISITS: (
        gettext_lazy("Besøk"),
        gettext_lazy("i dag, skal holdes nå eller er forsinket"),
        "Calendar",
        "danger",
    ),
    Counter.ENDING: (
        gettext_lazy("Slutter snart"),
        gettext_lazy("praksisen slutter innen 30 dager"),
        "FlagCross",
        "warning",
    ),
    Counter.SILENT: (
        gettext_lazy("Uten kontakt"),
        gettext_lazy("for lenge siden noen tok kontakt"),
        "Clock",
        "warning",
    ),
    Counter.BELOW: (
        gettext_lazy("Under kravet"),
        gettext_lazy("for få arbeidsrettede timer i snitt"),
        "Hourglass",
        "danger",
    ),
    Counter.WAITING: (
        gettext_lazy("Venter på noen"),
        gettext_lazy("og hvem det er"),
        "PersonCircle",
        "info",
    ),
}
_EMPTY = {
    "": gettext_lazy("Ingen er på en arbeidsplass i dag."),
    Counter.VISITS: gettext_lazy("Alle besøk er holdt i tide."),
    Counter.ENDING: gettext_lazy("Ingen praksis slutter de neste 30 dagene."),
    Counter.SILENT: gettext_lazy("Alle har hatt kontakt i det siste."),
    Counter.BELOW: gettext_lazy("Ingen har for få timer."),
    Counter.WAITING: gettext_lazy("Dere venter ikke på noen."),
}


@require_GET
def board(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show the counters with one's people, or the list behind one of the counters."""
    actor, on = actor_of(request), today()
    check_may_read(actor, "follow_up.visit")
    if slug and slug not in SLUGS:
        raise Http404
    page = board_page(
        actor,
        on=on,
        which=SLUGS.get(slug),
        own=_is_own(actor, request.GET.get("hvem", "")),
        number=page_number(request.GET.get("side", "")),
    )
    if may_write(actor, "follow_up.contact"):
        page = replace(page, contact=_contact_fields(request, page, on=on))
    return render(request, "follow_up/board.html", {"page": page})


def _contact_fields(request: HttpRequest, page: BoardPage, *, on: date) -> str:
    """Draw what stands in every line's form once: only where it is sent differs."""
    form = ContactForm(auto_id=False, initial={"day": f"{on:%d.%m.%Y}"})
    context = {"form": form, "from_list": True, "which": page.which, "scope": page.scope}
    return render_to_string("follow_up/contact_fields.html", context, request)


def _is_own(actor: Actor, asked: str) -> bool:
    """Say whether only one's own people are shown: where one has any, or asks for it."""
    if asked in ("mine", "alle") or not has_own_people(actor):
        return asked == "mine" and has_own_people(actor)
    return bool(own_people(actor))


def board_href(which: Counter | None, *, own: bool, number: int = 1) -> str:
    """Return the address of a list; that of one's own people says no more."""
    slug = _SLUG_OF.get(which) if which else None
    here = reverse("follow_up:list", args=[slug]) if slug else reverse("follow_up:board")
    asked = ([] if own else ["hvem=alle"]) + ([f"side={number}"] if number > 1 else [])
    return f"{here}?{'&'.join(asked)}" if asked else here


def board_page(
    actor: Actor, *, on: date, which: Counter | None, own: bool, number: int
) -> BoardPage:
    """Return the page. A fixed number of queries."""
    work = work_of(actor, on=on, own=own)
    may_hours = may_read(actor, "status.verdict")
    total = work.count(which) if which else len(work.people)
    first = SIZE * (min(max(number, 1), max(1, -(-total // SIZE))) - 1)
    lines = _lines(which, work, actor, on=on, shown=slice(first, first + SIZE))
    mine = [
        Link(_("Mine"), "" if own else f"{board_href(which, own=True)}?hvem=mine"),
        Link(_("Alle"), board_href(which, own=False) if own else ""),
    ]
    links = [Link(_("Arbeidskontrakter"), reverse("follow_up:contracts"))]
    if may(actor, Act.KEEP_RHYTHM):
        links.append(Link(_("Hvor ofte"), reverse("follow_up:rhythm")))
    return BoardPage(
        heading=str(_BOXES[which][0]) if which else _("På arbeidsplass nå"),
        on=on,
        scopes=tuple(mine) if has_own_people(actor) else (),
        scope="" if own else "alle",
        boxes=tuple(
            Box(
                label=str(label),
                explanation=str(explanation),
                count=work.count(counter),
                href=board_href(None if counter is which else counter, own=own),
                icon=icon,
                colour=colour if work.count(counter) else "neutral",
                is_current=counter is which,
            )
            for counter, (label, explanation, icon, colour) in _BOXES.items()
            if counter is not Counter.BELOW or may_hours
        ),
        which=_SLUG_OF.get(which, "") if which else "",
        today=() if which else tuple(_today(each) for each in today_of(work, on=on)),
        lines=tuple(lines),
        empty=str(_EMPTY[which or ""]),
        paging=paging(
            number=number,
            size=SIZE,
            total=total,
            href=lambda n: board_href(which, own=own, number=n),
        ),
        links=tuple(links),
    )


def _lines(
    which: Counter | None, work: Work, actor: Actor, *, on: date, shown: slice
) -> list[Line]:
    may_note = may_write(actor, "follow_up.contact")
    may_visit = may_write(actor, "follow_up.voice")
    is_teacher = not may_visit and may_write(actor, "follow_up.norwegian")
    if which is Counter.BELOW:
        return [_below(row, may_note=may_note) for row in below_rows(actor, own=work.own)[shown]]
    if which is Counter.WAITING:
        return [_waiting(each, on=on) for each in told_in_full(work.waiting[shown], on=on)]
    if which is Counter.VISITS:
        visits = work.visits[shown]
        return [
            _visit(one, each.due, on=on, acts=may_visit or is_teacher, may_note=may_note)
            for one, each in zip(with_names([each.one for each in visits]), visits, strict=True)
        ]
    people = {
        Counter.ENDING: lambda: work.ending,
        Counter.SILENT: lambda: work.silent,
        None: lambda: work.pressing,
    }[which]()
    said = {Counter.ENDING: _ending, Counter.SILENT: _silent}.get(which, _stay) if which else _stay
    return [said(one, on=on, may_note=may_note) for one in with_names(people[shown])]


def _visit(one: Followed, due: Due, *, on: date, acts: bool, may_note: bool) -> Line:
    standing = due.standing(on=on)
    return Line(
        pk=one.participant,
        name=one.name,
        href=person_href(one.participant),
        unit=one.unit,
        tag=str(words.STANDINGS[standing]),
        colour=words.STANDING_COLOURS[standing],
        said=due_text(due, on=on),
        more=_stay_text(one),
        act=Link(_("Før besøket"), visit_href(one, due.kind)) if acts else None,
        may_note=may_note,
    )


def due_text(due: Due, *, on: date) -> str:
    """Say which visit is due, when: ``2. evalueringsbesøk 12. juni 2026 (for 3 dager siden)``."""
    kind = str(words.VISITS[due.kind])
    if due.kind is VisitKind.EVALUATION:
        kind = _("%(number)s. %(kind)s") % {"number": due.number, "kind": kind}
    if due.booked is not None:
        when = _("avtalt %(day)s") % {"day": day_text(due.booked)}
        if due.standing(on=on) is Standing.LATE:
            when = _("%(when)s, men ikke ført") % {"when": when}
        return f"{capitalised(kind)} {when}"
    return _("%(kind)s rundt %(day)s (%(away)s)") % {
        "kind": capitalised(kind),
        "day": day_text(due.on),
        "away": days_away(due.on, on=on),
    }


def _stay_text(one: Followed) -> str:
    first = day_text(one.stay.first_day)
    if one.stay.last_day is None:
        return _("Fra %(first)s") % {"first": first}
    return _("%(first)s–%(last)s") % {"first": first, "last": day_text(one.stay.last_day)}


def _ending(one: Followed, *, on: date, may_note: bool) -> Line:
    last = one.stay.last_day
    return Line(
        pk=one.participant,
        name=one.name,
        href=person_href(one.participant),
        unit=one.unit,
        tag=_("Har kontrakt") if one.has_contract else capitalised(days_away(last, on=on)),
        colour="success" if one.has_contract else "warning",
        said=_("Siste dag %(day)s") % {"day": day_text(last)},
        more=_("Går over i jobb.")
        if one.has_contract
        else _("Avgjør hva som følger: jobb, forlenget avtale eller ny plass."),
        may_note=may_note,
    )


def _silent(one: Followed, *, on: date, may_note: bool) -> Line:
    said = (
        _("Siste kontakt %(day)s") % {"day": day_text(one.last_contact)}
        if one.last_contact
        else _("Ingen kontakt er ført")
    )
    return Line(
        pk=one.participant,
        name=one.name,
        href=person_href(one.participant),
        unit=one.unit,
        tag=days_text(one.silent_days),
        colour="warning",
        said=said,
        more=_stay_text(one),
        may_note=may_note,
    )


def _stay(one: Followed, *, on: date, may_note: bool) -> Line:
    tag, colour = str(_("Ingen besøk igjen")), "neutral"
    said = ""
    if one.has_contract:
        tag, colour = str(_("Har kontrakt")), "success"
    elif one.visit is not None:
        standing = one.visit.standing(on=on)
        tag, colour = str(words.STANDINGS[standing]), words.STANDING_COLOURS[standing]
        said = due_text(one.visit, on=on)
    heard = [words.SPEAKERS[each] for _visit, missing in one.unheard for each in missing]
    more = [_stay_text(one)]
    if heard:
        more.append(_("Stemme mangler: %(who)s") % {"who": ", ".join(str(each) for each in heard)})
    if one.silent_days:
        since = days_text(one.silent_days)
        more.append(_("%(days)s siden sist kontakt") % {"days": since})
    return Line(
        pk=one.participant,
        name=one.name,
        href=person_href(one.participant),
        unit=one.unit,
        tag=tag,
        colour=colour,
        said=said,
        more=" · ".join(more),
        may_note=may_note,
    )


def _below(row: OverviewRow, *, may_note: bool) -> Line:
    tag, said = _average(row)
    if row.hours is not None:
        said = _("%(said)s Denne uken: %(hours)s.") % {"said": said, "hours": hours_text(row.hours)}
    place = (
        _("Praksis: %(unit)s.") % {"unit": row.unit}
        if row.unit
        else _("Deltakeren har ingen praksisplass.")
    )
    return Line(
        pk=row.participant_id,
        name=row.name,
        href=reverse("participant:participant", args=[row.participant_id]),
        unit=row.unit,
        tag=tag,
        colour="danger",
        said=said,
        more=place,
        may_note=may_note,
    )


def _average(row: OverviewRow) -> tuple[str, str]:
    """Say by how much the mean is too low, and of which weeks; the law judges no week alone."""
    if row.average is None or not row.minimum:
        return _("Under kravet"), _("Under kravet.")
    said = _("Arbeidsrettet i snitt: %(average)s i uken av minst %(minimum)s.")
    if row.counts_from:
        said = _("Arbeidsrettet i snitt siden %(day)s: %(average)s i uken av minst %(minimum)s.")
    text = said % {
        "day": day_text(row.counts_from),
        "average": hours_text(row.average),
        "minimum": hours_text(row.minimum),
    }
    lacks = round(row.minimum - row.average, 1)
    return (
        _("Snittet er %s for lavt") % hours_text(lacks) if lacks > 0 else _("Under kravet"),
        text,
    )


def _waiting(each: WaitLine, *, on: date) -> Line:
    who = str(words.HELPERS[each.who])
    name = f"{who} ({each.name})" if each.name and each.who is not Helper.EMPLOYER else who
    waiting = each.waiting
    is_late = waiting.due is not None and waiting.due < on
    since = _("siden %(day)s") % {"day": day_text(waiting.since)} if waiting.since else ""
    due = _("frist %(day)s") % {"day": day_text(waiting.due)} if waiting.due else ""
    return Line(
        pk=each.participant,
        name=each.person,
        href=_waiting_href(each),
        unit=each.unit,
        tag=capitalised(name),
        colour="danger" if is_late else "info",
        said=_what_is_waited_for(each),
        more=", ".join(filter(None, (due, since))),
    )


def _what_is_waited_for(each: WaitLine) -> str:
    if each.what is Wait.MISSING:
        what = str(words.LACKS[Lack(each.about)])
        text = f"{what}: {each.text}" if each.text else what
        return _("Mangler før ansettelse: %(what)s") % {"what": text}
    if each.what is Wait.VOICE:
        return _("Stemmen fra %(who)s mangler etter besøket") % {
            "who": words.SPEAKERS[Speaker(each.about)]
        }
    if each.what is Wait.ABSENT:
        return absent_text(date.fromisoformat(each.about))
    if each.what is Wait.SIGNATURE:
        return _("Skrive under avtalen")
    return capitalised(str(words.TURNS.get(each.about, "")))


def _waiting_href(each: WaitLine) -> str:
    if each.what is Wait.ABSENT:
        return attendance_href(date.fromisoformat(each.about))
    if each.what is Wait.VOICE:
        return reverse("follow_up:visit", args=[each.key])
    if each.what is Wait.MISSING:
        return f"{person_href(each.participant)}#mangler"
    return case_href(each.key)


def _today(each: TodayLine) -> Today:
    what: Any = {
        Happening.BEGINS: _("Første dag"),
        Happening.ENDS: _("Siste dag"),
    }.get(each.what)
    if each.what is Happening.VISIT and each.kind is not None:
        what = capitalised(str(words.VISITS[each.kind]))
    elif each.what is Happening.MISSING_DUE:
        what = _("Frist: %(what)s") % {"what": words.LACKS[Lack(each.about)]}
    return Today(str(what), each.person, person_href(each.participant), each.unit)


def absent_text(on: date) -> str:
    """Say that an employer says somebody did not come."""
    return _("Kom ikke %(day)s, sier arbeidsgiveren. Før oppmøtet") % {"day": day_text(on)}


def attendance_href(on: date) -> str:
    """Return the address of the attendance of a day."""
    return f"{reverse('attendance:day')}?dag={on.isoformat()}"


def person_href(pk: UUID) -> str:
    """Return the address of somebody's follow-up."""
    return reverse("follow_up:person", args=[pk])


def case_href(pk: UUID) -> str:
    """Return the address of a case's own page."""
    return reverse("agreements:case", args=[pk])


def visit_href(one: Followed, kind: VisitKind) -> str:
    """Return the address at which a visit to a placement is noted."""
    place = one.case or one.placement
    return reverse("follow_up:new_visit", args=[one.participant, place, kind.value])
