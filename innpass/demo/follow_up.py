"""Following up in the demo: visits held, booked and late, voices, contact, contracts; invented."""

from datetime import date, timedelta
from itertools import islice

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.follow_up import services
from innpass.casework.follow_up.cases import case_for
from innpass.casework.follow_up.contracts import contracts_seen_by
from innpass.casework.follow_up.services import Held, Lacking, Said, Terms
from innpass.casework.follow_up.stays import Followed, judged, with_names
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.domain.access.roles import Actor
from innpass.domain.following.contact import ContactWay
from innpass.domain.following.hiring import (
    CHECKED_AFTER,
    Closed,
    ContractKind,
    Helper,
    JobSeeking,
    Lack,
    Reply,
)
from innpass.domain.following.visits import VisitKind
from innpass.domain.following.voices import Answer, GivenBy, Interpreter, Speaker, Theme
from innpass.domain.periods import add_months

_DAY = timedelta(days=1)
_PARTICIPANT = Said(
    {
        Theme.WELLBEING: Answer.WELL,
        Theme.TASKS: Answer.WELL,
        Theme.LANGUAGE: Answer.PARTLY,
        Theme.SUPPORT: Answer.WELL,
        Theme.JOB: Answer.WELL,
    },
    text="Jeg liker kollegene. Jeg vil snakke mer norsk i pausene og lære kassa.",
    interpreter=Interpreter.WITH,
    given_in="ukrainsk",
)
_EMPLOYER = Said(
    {
        Theme.ATTENDANCE: Answer.WELL,
        Theme.TASKS: Answer.WELL,
        Theme.LANGUAGE: Answer.PARTLY,
        Theme.COOPERATION: Answer.WELL,
        Theme.JOB: Answer.PARTLY,
    },
    text="Møter alltid presis. Trenger mer norsk for å ta telefonen alene.",
)
_TEACHER = Said(
    {Theme.LANGUAGE: Answer.PARTLY},
    norwegian_text=(
        "Forstår beskjeder om kjente oppgaver. Vi øver på å be om hjelp og å gjenta beskjeder. "
        "Fagordene henger på kjøkkenveggen."
    ),
    given_by=GivenBy.OWN_HAND,
)
_KINDS = (ContractKind.PERMANENT, ContractKind.TEMPORARY, ContractKind.SUBSTITUTE)
_CONTRACTS, _ATTESTED = 12, 2


def write_following(*, on: date, by: Actor, teacher: Actor) -> None:
    """Let some at a workplace be followed well, and some wait.

    Args:
        by: the practice supervisor.
    """
    people = with_names([one for one in judged(by, on=on, own=None) if not one.has_contract])
    due = [one for one in people if one.stay.first_day + 20 * _DAY < on]
    for one, write in zip(due, (_heard, _half_heard, _booked), strict=False):
        write(one, on, by)
    for one in due[:1]:
        _language_visit(one, on, teacher)
    for one in people[3:5]:
        _call(one, on, by)
    _contracts(on=on, by=by)
    _attest(on=on, by=by)


def _case(one: Followed, *, by: Actor, on: date) -> PlacementCase:
    placement = Placement.objects.select_related("employer").get(pk=one.placement)
    return case_for(placement, by=by, on=on)


def _heard(one: Followed, on: date, by: Actor) -> None:
    """A visit in two voices, after which something is missing still and something no more."""
    case, day = _case(one, by=by, on=on), max(one.stay.first_day, on - 12 * _DAY)
    held = Held(
        day,
        told="Mer ansvar fra neste uke. Vi snakkes igjen når praksisen er to måneder.",
        internal="Leder vil ansette hvis budsjettet for høsten går i orden.",
    )
    voices = {Speaker.PARTICIPANT: _PARTICIPANT, Speaker.EMPLOYER: _EMPLOYER}
    visit = services.hold(case, VisitKind.EVALUATION, held, voices, by=by, on=on)
    person = Participant.objects.get(pk=one.participant)
    for lacking in (
        Lacking(
            Lack.NORWEGIAN, "ta telefonen alene", Helper.TEACHER, "Liv Solheim", on + 30 * _DAY
        ),
        Lacking(Lack.VACANCY, "svar om budsjettet", Helper.EMPLOYER, "", on - 2 * _DAY),
    ):
        services.name_missing(person, lacking, by=by, on=day, case=case, visit=visit)
    closed = services.name_missing(
        person,
        Lacking(Lack.POLICE_CERTIFICATE, "", Helper.PARTICIPANT, "", None),
        by=by,
        on=day,
        case=case,
        visit=visit,
    )
    services.close_missing(closed, Closed.DONE, text="Vist fram", by=by, on=on, expected=1)
    for kind, text, back in (
        (JobSeeking.APPLICATION, "Kafé Fjord", 9),
        (JobSeeking.INTERVIEW_TRAINING, "", 6),
        (JobSeeking.APPLICATION, "Vestby Dagligvare", 2),
    ):
        line = services.note_job_seeking(
            person,
            kind=kind,
            day=on - back * _DAY,
            employer=text,
            channel="arbeidsplassen.no" if text else "",
            text="",
            by=by,
            on=on,
        )
        if back == 9:
            services.note_reply(line, Reply.INTERVIEW, by=by, on=on, expected=1)


def _half_heard(one: Followed, on: date, by: Actor) -> None:
    """A visit at which the employer had no time."""
    case, day = _case(one, by=by, on=on), max(one.stay.first_day, on - 5 * _DAY)
    held = Held(day, told="Arbeidsgiveren svarer på sin egen side.")
    voices = {Speaker.PARTICIPANT: _PARTICIPANT}
    services.hold(case, VisitKind.EVALUATION, held, voices, by=by, on=on)


def _booked(one: Followed, on: date, by: Actor) -> None:
    services.book(_case(one, by=by, on=on), VisitKind.EVALUATION, on, by=by, on=on)


def _language_visit(one: Followed, on: date, teacher: Actor) -> None:
    case, day = _case(one, by=teacher, on=on), max(one.stay.first_day, on - 7 * _DAY)
    services.hold(
        case, VisitKind.LANGUAGE, Held(day), {Speaker.TEACHER: _TEACHER}, by=teacher, on=on
    )


def _call(one: Followed, on: date, by: Actor) -> None:
    services.note_contact(
        Participant.objects.get(pk=one.participant),
        way=ContactWay.PHONE,
        text="Går bra. Vil gjerne ha en dag til i uka.",
        day=max(one.stay.first_day, on - 4 * _DAY),
        by=by,
        on=on,
    )


def _contracts(*, on: date, by: Actor) -> None:
    """Note the latest contracts that the sheets tell of, and who was asked later."""
    placements = (
        Placement.objects.filter(
            contract__isnull=False, participant__is_protected=False, participant__absorbed_by=None
        )
        .select_related("participant", "employer")
        .order_by("-contract", "pk")
    )
    for at, placement in enumerate(placements[:_CONTRACTS]):
        if placement.employer is None or placement.contract is None:
            continue
        kind = _KINDS[at % len(_KINDS)]
        percent = (100, 80, 60, 50)[at % 4]
        terms = Terms(placement.employer.name, kind, percent, placement.contract)
        services.note_contract(placement.participant, terms, by=by, on=on)
    for at, contract in enumerate(contracts_seen_by(by)):
        if at % 3 == 0:
            continue  # nobody has asked
        for months in CHECKED_AFTER:
            if add_months(contract.first_day, months) > on:
                break
            is_there = at % 7 != 4 or months < max(CHECKED_AFTER)
            services.answer_check(contract, months, is_there=is_there, by=by, on=on)


def _attest(*, on: date, by: Actor) -> None:
    """Let one have an attest that is signed, and another a draft."""
    over = Placement.objects.filter(
        last_day__lt=on,
        first_day__isnull=False,
        contract__isnull=False,
        employer__isnull=False,
        row_id__isnull=False,
        participant__is_protected=False,
    )
    rows = over.select_related("employer", "participant").order_by("-last_day", "pk")
    for at, placement in enumerate(islice(rows, _ATTESTED)):
        draft = services.start_attest(case_for(placement, by=by, on=on), by=by, on=on)
        saved = services.save_attest(
            draft,
            tasks="Dekke bord, vaske opp og rydde\nHandle inn sammen med en kollega",
            learned="Hygiene på kjøkkenet\nÅ ta imot beskjeder på norsk",
            words="En pålitelig kollega som lærer fort.",
            by=by,
            on=on,
            expected=1,
        )
        if at == 0:
            services.sign_attest(
                saved,
                name="Leder ved enheten",
                day=on,
                is_on_paper=True,
                is_archived=True,
                by=by,
                on=on,
                expected=2,
            )
