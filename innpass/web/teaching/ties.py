"""What ties a participant: home and child care, days at the workplace, own appointments."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.participants.queries import find_participant
from innpass.casework.participants.services import note_reading
from innpass.casework.timetable import ties as services
from innpass.casework.timetable.places import localities
from innpass.casework.timetable.queries import availability_of
from innpass.domain.access.policy import check_may_write
from innpass.exchange.clock import today
from innpass.web.design.editing import EditPage, answer, expected, posted
from innpass.web.design.gate import actor_of
from innpass.web.teaching.tie_forms import TiesForm


@require_http_methods(["GET", "HEAD", "POST"])
def ties(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep when and from where somebody can, and what is in the way every week."""
    actor = actor_of(request)
    check_may_write(actor, "timetable.ties")
    check_may_write(actor, "timetable.appointment")
    person = find_participant(pk, actor=actor)
    if person is None:
        raise Http404
    stored = availability_of([pk]).get(pk)
    form = TiesForm(
        posted(request),
        stored=stored,
        appointments=services.appointments_of(pk),
        places=localities(),
        on=today(),
    )

    def save() -> str:
        services.keep_ties(
            participant=person,
            values=form.values,
            appointments=form.appointments,
            expected=expected(request),
            by=actor,
        )
        return reverse("teaching:ties", args=[pk])

    if request.method != "POST":
        note_reading(participant=person, page="ties", by=actor)
    page = EditPage(
        title=_("Bosted, barnepass og egne avtaler"),
        lead=_(
            "Det som står her, tar planleggeren hensyn til. Uker som allerede gjelder, endrer seg "
            "ikke før noen planlegger dem på nytt."
        ),
        back_href=reverse("participant:participant", args=[pk]),
        back=person.name,
        form=form,
        version=stored.version if stored else 0,
    )
    return answer(
        request,
        "teaching/ties.html",
        page,
        parts=[form, *form.filled],
        is_valid=form.is_valid,
        save=save,
        rows=lambda: form.filled,
    )
