"""The demo's placement cases: some at every state, and those of the sheets; invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from innpass.casework.agreements import services
from innpass.casework.agreements.judging import cases_named, judge
from innpass.casework.agreements.listing import without_case
from innpass.casework.agreements.models import AgreementVersion, PlacementCase, StandardTerms
from innpass.casework.agreements.queries import told_of
from innpass.casework.agreements.refusing import Refused
from innpass.casework.agreements.signing import named_for
from innpass.casework.employers.models import PracticePlace
from innpass.casework.employers.queries import places_offered
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Given, Ground, Party, VersionKind, Way
from innpass.domain.placing.demands import Demand
from innpass.domain.placing.states import CaseKind, Initiative, Outcome, Step
from innpass.domain.placing.terms import proposal

_ALL = (Party.PARTICIPANT, Party.EMPLOYER, Party.SUPERVISOR)
_SAID = {
    Step.PRESENTED: "Lederen vil gjerne møte deltakeren. Ringer tilbake innen fredag.",
    Step.INTERVIEW_PREPARED: "Gikk gjennom vanlige spørsmål og veien dit.",
    Step.FIRST_MEETING: "Hyggelig møte. De ble enige om tre måneder, tre dager i uka.",
}
_LONG_REASON = "Programmet er ventet forlenget."  # kept only where an agreement is long
_PAPER = b"%PDF-1.4\n% Oppdiktet skann av en underskrevet avtale.\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class _Story:
    """How far a case is to come.

    Attributes:
        steps: how many of the steps have been taken.
        signed: by whom, in order; ``None`` where no agreement is written.
        begins: days from today to the first day.
        ends: how it ended: outcome, whose initiative, reason; what the participant is told.
    """

    steps: int = 0
    signed: tuple[Party, ...] | None = None
    begins: int = 14
    ends: tuple[Outcome, Initiative, str, str] | None = None

    def agreed_on(self, on: date) -> date:
        """Return the day before which everything up to the agreement happens."""
        return on if self.signed is None else on + timedelta(days=min(0, self.begins) - 2)


_STORIES = (
    _Story(),
    _Story(),
    _Story(steps=1),
    _Story(steps=1),
    _Story(steps=2),
    _Story(steps=2),
    _Story(steps=3),
    _Story(steps=3, signed=()),
    _Story(steps=3, signed=(Party.PARTICIPANT,)),
    _Story(steps=3, signed=(Party.PARTICIPANT, Party.EMPLOYER)),
    _Story(steps=3, signed=_ALL),
    _Story(steps=3, signed=_ALL, begins=-8),
    # Long enough there to be visited; whether somebody was is told in ``follow_up``.
    _Story(steps=3, signed=_ALL, begins=-24),
    _Story(steps=3, signed=_ALL, begins=-31),
    _Story(steps=3, signed=_ALL, begins=-45),
    _Story(steps=3, signed=_ALL, begins=-52),
    _Story(steps=3, signed=_ALL, begins=-66),
    _Story(
        steps=1,
        ends=(
            Outcome.NOT_STARTED,
            Initiative.EMPLOYER,
            "language_too_low",
            "Stedet ville ha mer norsk nå. Vi spør igjen til høsten.",
        ),
    ),
    _Story(
        steps=2,
        ends=(
            Outcome.NOT_STARTED,
            Initiative.PARTICIPANT,
            "other_place_found",
            "Du fikk plassen du helst ville ha.",
        ),
    ),
)


def write_cases(*, on: date, by: Actor) -> None:
    """Make cases of the placements that the sheets tell of, and some on their way to an agreement.

    Args:
        by: the practice supervisor.
    """
    StandardTerms.objects.create(
        municipality_id=by.municipality_id,
        holds_from=on - timedelta(days=365),
        organisation_number="319990003",  # of the series that the register keeps for tests
        unit="Flyktningtjenesten",
        texts=dict(proposal().texts),
    )
    services.adopt(without_case(by, on=on), by=by, on=on)
    found = _pairs(on)
    for story in _STORIES:
        for person, place in found:
            try:
                case = _propose(person, place, story, on=on, by=by)
            except Refused:
                continue
            _tell(case, story, on=on, by=by)
            break
    _extend_one(on=on, by=by)


def _pairs(on: date) -> Iterator[tuple[Participant, PracticePlace]]:
    """Yield people who are in the programme and at no workplace, each with a place."""
    placed = Placement.objects.exclude(last_day__lt=on).values("participant")
    people = (
        Participant.objects.filter(
            absorbed_by=None,
            is_protected=False,
            enrolment__actual_last_day=None,
            enrolment__first_day__lte=on,
            placement_cases=None,
        )
        .exclude(pk__in=placed)
        .order_by("folded_name", "pk")
    )
    return zip(people, places_offered(on)[2::3], strict=False)


def _propose(
    person: Participant, place: PracticePlace, story: _Story, *, on: date, by: Actor
) -> PlacementCase:
    is_private = place.employer.kind == "private"
    return services.propose(
        person,
        place.employer,
        place=place,
        kind=CaseKind.PRIVATE_PRACTICE if is_private else CaseKind.MUNICIPAL_PRACTICE,
        by=by,
        on=story.agreed_on(on) - timedelta(days=10 + 7 * story.steps),
    )


def _tell(case: PlacementCase, story: _Story, *, on: date, by: Actor) -> None:
    for at, step in enumerate(list(Step)[: story.steps]):
        day = story.agreed_on(on) - timedelta(days=7 * (story.steps - at))
        services.take_step(case, step, on=day, by=by, today=on, text=_SAID[step])
    if story.signed is not None:
        try:
            _agree(case, story, on=on, by=by)
        except Refused:
            return
    if story.ends is not None:
        outcome, initiative, reason, told = story.ends
        services.end_case(
            case,
            outcome=outcome,
            initiative=initiative,
            reason=reason,
            last_day=on - timedelta(days=3),
            told=told,
            by=by,
            on=on,
        )


def _agree(case: PlacementCase, story: _Story, *, on: date, by: Actor) -> None:
    first = on + timedelta(days=story.begins)
    made_on = story.agreed_on(on)
    case = PlacementCase.objects.select_related("participant", "employer", "place").get(pk=case.pk)
    told = told_of([case])[case.pk]
    begun = services.suggested(case, told, on=first)
    content = services.Content(
        first_day=first,
        last_day=begun.last_day,
        days=begun.days[:3],
        place=begun.place,
        tasks=begun.tasks,
        goals=begun.goals,
        follow_up="Praksisveilederen kommer etter fire uker, og ellers når noen ber om det.",
        contacts=begun.contacts,
        long_reason=_LONG_REASON,
    )
    version = services.make_version(case, content, kind=VersionKind.MADE, by=by, on=made_on)
    if Party.SUPERVISOR in (story.signed or ()):
        services.give_expectations(
            case, given_on=made_on, how=Given.INTERPRETER, language="arabisk", by=by, today=on
        )
        for code in case.place.demands if case.place else ():
            services.see_demand(case, Demand(code), seen_on=made_on, by=by, today=on)
    for at, party in enumerate(story.signed or ()):
        way = (Way.AT_TABLE, Way.ON_PAPER, Way.AT_TABLE)[at]
        services.sign(
            version,
            party,
            way=way,
            name=_signer(version, party, by),
            signed_on=made_on,
            by=by,
            on=made_on,
            scan=_PAPER if way is Way.ON_PAPER else None,
        )


def _signer(version: AgreementVersion, party: Party, by: Actor) -> str:
    named = named_for(version.case, version, party)
    return named or (by.name if party is Party.SUPERVISOR else "Leder ved enheten")


def _extend_one(*, on: date, by: Actor) -> None:
    """Let an agreement that came with a sheet be written, and wait, signed on behalf of one."""
    left = [each.case for each in judge(by, on=on, is_own=True).stands if each.days_left]
    cases = cases_named(left)
    told = told_of(list(cases.values()))
    for case in (cases[pk] for pk in left):
        if told[case.pk].placement is None or told[case.pk].latest is not None:
            continue
        begun = services.suggested(case, told[case.pk], on=on)
        content = services.Content(
            first_day=begun.first_day,
            last_day=begun.last_day + timedelta(days=28),
            days=begun.days[:3],
            tasks="Det samme som før.",
            goals=("job_there", "language"),
            contacts=begun.contacts,
            long_reason=_LONG_REASON,
        )
        try:
            version = services.make_version(case, content, kind=VersionKind.MADE, by=by, on=on)
            services.sign(
                version,
                Party.EMPLOYER,
                way=Way.ON_BEHALF,
                ground=Ground.SAID_BY_PHONE,
                name=_signer(version, Party.EMPLOYER, by),
                signed_on=on,
                by=by,
                on=on,
            )
        except Refused:
            continue
        return
