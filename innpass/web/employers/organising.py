"""Forms about the whole map: service areas, units that move, and when it is asked again."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.employers import areas as services
from innpass.casework.employers import queries
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.fields import PlacementKind
from innpass.exchange.clock import today
from innpass.web.design.editing import EditPage, answer, answer_from_a_day, posted
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import Tab
from innpass.web.employers.forms import AreasForm, MoveForm, RulesForm
from innpass.web.employers.one_page import period_text
from innpass.web.employers.pages import PastLine

_form = require_http_methods(["GET", "HEAD", "POST"])


@_form
def areas(request: HttpRequest) -> HttpResponse:
    """Keep the service areas."""
    actor = _keeper(request)
    form = AreasForm(posted(request), stored=queries.service_areas())

    def save() -> str:
        services.keep_areas([each.row for each in form.filled], by=actor)
        return reverse("employers:areas")

    page = EditPage(
        title=_("Tjenesteområder"),
        lead=_(
            "Antall ansatte brukes til å regne plasser per 1 000 ansatte. Et område som er slått "
            "sammen eller lagt ned, får en siste dag og blir stående i historikken."
        ),
        back_href=reverse("employers:map"),
        back=_("Arbeidsplasser"),
        form=form,
        tabs=_tabs("areas"),
    )
    return answer(
        request,
        "employers/areas.html",
        page,
        parts=form.filled if form.filled and request.method == "POST" else form.forms,
        is_valid=form.is_valid,
        save=save,
        rows=lambda: form.filled,
    )


@_form
def move(request: HttpRequest) -> HttpResponse:
    """Let units belong to another area from a day on."""
    actor = _keeper(request)
    on = today()
    there = queries.areas_on(on)
    found = (
        queries.employers_seen_by(actor)
        .filter(kind=PlacementKind.MUNICIPAL.value)
        .exclude(card__same_as__isnull=False)
        .order_by("name", "pk")
    )
    units = {str(each.pk): each for each in found}
    named = {
        pk: there[each.pk].name if each.pk in there else each.area for pk, each in units.items()
    }
    order = sorted(units, key=lambda pk: (named[pk].casefold(), units[pk].name.casefold()))
    stored = queries.service_areas()
    chosen = [pk for pk in request.GET.getlist("enhet") if pk in units]
    form = MoveForm(
        posted(request),
        areas=stored,
        units=[(pk, f"{units[pk].name} ({named[pk] or _('uten område')})") for pk in order],
        initial={"first_day": f"{on:%d.%m.%Y}", "units": chosen},
    )

    def save() -> str:
        said = form.cleaned_data
        services.move_units(
            [units[pk] for pk in said["units"]],
            area=next(each for each in stored if str(each.pk) == said["area"]),
            first_day=said["first_day"],
            by=actor,
        )
        return reverse("employers:map")

    page = EditPage(
        title=_("Flytt enheter"),
        lead=_(
            "Ved en omorganisering hører enhetene til et nytt område fra en dag av. Hvor de hørte "
            "til før, blir stående."
        ),
        back_href=reverse("employers:map"),
        back=_("Arbeidsplasser"),
        form=form,
        tabs=_tabs("move"),
        facts=bool(stored),
    )
    return answer(
        request, "employers/move.html", page, parts=[form], is_valid=form.is_valid, save=save
    )


@_form
def rules(request: HttpRequest) -> HttpResponse:
    """Say after how many days an offer is asked about."""
    actor = _keeper(request)
    on = today()
    page = EditPage(
        title=_("Når spør vi igjen?"),
        lead=_(
            "En plass som ingen har bekreftet på så lenge, blir grå på kartet og kommer på lista "
            "«Spør igjen»."
        ),
        back_href=reverse("employers:ask_again"),
        back=_("Spør igjen"),
        tabs=_tabs("rules"),
        facts=tuple(
            PastLine(
                _("%(days)s dager") % {"days": each.confirm_days},
                period_text(each.first_day, None),
            )
            for each in queries.rules_through_time()
        ),
    )
    return answer_from_a_day(
        request,
        "employers/rules.html",
        page,
        made=RulesForm,
        now={"confirm_days": queries.confirm_days(on=on)},
        on=on,
        keep=partial(services.set_rules, by=actor),
        then=reverse("employers:ask_again"),
    )


def _tabs(current: str) -> tuple[Tab, ...]:
    names = {
        "areas": _("Tjenesteområder"),
        "move": _("Flytt enheter"),
        "rules": _("Når spør vi igjen?"),
    }
    return tuple(
        Tab(label, reverse(f"employers:{name}"), name == current) for name, label in names.items()
    )


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    check_may(actor, Act.KEEP_EMPLOYERS)
    return actor
