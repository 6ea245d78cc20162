"""Keeping what a participant wants to work with, has done, brings, and says no to."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.employers.models import PracticePlace
from innpass.casework.employers.occupations import find_code, occupations, similar
from innpass.casework.employers.queries import employers_seen_by, service_areas
from innpass.casework.matching.models import WorkProfile
from innpass.casework.matching.rows import about
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.participants.models import Participant
from innpass.casework.plans.models import IntegrationPlan, Status
from innpass.casework.timetable.keeping import CannotKeep, Fault, note, one_at_a_time
from innpass.casework.timetable.places import localities
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.cells import without_identity_numbers

# What a CV is made of, in its order.
CV_SECTIONS = ("about", "experience", "education", "languages", "other")
LONGEST_SECTION = 4000


@dataclass(frozen=True, slots=True)
class ProfileValues:
    """What the form says; as in ``WorkProfile``. Of demands: a day, or ``NOT_MET``."""

    goal: str = ""
    experience: tuple[str, ...] = ()
    wished_occupations: tuple[str, ...] = ()
    wished_areas: tuple[str, ...] = ()
    wished_employers: tuple[str, ...] = ()
    refused_employers: tuple[str, ...] = ()
    refused_places: tuple[str, ...] = ()
    refused_localities: tuple[str, ...] = ()
    refused_occupations: tuple[str, ...] = ()
    demands: Mapping[str, str] = field(default_factory=dict)
    hours_wanted: float | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a profile can name.

    Attributes:
        titles: of occupations, by code.
        areas: names of service areas.
        employers, places, localities: what they are called, by id as text; two employers of one
            name are told apart.
    """

    titles: Mapping[str, str]
    areas: tuple[str, ...]
    employers: Mapping[str, str]
    places: Mapping[str, str]
    localities: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether the participant agrees that employers are shown the CV.

    ``given_on`` and ``withdrawn_on`` tell since when; a later consent takes the withdrawal away.
    """

    given_on: date | None = None
    withdrawn_on: date | None = None

    @property
    def holds(self) -> bool:
        """Say whether the CV may be shown now."""
        return self.given_on is not None and self.withdrawn_on is None


def profiles_of(people: Collection[UUID]) -> dict[UUID, WorkProfile]:
    """Return the profiles of those who have one; a person's own goes first. One query.

    A profile of somebody who turned out to be a person's second is that person's.
    """
    found: dict[UUID, WorkProfile] = {}
    wanted = set(people)
    for each in about(WorkProfile.objects, people).order_by("pk"):
        if each.owner in wanted and (each.owner == each.participant_id or each.owner not in found):
            found[each.owner] = each
    return found


def profile_of(participant: Participant) -> WorkProfile | None:
    """Return somebody's profile. One query."""
    return profiles_of([participant.pk]).get(participant.pk)


def choices(actor: Actor) -> Choices:
    """Return what a profile can name, as far as an actor may know. Six queries."""
    rows = list(employers_seen_by(actor).order_by("name", "kind", "pk"))
    twice = {name for name, count in Counter(each.name for each in rows).items() if count > 1}
    kinds = {"municipal": _("kommunen"), "private": _("privat")}
    areas = {each.area for each in rows} | {each.name for each in service_areas()}
    places = PracticePlace.objects.select_related("employer")
    return Choices(
        titles=occupations(),
        areas=tuple(sorted(areas - {""}, key=str.casefold)),
        employers={
            str(each.pk): f"{each.name} ({kinds[each.kind]})" if each.name in twice else each.name
            for each in rows
        },
        places={str(each.pk): f"{each.name}, {each.employer.name}" for each in places},
        localities={str(each.pk): each.name for each in localities()},
    )


def goals_offered(participant: Participant, titles: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the occupation that the plan in force names, and codes that may be meant by it.

    Args:
        titles: of all occupations, by code.
    """
    plans = about(IntegrationPlan.objects.filter(status=Status.AGREED), [participant.pk])
    text = plans.order_by("-agreed_on", "-number").values_list("occupation", flat=True).first()
    if not text:
        return "", []
    code = find_code(text, titles)
    if code is not None:
        return text, [code]
    codes = {title: code for code, title in titles.items()}
    return text, [codes[title] for title in similar(_stem(text), titles)]


def _stem(text: str) -> str:
    """Shorten words so that ``renholder`` finds ``Renholdere i bedrifter``."""
    return " ".join(word[:-1] if len(word) > 4 else word for word in text.split())


@transaction.atomic
def keep_profile(
    *, participant: Participant, values: ProfileValues, expected: int, by: Actor
) -> WorkProfile:
    """Store what the form says, whole.

    Args:
        expected: the ``version`` on the screen; 0 where there was none.

    Raises:
        MayNot: it is not theirs to write.
        CannotKeep: something is both wished for and refused.
        ChangedMeanwhile: somebody else saved it.
    """
    for name in ("work.goals", "work.refusals", "work.demands"):
        check_may_write(by, name)
    if faults := list(_faults(values)):
        raise CannotKeep(faults)
    said = {name: _plain(value) for name, value in asdict(values).items()}
    return _keep(participant, said, expected=expected, action="keep_work_profile", by=by)


@transaction.atomic
def refuse_place(*, participant: Participant, place: UUID, by: Actor) -> None:
    """Keep that somebody has said no to a place; nobody asks why.

    Raises:
        MayNot: it is not theirs to write.
        ChangedMeanwhile: somebody else saved the profile at the same moment.
    """
    check_may_write(by, "work.refusals")
    there = profile_of(participant)
    refused = list(there.refused_places) if there else []
    if str(place) not in refused:
        _keep(
            participant,
            {"refused_places": [*refused, str(place)]},
            expected=there.version if there else 0,
            action="keep_work_profile",
            by=by,
        )


@transaction.atomic
def take_back_refusal(*, participant: Participant, place: UUID, by: Actor) -> None:
    """Take back that somebody has said no to a place; where nobody has, nothing happens.

    Raises:
        MayNot: it is not theirs to write.
        ChangedMeanwhile: somebody else saved the profile at the same moment.
    """
    check_may_write(by, "work.refusals")
    there = profile_of(participant)
    refused = list(there.refused_places) if there else []
    if there is not None and str(place) in refused:
        _keep(
            participant,
            {"refused_places": [each for each in refused if each != str(place)]},
            expected=there.version,
            action="keep_work_profile",
            by=by,
        )


@transaction.atomic
def keep_cv(
    *, participant: Participant, sections: Mapping[str, str], expected: int, by: Actor
) -> WorkProfile:
    """Store the text of a CV by section of ``CV_SECTIONS``; empty ones are left out.

    Raises:
        MayNot: it is not theirs to write.
        CannotKeep: a text holds an identity number, or is too long.
        ChangedMeanwhile: somebody else saved it.
    """
    check_may_write(by, "work.cv")
    faults = [
        Fault(name, text)
        for name in CV_SECTIONS
        if (text := fault_in_text(sections.get(name, ""), longest=LONGEST_SECTION))
    ]
    if faults:
        raise CannotKeep(faults)
    cv = {name: sections[name].strip() for name in CV_SECTIONS if sections.get(name, "").strip()}
    return _keep(participant, {"cv": cv}, expected=expected, action="keep_cv", by=by)


@transaction.atomic
def keep_consent(
    *, participant: Participant, consent: Consent, expected: int, today: date, by: Actor
) -> WorkProfile:
    """Store that the participant agrees that employers are shown the CV, or does so no more.

    Raises:
        MayNot: it is not theirs to write.
        CannotKeep: a day lies ahead, or it was taken back before it was given.
        ChangedMeanwhile: somebody else saved it.
    """
    check_may_write(by, "work.cv")
    given, withdrawn = consent.given_on, consent.withdrawn_on
    ahead = _("Dagen ligger fram i tid. Skriv dagen det ble sagt.")
    days = {"given_on": given, "withdrawn_on": withdrawn}
    if faults := [Fault(name, ahead) for name, day in days.items() if day and day > today]:
        raise CannotKeep(faults)
    if withdrawn and (given is None or withdrawn < given):
        text = _("Samtykket kan ikke trekkes før det ble gitt. Skriv en senere dag.")
        raise CannotKeep([Fault("withdrawn_on", text)])
    said = {"consented_on": given, "withdrawn_on": withdrawn}
    changes = {name: [None, str(day) if day else None] for name, day in said.items()}
    return _keep(
        participant, said, expected=expected, action="keep_cv_consent", changes=changes, by=by
    )


def consent_of(profile: WorkProfile | None) -> Consent:
    """Return what a profile says of consent."""
    return Consent(profile.consented_on, profile.withdrawn_on) if profile else Consent()


def fault_in_text(text: str, *, longest: int) -> str:
    """Say what is wrong with a text that employers may read; empty where nothing is."""
    if without_identity_numbers(text) != text:
        return _("Teksten har et fødselsnummer eller et annet ID-nummer i seg. Ta det bort.")
    if len(text) > longest:
        told = {"count": len(text), "most": longest}
        return _("Teksten er for lang: %(count)s tegn. Det er plass til %(most)s.") % told
    return ""


def _keep(
    participant: Participant,
    said: Mapping[str, Any],
    *,
    expected: int,
    action: str,
    by: Actor,
    changes: Mapping[str, Any] | None = None,
) -> WorkProfile:
    one_at_a_time(by)
    there = profile_of(participant)
    if (there.version if there else 0) != expected:
        raise ChangedMeanwhile(there or participant)
    if there is None or there.participant_id != participant.pk:
        kept = {} if there is None else _copied(there)
        there = WorkProfile.objects.create(
            municipality_id=participant.municipality_id,
            participant=participant,
            **{**kept, **said},
        )
    else:
        for name, value in said.items():
            setattr(there, name, value)
        there.save_version(expected=expected, fields=tuple(said))
    note(by, action=action, kind="participant", subject=participant.pk, changes=changes)
    return there


def _copied(there: WorkProfile) -> dict[str, Any]:
    """Give what a second's profile says: the person's own goes on from it."""
    left_out = {"id", "municipality", "version", "participant"}
    return {
        each.name: getattr(there, each.name)
        for each in there._meta.concrete_fields
        if each.name not in left_out
    }


def _faults(values: ProfileValues) -> Iterator[Fault]:
    both = set(values.wished_employers) & set(values.refused_employers)
    if both:
        text = _("En arbeidsgiver står både under ønsker og under nei. Velg ett av dem.")
        yield Fault("refused_employers", text)
    wanted = {values.goal, *values.wished_occupations} - {""}
    if wanted & set(values.refused_occupations):
        text = _("Et yrke står både som mål eller ønske og under nei. Velg ett av dem.")
        yield Fault("refused_occupations", text)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
