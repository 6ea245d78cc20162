"""How often workplaces are visited and people rung."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.follow_up import services
from innpass.casework.placements.rhythm import rhythm_on, rhythms
from innpass.domain.access.policy import (
    Act,
    check_may,
)
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import Link
from innpass.web.design.templatetags.design import day as day_text
from innpass.web.follow_up.forms import (
    RhythmForm,
)
from innpass.web.follow_up.pages import FormPage
from innpass.web.follow_up.saving import answer, posted

if TYPE_CHECKING:
    pass

_FORM = "follow_up/form.html"


@require_http_methods(["GET", "HEAD", "POST"])
def rhythm(request: HttpRequest) -> HttpResponse:
    """Say how often workplaces are visited and people rung, from a day on."""
    actor, on = actor_of(request), today()
    check_may(actor, Act.KEEP_RHYTHM)
    now = rhythm_on(on)
    form = RhythmForm(
        posted(request),
        initial={
            "first_after": now.first_after,
            "window": now.window,
            "interval": now.interval,
            "language_after": now.language_after,
            "without_contact": now.without_contact,
            "holds_from": f"{on:%d.%m.%Y}",
        },
    )

    def save() -> str:
        services.keep_rhythm(form.rhythm, holds_from=form.cleaned_data["holds_from"], by=actor)
        return reverse("follow_up:rhythm")

    def page(note: str, version: int) -> FormPage:
        title = _("Hvor ofte dere besøker og tar kontakt")
        return FormPage(
            title=title,
            name="",
            trail=(Link(_("Oppfølging"), reverse("follow_up:board")), Link(title)),
            lead=_(
                "Besøk som ikke er holdt, flytter seg etter disse tallene. Oversikten og neste "
                "steg følger de samme tallene om en liten stund."
            ),
            form=form,
            submit=_("Lagre"),
            back_href=reverse("follow_up:board"),
            note=note,
            facts=tuple(
                (
                    _("Fra %s") % day_text(each.holds_from),
                    _(
                        "besøk etter %(first)s dager, så hver %(interval)s. dag, ± %(window)s "
                        "dager; kontakt innen %(contact)s dager. Satt av %(who)s."
                    )
                    % {
                        "first": each.first_after,
                        "interval": each.interval,
                        "window": each.window,
                        "contact": each.without_contact,
                        "who": each.set_by or _("Innpass"),
                    },
                )
                for each in rhythms()
            ),
        )

    return answer(request, _FORM, [form], save, page, version=0, said=_("Lagret."))
