"""Campaigns: one with its answers, whom it asks, and what one of them answered."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.outreach import campaign_figures, queries
from innpass.casework.outreach import campaigns as services
from innpass.casework.outreach.campaign_figures import Asked
from innpass.casework.outreach.campaigns import Reply
from innpass.casework.outreach.codes import Answer, Channel, NoReason
from innpass.casework.outreach.refusing import Refused
from innpass.domain.access.policy import Act, check_may, may
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.lengths import days_text
from innpass.web.design.pages import page_number, paging
from innpass.web.design.templatetags.design import day
from innpass.web.outreach.assembling import campaign_line
from innpass.web.outreach.choosing import (
    Filter,
    area_choices,
    candidate_lines,
    kind_choices,
    show_choices,
    uuids,
)
from innpass.web.outreach.editing import FormPage, answer, posted, sent_version
from innpass.web.outreach.forms import CampaignForm, ReplyForm
from innpass.web.outreach.pages import (
    AreaLine,
    CampaignPage,
    ChoosePage,
    Counter,
    RecipientLine,
    SendingLine,
)
from innpass.web.outreach.words import ANSWERS, DUE, UNSENT, Look, employers_text, seats_text, since

_ON_A_PAGE = 50
_VALUES = ("name", "sender", "text", "reply_by", "remind_after_days")


def campaign_or_404(pk: UUID) -> Any:
    """Find a campaign.

    Raises:
        Http404: there is none.
    """
    found = campaign_figures.find_campaign(pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a campaign and its answers; close it, or open it again."""
    actor = actor_of(request)
    check_may(actor, Act.SEE_CAMPAIGNS)
    found = campaign_or_404(pk)
    if request.method == "POST":
        is_closing = request.POST.get("act") == "close"
        services.close_campaign(found, by=actor, on=today() if is_closing else None)
        told = _("Kampanjen er avsluttet.") if is_closing else _("Kampanjen er åpnet igjen.")
        messages.success(request, told)
        return HttpResponseRedirect(reverse("outreach:campaign", args=[pk]))
    page = _campaign_page(
        found,
        actor=actor,
        on=today(),
        shown=request.GET.get("vis", ""),
        number=page_number(request.GET.get("side", "")),
    )
    return render(request, "outreach/campaign.html", {"page": page})


def _campaign_page(found: Any, *, actor: Actor, on: date, shown: str, number: int) -> CampaignPage:
    asked = campaign_figures.asked(found)
    (counted,) = campaign_figures.figures(asked, [found], on=on)
    line = campaign_line(counted)
    parts = _parts(asked, on)
    chosen = shown if shown in parts else ""
    rows = parts[chosen]
    here = reverse("outreach:campaign", args=[found.pk])
    pages = paging(
        number=number,
        size=_ON_A_PAGE,
        total=len(rows),
        href=lambda n: f"{here}?vis={chosen}&side={n}" if chosen else f"{here}?side={n}",
    )
    areas = queries.areas_of([one.recipient.employer for one in asked], on=on)
    keeps = may(actor, Act.KEEP_OUTREACH)
    silence = _("Ikke svart på %(days)s") % {"days": days_text(found.remind_after_days)}
    return CampaignPage(
        id=str(found.pk),
        line=line,
        text=found.text,
        reply_by=found.reply_by,
        remind_after=days_text(found.remind_after_days),
        counters=_counters(silence, parts, here, chosen),
        recipients=tuple(
            _recipient(one, areas[one.recipient.employer_id], on=on, keeps=keeps)
            for one in rows[max(pages.first - 1, 0) : pages.last]
        ),
        paging=pages,
        chosen=chosen,
        areas=_areas(asked, areas),
        sendings=tuple(_sending(row, got) for row, got in campaign_figures.sendings(found)),
        unsent=len(parts["usendt"]),
        may_keep=keeps,
    )


def _parts(asked: list[Asked], on: date) -> dict[str, list[Asked]]:
    """Part the recipients by what they answered; all of them under the empty name."""
    answers = {"ja": Answer.YES, "senere": Answer.LATER, "nei": Answer.NO}
    parts = {
        name: [one for one in asked if one.recipient.answer == code]
        for name, code in answers.items()
    }
    silent = [one for one in asked if one.is_asked and not one.recipient.answer]
    return {
        "": asked,
        **parts,
        "venter": silent,
        "purres": sorted((one for one in silent if one.is_due(on)), key=lambda one: one.last or on),
        "usendt": [one for one in asked if not one.is_asked],
    }


def _counters(
    silence: str, parts: dict[str, list[Asked]], here: str, chosen: str
) -> tuple[Counter, ...]:
    seats = sum(one.seats for one in parts["ja"])
    told = (
        ("ja", _("svarte ja"), seats_text(seats), "CheckmarkCircle"),
        ("senere", _("svarte kanskje senere"), "", "Clock"),
        ("nei", _("svarte nei"), "", "MinusCircle"),
        ("venter", _("har ikke svart"), "", "Hourglass"),
        ("purres", _("skal purres"), silence, "ExclamationmarkTriangle"),
        ("usendt", _("er ikke spurt ennå"), "", "Upload"),
    )
    return tuple(
        Counter(
            number=str(len(parts[name])),
            label=label,
            about=about,
            icon=icon,
            href=here if name == chosen else f"{here}?vis={name}",
            is_current=name == chosen,
        )
        for name, label, about, icon in told
        if parts[name] or name in ("ja", "nei", "venter")
    )


def _recipient(one: Asked, area: str, *, on: date, keeps: bool) -> RecipientLine:
    row = one.recipient
    is_due = one.is_due(on)
    return RecipientLine(
        id=str(row.pk),
        name=row.employer.name,
        href=reverse("outreach:employer", args=[row.employer_id]),
        area=area,
        asked=_asked_words(one, on),
        look=_look(one, is_due),
        is_due=is_due,
        detail=_detail(one),
        answer=", ".join(filter(None, (row.answered_by, day(row.answered_on), _channel(row)))),
        seats=one.seats,
        reply_href=reverse("outreach:reply", args=[row.pk]) if keeps else "",
    )


def _look(one: Asked, is_due: bool) -> Look:
    if is_due:
        return DUE
    return ANSWERS[one.recipient.answer] if one.is_asked else UNSENT


def _asked_words(one: Asked, on: date) -> str:
    if one.last is None:
        return ""
    is_waiting = not one.recipient.answer and not one.recipient.campaign.closed_on
    told = f"{day(one.last)}, {since(one.last, on)}" if is_waiting else day(one.last)
    if one.letters > 1:
        told += ". " + _("Spurt %(n)s ganger") % {"n": one.letters}
    return told


def _detail(one: Asked) -> str:
    row = one.recipient
    reason = str(NoReason(row.reason).label) if row.reason else ""
    seats = seats_text(one.seats) if one.seats else ""
    found = [part[:1].upper() + part[1:] for part in (seats, reason, row.text) if part]
    return ". ".join(found)


def _channel(row: Any) -> str:
    return str(Channel(row.channel).label) if row.channel else ""


def _areas(asked: list[Asked], areas: dict[UUID, str]) -> tuple[AreaLine, ...]:
    found: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        if one.is_asked:
            name = areas[one.recipient.employer_id]
            if not name:
                is_private = one.recipient.employer.kind == "private"
                name = _("Private bedrifter") if is_private else _("Uten tjenesteområde")
            found[name].append(one)
    lines = [
        AreaLine(
            name=name,
            asked=len(rows),
            answered=(answered := sum(bool(one.recipient.answer) for one in rows)),
            reply_rate=round(100 * answered / len(rows)),
            seats=sum(one.seats for one in rows),
        )
        for name, rows in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.seats, -line.reply_rate, line.name)))


def sending_words(row: Any) -> str:
    """Say what was sent."""
    return _("Purring") if row.is_reminder else _("Første utsending")


def _sending(row: Any, got: int) -> SendingLine:
    return SendingLine(
        href=reverse("outreach:sent", args=[row.pk]),
        on=row.sent_on,
        what=sending_words(row),
        channel=str(Channel(row.channel).label),
        count=got,
        by=str(row.marked_by or ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_campaign(request: HttpRequest) -> HttpResponse:
    """Make a campaign; whom it asks is chosen next."""
    actor = actor_of(request)
    check_may(actor, Act.KEEP_OUTREACH)
    form = CampaignForm(posted(request), initial={"remind_after_days": 10})

    def save() -> str:
        made = services.save_campaign(values=form.cleaned_data, by=actor)
        return reverse("outreach:recipients", args=[made.pk])

    page = FormPage(
        heading=_("Ny kampanje"),
        form=form,
        save=_("Lagre, og velg mottakere"),
        back_href=reverse("outreach:board"),
        back_label=_("Kampanjer og møter"),
    )
    return answer(request, page, save=save)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_campaign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a campaign; what was sent stays as it was."""
    actor = actor_of(request)
    check_may(actor, Act.KEEP_OUTREACH)
    found = campaign_or_404(pk)
    form = CampaignForm(posted(request), initial={name: getattr(found, name) for name in _VALUES})

    def save() -> str:
        services.save_campaign(
            values=form.cleaned_data, by=actor, campaign=found, expected=sent_version(request)
        )
        messages.success(request, _("Kampanjen er lagret."))
        return reverse("outreach:campaign", args=[pk])

    page = FormPage(
        heading=_("Endre kampanjen"),
        form=form,
        save=_("Lagre"),
        back_href=reverse("outreach:campaign", args=[pk]),
        back_label=found.name,
        intro=_("Det som er sendt, endres ikke. Teksten her gjelder neste gang du sender."),
        version=found.version,
    )
    return answer(request, page, save=save)


@require_http_methods(["GET", "HEAD", "POST"])
def recipients(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose whom a campaign asks, by area and by hand."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.KEEP_OUTREACH)
    found = campaign_or_404(pk)
    refusal = ""
    if request.method == "POST":
        try:
            told = _choose(request, found, actor, on)
        except Refused as no:
            refusal = str(no)
        else:
            messages.success(request, told)
            return HttpResponseRedirect(request.get_full_path())
    page = _choose_page(request, found, actor=actor, on=on, refusal=refusal)
    status = 422 if refusal else 200
    return render(request, "outreach/choose.html", {"page": page}, status=status)


def _choose(request: HttpRequest, found: Any, actor: Actor, on: date) -> str:
    if request.POST.get("act") == "remove":
        gone = services.remove_recipients(found, uuids(request.POST.getlist("taken")), by=actor)
        if not gone:
            raise Refused(_("Velg minst én mottaker som ikke er spurt ennå."))
        return _("%(who)s er tatt ut.") % {"who": employers_text(gone)}
    added = services.add_recipients(found, uuids(request.POST.getlist("employer")), by=actor, on=on)
    return _("%(who)s er lagt til.") % {"who": employers_text(added)}


def _choose_page(
    request: HttpRequest, found: Any, *, actor: Actor, on: date, refusal: str
) -> ChoosePage:
    wanted = Filter.sent(request.GET)
    known = queries.candidates(actor, on=on)
    asked = campaign_figures.asked(found)
    there = {one.recipient.employer_id for one in asked}
    by_employer = {one.employer.pk: one for one in known}
    lines = {line.id: line for line in candidate_lines(by_employer.values(), on=on)}
    taken = []
    for one in asked:
        line = lines.get(str(one.recipient.employer_id))
        if line and not one.is_asked:
            taken.append((str(one.recipient.pk), line))
    return ChoosePage(
        heading=_("Mottakere av %(name)s") % {"name": found.name},
        intro=_("Velg etter område eller for hånd. Ingenting sendes før du sender kampanjen."),
        back_href=reverse("outreach:campaign", args=[found.pk]),
        back_label=found.name,
        save=_("Legg til de valgte"),
        areas=area_choices(known, wanted.area),
        kinds=kind_choices(wanted.kind),
        shows=show_choices(wanted.shows),
        typed=wanted.typed,
        is_filtered=wanted.is_used,
        candidates=candidate_lines((one for one in known if wanted.fits(one)), on=on, but=there),
        taken=tuple(taken),
        there=len(there),
        refusal=refusal,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what an employer answered; a yes makes its places."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.KEEP_OUTREACH)
    row = campaign_figures.find_recipient(pk)
    if row is None:
        raise Http404
    back = reverse("outreach:campaign", args=[row.campaign_id])
    if request.method == "POST" and request.POST.get("act") == "take_back":
        services.take_reply_back(row, by=actor, today=on, expected=row.version)
        messages.success(request, _("Svaret er tatt tilbake."))
        return HttpResponseRedirect(back)
    names = ("answer", "seats", "reason", "text", "answered_by", "channel")
    known = {name: getattr(row, name) for name in names}
    known["answered_on"] = row.answered_on or on
    known["place_name"] = campaign_figures.place_name_of(row)
    form = ReplyForm(posted(request), initial=known)

    def save() -> str:
        said = {name: form.cleaned_data[name] for name in (*names, "answered_on", "place_name")}
        services.note_reply(row, Reply(**said), by=actor, today=on, expected=sent_version(request))
        told = _("Svaret fra %(name)s er lagret.") % {"name": row.employer.name}
        if row.seats:
            told += " " + _("%(seats)s er lagt inn.") % {"seats": seats_text(row.seats)}
        messages.success(request, told)
        return f"{back}#r-{row.pk}"

    page = FormPage(
        heading=_("Svar fra %(name)s") % {"name": row.employer.name},
        form=form,
        save=_("Lagre svaret"),
        back_href=back,
        back_label=row.campaign.name,
        version=row.version,
        facts=bool(row.answer),
    )
    return answer(request, page, save=save, template="outreach/reply.html")
