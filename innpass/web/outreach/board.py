"""The board of campaigns and meetings, and bulk offers."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.outreach import campaign_figures, meeting_figures, offering, queries
from innpass.domain.access.policy import Act, check_may, may
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.outreach.assembling import campaign_line, meeting_line, quick_box, spoken_lines
from innpass.web.outreach.editing import FormPage, answer, posted
from innpass.web.outreach.forms import OfferForm
from innpass.web.outreach.pages import BoardPage, CampaignLine, Counter, OfferLine, OffersPage, Tab
from innpass.web.outreach.words import seats_text

_LATEST = 8
_TABS = (
    ("board", gettext_lazy("Kampanjer og møter"), Act.SEE_MEETINGS),
    ("dialogue", gettext_lazy("Dialog"), Act.SEE_DIALOGUE),
    ("offers", gettext_lazy("Samletilbud"), Act.SEE_CAMPAIGNS),
)


def tabs_for(actor: Actor, current: str) -> tuple[Tab, ...]:
    """Return the pages beside one another, for those who may open them."""
    found = [
        Tab(str(name), reverse(f"outreach:{page}"), page == current)
        for page, name, act in _TABS
        if may(actor, act)
    ]
    return tuple(found) if len(found) > 1 else ()


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show campaigns, meetings and the latest of the dialogue."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.SEE_MEETINGS)
    campaigns = _campaigns(on) if may(actor, Act.SEE_CAMPAIGNS) else None
    found = meeting_figures.figures(meeting_figures.meetings().order_by("day", "start", "pk"))
    meetings = [meeting_line(one, on=on) for one in found]
    page = BoardPage(
        tabs=tabs_for(actor, "board"),
        counters=_counters(actor, campaigns, on) if campaigns is not None else (),
        campaigns=campaigns,
        coming=tuple(one for one in meetings if not one.is_past),
        past=tuple(one for one in reversed(meetings) if one.is_past),
        lines=spoken_lines(queries.lines()[:_LATEST], actor=actor)
        if may(actor, Act.SEE_DIALOGUE)
        else None,
        quick=quick_box(actor, on=on),
        may_keep=may(actor, Act.KEEP_OUTREACH),
    )
    return render(request, "outreach/board.html", {"page": page})


def _campaigns(on: date) -> tuple[CampaignLine, ...]:
    asked, all_of_them = campaign_figures.asked(), list(campaign_figures.campaigns())
    return tuple(campaign_line(one) for one in campaign_figures.figures(asked, all_of_them, on=on))


def _counters(actor: Actor, campaigns: tuple[CampaignLine, ...], on: date) -> tuple[Counter, ...]:
    due = [one for one in campaigns if one.due]
    came = meeting_figures.seats_by_source(on=on)
    fresh = queries.untouched(on, actor=actor)
    return (
        Counter(
            str(sum(one.due for one in due)),
            _("skal purres"),
            _("Spurt, ikke svart i tide"),
            "Hourglass",
            _due_href(due),
        ),
        Counter(
            str(came.seats),
            _("plasser kom av det"),
            _("%(campaigns)s av kampanjer, %(meetings)s av møter, %(bulk)s samlet")
            % {"campaigns": came.campaigns, "meetings": came.meetings, "bulk": came.bulk},
            "Briefcase",
        ),
        Counter(
            str(len(fresh)),
            _("har ingen vært i kontakt med"),
            _("Enheter og bedrifter"),
            "Buildings3",
            reverse("outreach:dialogue") + "?vis=urort" if may(actor, Act.SEE_DIALOGUE) else "",
        ),
    )


def _due_href(due: list[CampaignLine]) -> str:
    if len(due) == 1:
        return f"{due[0].href}?vis=purres"
    return "#campaigns-heading" if due else ""


@require_GET
def offers(request: HttpRequest) -> HttpResponse:
    """Show the bulk offers."""
    actor = actor_of(request)
    check_may(actor, Act.SEE_CAMPAIGNS)
    page = OffersPage(
        tabs=tabs_for(actor, "offers"),
        offers=tuple(
            OfferLine(
                name=one.offer.name,
                text=one.offer.text,
                on=one.offer.offered_on,
                by=str(one.offer.by or ""),
                employers=", ".join(one.employers),
                seats=one.seats,
            )
            for one in meeting_figures.bulk_offers()
        ),
        may_keep=may(actor, Act.KEEP_OUTREACH),
    )
    return render(request, "outreach/offers.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new_offer(request: HttpRequest) -> HttpResponse:
    """Make several places of one kind at once."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.KEEP_OUTREACH)
    known = queries.known_employers(actor, on=on).order_by("name", "pk")
    choices = [(str(each.pk), each.name) for each in known]
    form = OfferForm(posted(request), employers=choices, on=on)

    def save() -> str:
        made = offering.offer_in_bulk(
            name=form.cleaned_data["name"],
            text=form.cleaned_data["text"],
            employers=form.chosen,
            template=form.template,
            by=actor,
            on=form.cleaned_data["offered_on"],
        )
        seats = form.template.seats * len(form.chosen)
        messages.success(
            request,
            _("%(name)s: %(seats)s er lagt inn.") % {"name": made.name, "seats": seats_text(seats)},
        )
        return reverse("outreach:offers")

    page = FormPage(
        heading=_("Nytt samletilbud"),
        form=form,
        save=_("Lag plassene"),
        back_href=reverse("outreach:offers"),
        back_label=_("Samletilbud"),
        intro=_(
            "Hver arbeidsgiver du velger, får én praksisplass med så mange plasser som du skriver. "
            "Velg flere enheter hvis de tilbyr det samme."
        ),
    )
    return answer(request, page, save=save, template="outreach/offer.html")
