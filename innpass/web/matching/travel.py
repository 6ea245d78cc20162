"""How long the way to a workplace may be here."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from innpass.casework.matching import rules
from innpass.domain.access.policy import Act, check_may
from innpass.exchange.clock import today
from innpass.web.design.editing import EditPage, answer_from_a_day
from innpass.web.design.fields import DayField, DesignForm, whole
from innpass.web.design.gate import actor_of
from innpass.web.design.templatetags.design import day


class TravelForm(DesignForm):
    """How many minutes each way, and from when on."""

    longest_travel = whole(
        gettext_lazy("Lengste reisetid, minutter hver vei"),
        least=rules.LEAST_TRAVEL,
        most=rules.MOST_TRAVEL,
        widget=forms.NumberInput(attrs={"size": 6}),
    )
    first_day = DayField(
        label=gettext_lazy("Gjelder fra"),
        error_messages={"required": gettext_lazy("Skriv dagen, som 1.8.2026.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def travel(request: HttpRequest) -> HttpResponse:
    """Say how long the way may be, from a day on."""
    actor = actor_of(request)
    check_may(actor, Act.KEEP_WORKPLACES)
    on = today()
    page = EditPage(
        title=_("Lengste reisetid"),
        lead=_(
            "En plass som er lenger unna, faller ut for deltakeren. Dagen plassen skal begynne, "
            "avgjør hva som gjelder."
        ),
        back_href=reverse("matching:start"),
        back=_("Matching"),
        facts=tuple(
            _("%(minutes)s fra %(day)s")
            % {"minutes": minutes_words(each.longest_travel), "day": day(each.first_day)}
            for each in rules.rules_through_time()
        ),
    )
    return answer_from_a_day(
        request,
        "matching/travel.html",
        page,
        made=TravelForm,
        now={"longest_travel": rules.rules_on(on).longest_travel},
        on=on,
        keep=partial(rules.set_rules, by=actor),
        then=reverse("matching:travel"),
    )


def minutes_words(minutes: int) -> str:
    """Say how many minutes."""
    return ngettext("%(n)s minutt", "%(n)s minutter", minutes) % {"n": minutes}
