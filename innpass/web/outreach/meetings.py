"""Meetings with employers: one with who is invited and came, and what one of them said."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.organisations.queries import ChangedMeanwhile
from innpass.casework.outreach import meeting_figures, queries
from innpass.casework.outreach import meetings as services
from innpass.casework.outreach.refusing import Refused
from innpass.domain.access.policy import Act, check_may, may
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.outreach.assembling import meeting_line
from innpass.web.outreach.choosing import (
    Filter,
    area_choices,
    candidate_lines,
    kind_choices,
    show_choices,
    uuids,
)
from innpass.web.outreach.editing import (
    MEANWHILE,
    FormPage,
    answer,
    posted,
    sent_version,
    tell,
)
from innpass.web.outreach.forms import ComingForm, FeedbackForm, MeetingForm
from innpass.web.outreach.pages import (
    ChoosePage,
    Counter,
    InvitationPage,
    InvitedLine,
    MeetingPage,
)
from innpass.web.outreach.words import CAME, COMING, employers_text, feedback_words, seats_text

_VALUES = ("name", "kind", "day", "start", "end", "place", "text")
_CAME = {"yes": True, "no": False, "": None}
_SAID = {came: said for said, came in _CAME.items()}


def _meeting_or_404(pk: UUID) -> Any:
    found = meeting_figures.find_meeting(pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a meeting; note who came, or call it off."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.SEE_MEETINGS)
    found = _meeting_or_404(pk)
    refusal = ""
    if request.method == "POST":
        try:
            told = _act(request, found, actor, on)
        except Refused as no:
            refusal = str(no)
        else:
            messages.success(request, told)
            return HttpResponseRedirect(reverse("outreach:meeting", args=[pk]))
    page = _meeting_page(found, actor=actor, on=on, refusal=refusal)
    status = 422 if refusal else 200
    return render(request, "outreach/meeting.html", {"page": page}, status=status)


def _act(request: HttpRequest, found: Any, actor: Actor, on: date) -> str:
    if request.POST.get("act") == "cancel":
        services.cancel_meeting(found, by=actor, on=on)
        return _("Møtet er avlyst. Husk å gi beskjed til dem som er invitert.")
    services.note_came(
        found, _sent(request, "came-"), by=actor, today=on, shown=_sent(request, "was-")
    )
    return _("Oppmøtet er lagret.")


def _sent(request: HttpRequest, prefix: str) -> dict[UUID, bool | None]:
    """Read who came, by invitation; what is none of the choices is passed over."""
    return {
        key: _CAME[said]
        for name in request.POST
        if name.startswith(prefix) and (said := request.POST.get(name, "")) in _CAME
        for key in uuids([name.removeprefix(prefix)])
    }


def _meeting_page(found: Any, *, actor: Actor, on: date, refusal: str = "") -> MeetingPage:
    (counted,) = meeting_figures.figures([found])
    rows = list(meeting_figures.invitations(found))
    areas = queries.areas_of([row.employer for row in rows], on=on)
    keeps = may(actor, Act.KEEP_OUTREACH)
    is_held = found.day <= on and found.cancelled_on is None
    return MeetingPage(
        id=str(found.pk),
        line=meeting_line(counted, on=on),
        text=found.text,
        counters=(
            Counter(str(counted.invited), _("invitert"), "", "Upload"),
            Counter(
                str(counted.coming),
                _("svarte ja") if is_held else _("kommer"),
                _("%(n)s personer") % {"n": counted.people},
                "CheckmarkCircle",
            ),
            Counter(str(counted.came), _("møtte"), "", "PersonGroup"),
            Counter(str(counted.feedback), _("ga tilbakemelding"), "", "HandShakeHeart"),
            Counter(str(counted.seats), _("plasser kom av møtet"), "", "Briefcase"),
        ),
        invited=tuple(_invited(row, areas[row.employer_id], keeps=keeps) for row in rows),
        may_keep=keeps,
        may_mark=keeps and is_held and bool(rows),
        refusal=refusal,
    )


def _invited(row: Any, area: str, *, keeps: bool) -> InvitedLine:
    return InvitedLine(
        id=str(row.pk),
        name=row.employer.name,
        href=reverse("outreach:employer", args=[row.employer_id]),
        area=area,
        look=COMING[row.answer],
        people=row.coming,
        who=row.who,
        came=_SAID[row.came],
        came_look=CAME[row.came],
        feedback=feedback_words(row.usefulness, row.wish, row.feedback),
        seats=row.seats or 0,
        edit_href=reverse("outreach:invitation", args=[row.pk]) if keeps else "",
    )


@require_GET
def name_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the list of who comes, to be printed."""
    actor = actor_of(request)
    check_may(actor, Act.SEE_MEETINGS)
    page = _meeting_page(_meeting_or_404(pk), actor=actor, on=today())
    return render(request, "outreach/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Make a meeting; who is invited is chosen next."""
    actor = actor_of(request)
    check_may(actor, Act.KEEP_OUTREACH)
    form = MeetingForm(posted(request))

    def save() -> str:
        made = services.save_meeting(values=form.cleaned_data, by=actor)
        return reverse("outreach:invite", args=[made.pk])

    page = FormPage(
        heading=_("Nytt møte"),
        form=form,
        save=_("Lagre, og velg hvem som inviteres"),
        back_href=reverse("outreach:board"),
        back_label=_("Kampanjer og møter"),
    )
    return answer(request, page, save=save)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a meeting."""
    actor = actor_of(request)
    check_may(actor, Act.KEEP_OUTREACH)
    found = _meeting_or_404(pk)
    form = MeetingForm(posted(request), initial={name: getattr(found, name) for name in _VALUES})

    def save() -> str:
        services.save_meeting(
            values=form.cleaned_data, by=actor, meeting=found, expected=sent_version(request)
        )
        messages.success(request, _("Møtet er lagret."))
        return reverse("outreach:meeting", args=[pk])

    page = FormPage(
        heading=_("Endre møtet"),
        form=form,
        save=_("Lagre"),
        back_href=reverse("outreach:meeting", args=[pk]),
        back_label=found.name,
        version=found.version,
    )
    return answer(request, page, save=save)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose who is invited to a meeting."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.KEEP_OUTREACH)
    found = _meeting_or_404(pk)
    refusal = ""
    if request.method == "POST":
        chosen = uuids(request.POST.getlist("employer"))
        try:
            invited = services.invite(found, chosen, by=actor, on=on)
        except Refused as no:
            refusal = str(no)
        else:
            told = _("%(who)s er satt på lista over inviterte.")
            messages.success(request, told % {"who": employers_text(invited)})
            return HttpResponseRedirect(reverse("outreach:meeting", args=[pk]))
    wanted = Filter.sent(request.GET)
    known = queries.candidates(actor, on=on)
    there = {row.employer_id for row in meeting_figures.invitations(found)}
    page = ChoosePage(
        heading=_("Inviter til %(name)s") % {"name": found.name},
        intro=_(
            "Innpass sender ikke invitasjonen. Velg hvem dere inviterer, og send den slik dere "
            "pleier."
        ),
        back_href=reverse("outreach:meeting", args=[pk]),
        back_label=found.name,
        save=_("Inviter de valgte"),
        areas=area_choices(known, wanted.area),
        kinds=kind_choices(wanted.kind),
        shows=show_choices(wanted.shows),
        typed=wanted.typed,
        is_filtered=wanted.is_used,
        candidates=candidate_lines((one for one in known if wanted.fits(one)), on=on, but=there),
        taken=(),
        there=len(there),
        refusal=refusal,
    )
    status = 422 if refusal else 200
    return render(request, "outreach/choose.html", {"page": page}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what one employer answered to an invitation, and what it thought of the meeting."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.KEEP_OUTREACH)
    row = meeting_figures.find_invitation(pk)
    if row is None:
        raise Http404
    is_feedback = request.POST.get("act") == "feedback"
    sent = posted(request)
    coming = ComingForm(
        None if is_feedback else sent,
        prefix="c",
        initial={"answer": row.answer, "coming": row.coming, "who": row.who},
    )
    feedback = FeedbackForm(
        sent if is_feedback else None,
        prefix="f",
        initial={"usefulness": row.usefulness, "wish": row.wish, "feedback": row.feedback},
    )
    back = reverse("outreach:meeting", args=[row.meeting_id])
    version, note, status = row.version, "", 200
    if request.method == "POST":
        status, form, version = 422, feedback if is_feedback else coming, sent_version(request)
        if form.is_valid():
            try:
                _save(request, row, form, actor, on)
            except Refused as no:
                tell(form, no)
            except ChangedMeanwhile as no:
                status, note = 409, str(MEANWHILE)
                version = getattr(no.current, "version", 0)
            else:
                return HttpResponseRedirect(f"{back}#i-{row.pk}")
    page = InvitationPage(
        name=row.employer.name,
        meeting=row.meeting.name,
        meeting_href=back,
        coming=coming,
        feedback=feedback,
        version=version,
        seats=meeting_figures.seats_of(row),
        is_held=row.meeting.day <= on and row.meeting.cancelled_on is None,
        note=note,
    )
    return render(request, "outreach/invitation.html", {"page": page}, status=status)


def _save(request: HttpRequest, row: Any, form: Any, actor: Actor, on: date) -> None:
    said, expected = form.cleaned_data, sent_version(request)
    if isinstance(form, ComingForm):
        services.note_coming(row, **said, by=actor, expected=expected)
        messages.success(request, _("Svaret er lagret."))
        return
    made = services.note_feedback(
        row,
        usefulness=said["usefulness"],
        wish=said["wish"],
        feedback=said["feedback"],
        template=form.template,
        by=actor,
        today=on,
        expected=expected,
    )
    told = _("Tilbakemeldingen er lagret.")
    if made is not None:
        told += " " + _("%(seats)s er lagt inn.") % {"seats": seats_text(made.seats)}
    messages.success(request, told)
