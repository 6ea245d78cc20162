"""The work profile and the CV of a participant."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innpass.casework.matching import profiles
from innpass.casework.participants.queries import Participant, find_participant
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import check_may_read, check_may_write, may_write
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today
from innpass.web.design.editing import EditPage, answer, expected, posted
from innpass.web.design.gate import actor_of
from innpass.web.matching.profile_forms import ConsentForm, CvForm, ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what somebody wants, has done, says no to and brings."""
    actor = actor_of(request)
    for name in ("work.goals", "work.refusals", "work.demands"):
        check_may_write(actor, name)
    person = _participant(pk, actor)
    stored = profiles.profile_of(person)
    found = profiles.choices(actor)
    form = ProfileForm(posted(request), stored=stored, choices=found, today=today())
    text, codes = profiles.goals_offered(person, found.titles)

    def save() -> str:
        profiles.keep_profile(
            participant=person, values=form.values, expected=expected(request), by=actor
        )
        return reverse("matching:person", args=[pk])

    if request.method != "POST":
        note_reading(participant=person, page="work_profile", by=actor)
    page = EditPage(
        title=_("Yrkesprofil"),
        lead=_(
            "Det som står her, bruker matchingen. Den bruker aldri kjønn, alder, land, tro, helse "
            "eller oppholdsgrunnlag. Fyll ut det du vet; alt er valgfritt."
        ),
        back_href=reverse("matching:person", args=[pk]),
        back=person.name,
        form=form,
        version=stored.version if stored else 0,
        facts={
            "occupations": [f"{code} {title}" for code, title in found.titles.items()],
            "employers": list(found.employers.values()),
            "plan": text,
            "offered": [f"{code} {found.titles[code]}" for code in codes],
        },
    )
    return answer(
        request, "matching/profile.html", page, parts=[form], is_valid=form.is_valid, save=save
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the text of somebody's CV, and whether employers may be shown it."""
    actor = actor_of(request)
    check_may_read(actor, "work.cv")
    if request.method == "POST":
        check_may_write(actor, "work.cv")
    person = _participant(pk, actor)
    stored = profiles.profile_of(person)
    is_consent = request.POST.get("act") == "consent"
    form = CvForm(None if is_consent else posted(request), stored=stored)
    consent = profiles.consent_of(stored)
    consent_form = ConsentForm(posted(request) if is_consent else None, consent=consent)

    def save() -> str:
        if is_consent:
            profiles.keep_consent(
                participant=person,
                consent=consent_form.consent,
                expected=expected(request),
                today=today(),
                by=actor,
            )
        else:
            profiles.keep_cv(
                participant=person, sections=form.sections, expected=expected(request), by=actor
            )
        return reverse("matching:cv", args=[pk])

    if request.method != "POST":
        note_reading(participant=person, page="cv", by=actor)
    page = EditPage(
        title=_("CV og samtykke"),
        lead=_("En arbeidsgiver får CV-en bare når deltakeren har samtykket."),
        back_href=reverse("participant:participant", args=[pk]),
        back=person.name,
        form=form,
        version=stored.version if stored else 0,
        facts={
            "consent": consent,
            "consent_form": consent_form,
            "is_protected": person.is_protected,
            "may_write": may_write(actor, "work.cv"),
            "sections": [(form[name].label, form[name].initial) for name in form.fields],
        },
    )
    part = consent_form if is_consent else form
    return answer(
        request, "matching/cv.html", page, parts=[part], is_valid=part.is_valid, save=save
    )


def _participant(pk: UUID, actor: Actor) -> Participant:
    found = find_participant(pk, actor=actor)
    if found is None:
        raise Http404
    return found
