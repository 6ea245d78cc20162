"""Sending a campaign: the letters to copy, the addresses, and that it was sent."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.outreach import campaign_figures, queries
from innpass.casework.outreach import campaigns as services
from innpass.casework.outreach.campaign_figures import Asked
from innpass.casework.outreach.codes import Channel
from innpass.casework.outreach.letters import (
    AddressLine,
    Reader,
    address_list,
    contact_texts,
    letter_text,
    readers_of,
)
from innpass.casework.outreach.refusing import Refused
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.lengths import days_text
from innpass.web.outreach.campaigns import campaign_or_404, sending_words
from innpass.web.outreach.choosing import uuids
from innpass.web.outreach.editing import posted, tell
from innpass.web.outreach.forms import SendForm
from innpass.web.outreach.pages import Choice, LetterGroup, SendingLine, SendPage, SentPage
from innpass.web.outreach.words import employers_text, with_reply_by

_IN_ONE_MAIL = 40  # addresses; longer links are cut by some mail programs
_LONGEST_MAIL = 1800  # characters of a link with its letter; those longer are cut as well
_NOBODY = Reader("", "")


class _Ticks(NamedTuple):
    """Who is ticked: as somebody ``typed``, and else those ``wanted`` who have an address.

    Without an address nobody is asked by e-mail; such a one is ticked only by hand.
    """

    wanted: set[str]
    typed: set[str] | None

    def holds(self, pk: str, address: str) -> bool:
        return pk in self.wanted and bool(address) if self.typed is None else pk in self.typed


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the letters to send or to remind with; note that they were sent."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.KEEP_OUTREACH)
    found = campaign_or_404(pk)
    is_reminder = request.GET.get("purring") == "1"
    rows = _waiting(found, is_reminder=is_reminder)
    form = SendForm(
        posted(request),
        initial={"text": _first_text(found, rows, is_reminder), "on": on, "channel": "email"},
    )
    refusal = ""
    if request.method == "POST" and form.is_valid() and request.POST.get("act") != "show":
        try:
            made = services.mark_sent(
                found,
                uuids(request.POST.getlist("recipient")),
                text=form.cleaned_data["text"],
                channel=form.cleaned_data["channel"],
                on=form.cleaned_data["on"],
                is_reminder=is_reminder,
                by=actor,
                today=on,
            )
        except Refused as no:
            if no.field in form.fields:
                tell(form, no)
            else:
                refusal = str(no)
        else:
            told = _("Merket som sendt til %(who)s.")
            messages.success(request, told % {"who": employers_text(made.letters.count())})
            if left := len(set(request.POST.getlist("recipient"))) - made.letters.count():
                told = _("%(who)s er ikke merket. Ring dem som ikke har e-postadresse.")
                messages.warning(request, told % {"who": employers_text(left)})
            return HttpResponseRedirect(reverse("outreach:campaign", args=[pk]))
    page = _send_page(request, found, rows, form, is_reminder=is_reminder, actor=actor, on=on)
    is_refused = bool(refusal) or (form.is_bound and not form.is_valid())
    return render(
        request,
        "outreach/send.html",
        {"page": replace(page, refusal=refusal)},
        status=422 if is_refused else 200,
    )


def _waiting(found: Any, *, is_reminder: bool) -> list[Asked]:
    """Return those to be asked for the first time, or again."""
    return [
        one
        for one in campaign_figures.asked(found)
        if not one.recipient.answer and (one.last is not None) == is_reminder
    ]


def _to_wait(found: Any, rows: Sequence[Asked], on: date) -> str:
    """Say that nobody is to be reminded yet, and from when on; nothing where somebody is."""
    if not rows or any(one.is_due(on) for one in rows):
        return ""
    days = [one.last for one in rows if one.last]
    told = _("Ingen skal purres ennå. Kampanjen venter %(days)s på svar, til %(day)s.")
    until = min(days) + timedelta(days=found.remind_after_days)
    said = {"days": days_text(found.remind_after_days), "day": date_format(until, "j. F Y")}
    return told % said


def _first_text(found: Any, rows: Sequence[Asked], is_reminder: bool) -> str:
    if not is_reminder:
        return str(found.text)
    days = [one.first for one in rows if one.first]
    told = _("Vi har ikke fått svar på brevet vi sendte %(day)s, og spør igjen.")
    if not days:
        return str(found.text)
    return f"{told % {'day': date_format(min(days), 'j. F Y')}}\n\n{found.text}"


def _send_page(
    request: HttpRequest,
    found: Any,
    rows: Sequence[Asked],
    form: SendForm,
    *,
    is_reminder: bool,
    actor: Actor,
    on: date,
) -> SendPage:
    text = form.data.get("text", "") if form.is_bound else form.initial["text"]
    wanted = {str(one.recipient.pk) for one in rows if not is_reminder or one.is_due(on)}
    ticked = set(request.POST.getlist("recipient")) if form.is_bound else None
    ticks = _Ticks(wanted, ticked)
    groups = _groups(found, rows, text=text, ticks=ticks, actor=actor, on=on)
    query = "?purring=1" if is_reminder else ""
    return SendPage(
        heading=_("Purr") if is_reminder else _("Send"),
        campaign=found.name,
        campaign_href=reverse("outreach:campaign", args=[found.pk]),
        addresses_href=reverse("outreach:addresses", args=[found.pk]) + query,
        is_reminder=is_reminder,
        form=form,
        groups=groups,
        count=len(rows),
        to_wait=_to_wait(found, rows, on) if is_reminder else "",
    )


def _groups(
    found: Any,
    rows: Sequence[Asked],
    *,
    text: str,
    ticks: _Ticks,
    actor: Actor,
    on: date,
) -> tuple[LetterGroup, ...]:
    """Part the recipients by the contact person on their letter, most of them first."""
    employers = [one.recipient.employer_id for one in rows]
    readers = readers_of(employers, on=on)
    contacts = contact_texts(employers, on=on, by=actor)
    known = queries.with_contact(on=on)
    parts: dict[tuple[bool, str], list[Any]] = defaultdict(list)
    for one in rows:
        key = one.recipient.employer_id
        parts[key not in known, contacts[key]].append(one.recipient)
    return tuple(
        _group(found, contact, is_own, several, readers, text, ticks)
        for (is_own, contact), several in sorted(
            parts.items(), key=lambda part: (part[0][0], -len(part[1]), part[0][1])
        )
    )


def _group(
    found: Any,
    contact: str,
    is_own: bool,
    rows: Sequence[Any],
    readers: dict[UUID, Reader],
    text: str,
    ticks: _Ticks,
) -> LetterGroup:
    address = {row.pk: readers.get(row.employer_id, _NOBODY).address for row in rows}
    picks = [
        Choice(str(row.pk), row.employer.name, ticks.holds(str(row.pk), address[row.pk]))
        for row in rows
    ]
    pairs = list(zip(rows, picks, strict=True))
    addresses = list(
        dict.fromkeys(
            address[row.pk] for row, pick in pairs if pick.is_selected and address[row.pk]
        )
    )
    letter = letter_text(
        with_reply_by(text, found.reply_by, on=today()), sender=found.sender, contact=contact
    )
    parts = [addresses[at : at + _IN_ONE_MAIL] for at in range(0, len(addresses), _IN_ONE_MAIL)]
    whole = [_mail(part, found.name, letter) for part in parts]
    is_too_long = any(len(href) > _LONGEST_MAIL for href in whole)
    return LetterGroup(
        contact=contact,
        is_own=is_own,
        recipients=tuple(pick for row, pick in pairs if address[row.pk]),
        to_call=tuple(pick for row, pick in pairs if not address[row.pk]),
        addresses="; ".join(addresses),
        mail_hrefs=tuple(_mail(part, found.name) for part in parts)
        if is_too_long
        else tuple(whole),
        is_too_long=is_too_long,
        text=letter,
    )


def _mail(addresses: Sequence[str], subject: str, body: str = "") -> str:
    """Write a link that opens a mail program, the addresses hidden from one another."""
    link = f"mailto:?bcc={quote(','.join(addresses), safe='@,')}&subject={quote(subject)}"
    lines = body.replace("\r\n", "\n").replace("\n", "\r\n")
    return f"{link}&body={quote(lines)}" if body else link


@require_GET
def addresses(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the addresses of those to be asked, or asked again, as a file for a spreadsheet."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.KEEP_OUTREACH)
    found = campaign_or_404(pk)
    rows = _waiting(found, is_reminder=request.GET.get("purring") == "1")
    employers = [one.recipient.employer for one in rows]
    keys = [each.pk for each in employers]
    areas, readers = queries.areas_of(employers, on=on), readers_of(keys, on=on)
    contacts = contact_texts(keys, on=on, by=actor)
    content = address_list(
        AddressLine(
            employer=each.name,
            area=areas[each.pk],
            reader=readers.get(each.pk, _NOBODY),
            contact=contacts[each.pk],
        )
        for each in employers
    )
    services.note_addresses_taken(found, by=actor, count=len(rows))
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="adresser.csv"'
    return answer


@require_GET
def sent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a letter as it was sent, and to whom."""
    check_may(actor_of(request), Act.SEE_CAMPAIGNS)
    row = campaign_figures.find_sending(pk)
    if row is None:
        raise Http404
    letters = list(campaign_figures.letters_of(row))
    page = SentPage(
        heading=sending_words(row),
        campaign=row.campaign.name,
        campaign_href=reverse("outreach:campaign", args=[row.campaign_id]),
        line=SendingLine(
            href="",
            on=row.sent_on,
            what=sending_words(row),
            channel=str(Channel(row.channel).label),
            count=len(letters),
            by=str(row.marked_by or ""),
        ),
        text=letter_text(
            with_reply_by(row.text, row.reply_by, on=row.sent_on),
            sender=row.sender,
            contact=_("(se lista)"),
        ),
        letters=tuple(
            (
                letter.recipient.employer.name,
                ", ".join(filter(None, (letter.to_name, letter.to_address))),
                letter.contact,
            )
            for letter in letters
        ),
    )
    return render(request, "outreach/sent.html", {"page": page})
