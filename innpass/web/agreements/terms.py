"""The standard terms of every agreement: what holds now, what held before, and new ones."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from innpass.casework.agreements.listing import count_unsigned
from innpass.casework.agreements.terms import (
    Terms,
    all_terms,
    keep_terms,
    terms_on,
    times_kept,
)
from innpass.domain.access.policy import Act, check_may, may_read
from innpass.domain.access.roles import Actor
from innpass.domain.placing.terms import LANGUAGES, clauses_of
from innpass.exchange.clock import today
from innpass.web.agreements.finding import kept
from innpass.web.agreements.forms import TermsForm
from innpass.web.agreements.pages import TermsHeld
from innpass.web.design.editing import EditPage, answer, expected, posted
from innpass.web.design.fields import as_day
from innpass.web.design.gate import actor_of
from innpass.web.design.templatetags.design import day


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """Write the terms that hold from a day on."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.KEEP_TERMS)
    begun = _asked_for(request, on=on)
    now = terms_on(begun)
    form = TermsForm(
        posted(request),
        initial={
            "organisation_number": now.organisation_number,
            "unit": now.unit,
            "dated": as_day(begun),
            **now.texts,
        },
    )

    def save() -> str:
        said = form.cleaned_data
        typed = Terms(
            said["organisation_number"],
            said["unit"],
            {code: said[code] for code in LANGUAGES},
            said["dated"],
        )
        keep_terms(typed, are_seen=said["are_seen"], by=actor, on=on, expected=expected(request))
        messages.success(request, _kept(count_unsigned(actor), said["dated"]))
        return reverse("agreements:terms")

    back, back_href = _back(actor)
    page = EditPage(
        title=_("Standardvilkår i praksisavtalene"),
        lead=_(
            "Dette står i alle praksisavtaler som blir underskrevet fra dagen du velger. Avtaler "
            "som noen har skrevet under før, blir stående som de er."
        ),
        back_href=back_href,
        back=back,
        form=form,
        version=times_kept(),
        facts=tuple(_held(on=on)),
    )
    return answer(
        request,
        "agreements/terms.html",
        page,
        parts=[form],
        is_valid=form.is_valid,
        save=kept(save, fields=frozenset(form.fields)),
        tells=False,
    )


def _kept(unsigned: int, dated: date) -> str:
    """Say that terms are kept, and how many agreements get them."""
    text = _("Vilkårene er lagret.")
    if not unsigned:
        return text
    more = ngettext(
        "%(n)s avtale uten underskrift får den nye teksten når den blir underskrevet fra %(day)s.",
        "%(n)s avtaler uten underskrift får den nye teksten når de blir underskrevet fra %(day)s.",
        unsigned,
    )
    return f"{text} {more % {'n': unsigned, 'day': day(dated)}}"


def _back(actor: Actor) -> tuple[str, str]:
    if may_read(actor, "agreement.state"):
        return _("Praksis"), reverse("agreements:board")
    return _("Administrasjon"), reverse("administration:fields")


def _asked_for(request: HttpRequest, *, on: date) -> date:
    """Return the day whose terms the form begins with: one to come that is asked for, or today."""
    asked = request.GET.get("fra", "")
    days = {each.holds_from.isoformat(): each.holds_from for each in all_terms()}
    return max(on, days.get(asked, on))


def _held(*, on: date) -> list[TermsHeld]:
    here = reverse("agreements:terms")
    return [
        TermsHeld(
            title=(
                _("Fra %(day)s, av %(who)s. Gjelder ikke ennå")
                if each.holds_from > on
                else _("Fra %(day)s, av %(who)s")
            )
            % {"day": day(each.holds_from), "who": each.set_by or _("Innpass")},
            letterhead=", ".join(filter(None, (each.unit, each.organisation_number))),
            clauses=tuple((one.title, one.text) for one in clauses_of(each.texts.get("nb", ""))),
            href=f"{here}?fra={each.holds_from.isoformat()}" if each.holds_from > on else "",
        )
        for each in all_terms()
    ]
