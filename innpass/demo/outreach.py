"""Campaigns, meetings, dialogue and a bulk offer of the demo, and the places that came of them.

The chief executive's call of June 2023 went to all units; a new one waits for answers.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from innpass.casework.accounts.models import User
from innpass.casework.employers.models import PracticePlace
from innpass.casework.organisations.queries import actor_for
from innpass.casework.outreach.campaign_figures import asked
from innpass.casework.outreach.campaigns import (
    Reply,
    add_recipients,
    close_campaign,
    mark_sent,
    note_reply,
    save_campaign,
)
from innpass.casework.outreach.dialogue import note_dialogue
from innpass.casework.outreach.meetings import (
    invite,
    note_came,
    note_coming,
    note_feedback,
    save_meeting,
)
from innpass.casework.outreach.models import Campaign, EmployerMeeting
from innpass.casework.outreach.offering import PlaceTemplate, offer_in_bulk
from innpass.casework.outreach.queries import known_employers
from innpass.casework.placements.models import Employer, Placement
from innpass.domain.access.roles import Actor

_CALL = """Kjære virksomhetsleder

Kommunen skal bosette og kvalifisere flere flyktninger enn noen gang. Vi er byens største \
arbeidsgiver. Derfor ber jeg alle virksomheter om å ta imot minst én deltaker i praksis.

Praksisen varer som regel i tre måneder, to til tre dager i uka. Deltakeren har en fast \
praksisveileder, og dere får besøk etter fire uker. Norskopplæringen fortsetter ved siden av.

Svar med hvor mange plasser dere kan tilby, og hva deltakeren kan gjøre hos dere."""
_AUTUMN = """Hei

I august begynner et nytt kull på norskkurs med tre dager skole og to dager praksis. Vi trenger \
plasser fra 17. august, helst torsdag og fredag.

Kan dere ta imot én eller flere? Ring gjerne hvis dere lurer på noe."""
_REMINDER = "Vi har ikke hørt fra dere, og spør igjen.\n\n"

Answered = tuple[str, int | None, str, str, str]  # what, seats, why not, what they wrote, who
_ANSWERS: tuple[Answered, ...] = (
    ("yes", 2, "", "Tar gjerne to, helst etter sommeren.", "virksomhetsleder"),
    ("yes", 1, "", "", "virksomhetsleder"),
    ("no", None, "no_capacity", "Har tre vikarer til opplæring nå.", "avdelingsleder"),
    ("yes", 1, "", "Vil møte deltakeren først.", "fagleder"),
    ("later", None, "", "Spør igjen når turnusen er lagt.", "virksomhetsleder"),
    ("", None, "", "", ""),
    ("yes", 3, "", "Kan ta én på hver avdeling.", "virksomhetsleder"),
    ("no", None, "language", "Trenger norsk på B1 i telefonen.", "avdelingsleder"),
    ("", None, "", "", ""),
    ("yes", 1, "", "", "fagleder"),
    ("", None, "", "", ""),
    ("later", None, "", "Flytter til nytt bygg i høst.", "virksomhetsleder"),
    ("no", None, "demands", "Krever førerkort i tjenesten.", "avdelingsleder"),
)
_PLACES = (
    (("barnehage",), "Assistent på avdeling"),
    (("skole",), "Assistent i SFO"),
    (("bo- og aktivitetssenter",), "Assistent på postkjøkken og i stell"),
    (("hjemmetjenesten",), "Medhjelper i hjemmetjenesten"),
    (("renhold", "rene rom"), "Renholder"),
    (("kantina", "havnekafeen", "mat"), "Kjøkkenassistent"),
    (("park", "gartneri"), "Medhjelper ute"),
)
_LINES = (
    ("call", "Ringte om plass til høsten. Leder vil ta det opp på mandagsmøtet."),
    ("visit", "Var innom og så på arbeidsoppgavene. God stemning, de har en fast fadder."),
    ("email", "Sendte informasjon om tilskuddsordningene."),
    ("call", "De er fornøyde og vil gjerne ha en til fra august."),
    ("meeting", "Møte med leder og tillitsvalgt om opplæring på avdelingen."),
    ("call", "Ingen ledig fadder før ferien. Ringer igjen i august."),
    ("visit", "Viste oss rundt. Trenger politiattest før oppstart."),
    ("email", "Spurte om de kan ta imot på torsdager i stedet for fredager."),
    ("call", "Ny leder fra 1. mai. Forklarte ordningen på nytt."),
    ("meeting", "Gikk gjennom hva som skal til for at praksis blir jobb."),
)
_WRITERS = ("ingrid", "per", "ingrid", "kari", "odd")
_DAYS_BACK = (2, 5, 8, 9, 13, 16, 20, 24, 29, 33, 38, 44, 51, 60, 72, 85, 99, 118, 140, 171)
_LINES_IN_ALL, _TALKED_WITH = 40, 27
_USEFUL = (
    ("very", "place", "Nyttig å høre fra andre avdelinger som har prøvd.", 1),
    ("very", "know_more", "Vil gjerne ha en mal for den første uka.", 0),
    ("somewhat", "visit", "Ønsker besøk av praksisveileder.", 0),
    ("very", "nothing", "", 0),
    ("somewhat", "place", "Kan tilby en plass på lager.", 1),
    ("little", "nothing", "Passer dårlig midt på dagen.", 0),
)


def write_outreach(*, on: date, by: Actor) -> None:
    """Write what was asked, answered, said and offered until a day."""
    units = list(known_employers(by, on=on).filter(kind="municipal").order_by("area", "name"))
    firms = list(known_employers(by, on=on).filter(kind="private").order_by("name"))
    _call_of_2023(units, on=on, by=by)
    _call_of_this_summer(units, on=on, by=by)
    _lunch(units, on=on, by=by)
    _breakfasts(firms, on=on, by=by)
    _cleaning(units, on=on, by=by)
    _talk([*units[::3], *firms[::4]][:_TALKED_WITH], on=on)


def _call_of_2023(units: list[Employer], *, on: date, by: Actor) -> None:
    sent, again = date(2023, 6, 12), date(2023, 6, 26)
    call = _campaign(
        "Kommunedirektørens oppfordring juni 2023",
        "Kommunedirektør Astrid Fjeld",
        _CALL,
        date(2023, 6, 23),
        by,
    )
    then = set(Placement.objects.values_list("employer", flat=True))  # others came later
    add_recipients(call, [each.pk for each in units if each.pk in then], by=by, on=on)
    _send(call, sent, by=by, on=on)
    answers = [_ANSWERS[at % len(_ANSWERS)] for at in range(len(units))]
    _answer(call, answers, first=sent + timedelta(days=2), by=by, on=on)
    _send(call, again, is_reminder=True, by=by, on=on)
    late: list[Answered] = [("yes", 1, "", "Beklager at det tok tid.", "virksomhetsleder")] * 4
    _answer(call, late, first=again + timedelta(days=3), by=by, on=on)
    close_campaign(call, by=by, on=date(2023, 9, 1))
    # What was offered then has been asked about since; some offers have ended.
    came = PracticePlace.objects.filter(origin__recipient__campaign=call).order_by("name", "pk")
    for at, place in enumerate(came):
        place.confirmed_on = on - timedelta(days=(12, 40, 65, 96, 130)[at % 5])
        place.offered_until = date(2025, 6, 20) if at % 4 == 3 else None
        place.save(update_fields=["confirmed_on", "offered_until"])


def _call_of_this_summer(units: list[Employer], *, on: date, by: Actor) -> None:
    call = _campaign(
        f"Plasser til høsten {on.year}",
        "Flyktningtjenesten",
        _AUTUMN,
        on - timedelta(days=4),
        by,
    )
    wanted = [
        each
        for each in units
        if "barnehage" in each.name or "senter" in each.name or "Renhold" in each.name
    ]
    add_recipients(call, [each.pk for each in wanted], by=by, on=on)
    _send(call, on - timedelta(days=22), by=by, on=on)
    _answer(call, _ANSWERS[:5] + _ANSWERS[6:], first=on - timedelta(days=20), by=by, on=on)


def _campaign(name: str, sender: str, text: str, reply_by: date, by: Actor) -> Campaign:
    return save_campaign(
        values={
            "name": name,
            "sender": sender,
            "text": text,
            "reply_by": reply_by,
            "remind_after_days": 10,
        },
        by=by,
    )


def _send(call: Campaign, day: date, *, by: Actor, on: date, is_reminder: bool = False) -> None:
    silent = [one.recipient.pk for one in asked(call) if not one.recipient.answer]
    mark_sent(
        call,
        silent,
        text=_REMINDER + call.text if is_reminder else call.text,
        channel="letter",
        on=day,
        is_reminder=is_reminder,
        by=by,
        today=on,
    )


def _answer(
    call: Campaign,
    answers: Sequence[Answered],
    *,
    first: date,
    by: Actor,
    on: date,
) -> None:
    silent = [one.recipient for one in asked(call) if not one.recipient.answer]
    for at, (recipient, (answer, seats, reason, text, who)) in enumerate(
        zip(silent, answers, strict=False)
    ):
        if not answer:
            continue
        reply = Reply(
            answer=answer,
            seats=seats,
            reason=reason,
            text=text,
            answered_by=who,
            answered_on=min(first + timedelta(days=at % 9), on),
            channel="email" if at % 3 else "phone",
            place_name=_place_at(recipient.employer.name),
        )
        note_reply(recipient, reply, by=by, today=on, expected=recipient.version)


def _place_at(name: str) -> str:
    lower = name.casefold()
    return next(
        (place for words, place in _PLACES if any(word in lower for word in words)),
        "Medhjelper",
    )


def _lunch(units: list[Employer], *, on: date, by: Actor) -> None:
    meeting = _meeting(
        "Samhandlingslunsj for kommunale enheter",
        "lunch",
        _weekday(on - timedelta(days=40)),
        (11 * 60 + 30, 13 * 60),
        "Rådhuset, kantina",
        "Tre enheter forteller om deltakere som har fått jobb. Spørsmål om oppfølging og norsk.",
        by,
    )
    _hold(meeting, units[1::4], on=on, by=by)


def _breakfasts(firms: list[Employer], *, on: date, by: Actor) -> None:
    held = _meeting(
        "Frokostmøte om praksis og lønnstilskudd",
        "breakfast",
        _weekday(on - timedelta(days=75)),
        (8 * 60, 9 * 60 + 30),
        "Næringsforeningen",
        "Nav forteller om tilskudd og mentor. To bedrifter forteller om egne erfaringer.",
        by,
    )
    _hold(held, firms[::2], on=on, by=by)
    coming = _meeting(
        "Frokostmøte i september",
        "breakfast",
        _weekday(on + timedelta(days=65)),
        (8 * 60, 9 * 60 + 30),
        "Havnekafeen",
        "",
        by,
    )
    invite(coming, [each.pk for each in firms[1::2]], by=by, on=on - timedelta(days=6))
    rows = coming.invitations.select_related("employer").order_by("employer__name")
    for at, row in enumerate(rows):
        if at % 3 != 2:
            note_coming(
                row, answer="yes" if at % 4 else "no", coming=1, by=by, expected=row.version
            )


def _weekday(day: date) -> date:
    """Return the Thursday of a day's week."""
    return day + timedelta(days=3 - day.weekday())


def _meeting(
    name: str, kind: str, day: date, time: tuple[int, int], place: str, text: str, by: Actor
) -> EmployerMeeting:
    start, end = time
    return save_meeting(
        values={
            "name": name,
            "kind": kind,
            "day": day,
            "start": start,
            "end": end,
            "place": place,
            "text": text,
        },
        by=by,
    )


def _hold(meeting: EmployerMeeting, invited: list[Employer], *, on: date, by: Actor) -> None:
    invite(meeting, [each.pk for each in invited], by=by, on=meeting.day - timedelta(days=21))
    rows = list(meeting.invitations.select_related("employer").order_by("employer__name"))
    for at, row in enumerate(rows):
        answer = ("yes", "yes", "no", "yes", "")[at % 5]
        if answer:
            note_coming(
                row,
                answer=answer,
                coming=1 + at % 2,
                who="Virksomhetsleder" if answer == "yes" else "",
                by=by,
                expected=row.version,
            )
    came = {row.pk: row.answer == "yes" and at % 7 != 6 for at, row in enumerate(rows)}
    note_came(meeting, came, by=by, today=on)
    heard = meeting.invitations.filter(came=True).select_related("employer", "meeting")
    for row, (usefulness, wish, text, seats) in zip(
        heard.order_by("employer__name"), _USEFUL, strict=False
    ):
        name = _place_at(row.employer.name)
        note_feedback(
            row,
            usefulness=usefulness,
            wish=wish,
            feedback=text,
            template=PlaceTemplate(seats=seats, name=name) if seats else None,
            by=by,
            today=on,
            expected=row.version,
        )


def _cleaning(units: list[Employer], *, on: date, by: Actor) -> None:
    cleaning = [each.pk for each in units if each.name.startswith("Renhold")]
    if not cleaning:
        return
    offer_in_bulk(
        name="Ti plasser på renhold",
        text="Med opplæring i fire uker, og jobb som vikar for dem som vil.",
        employers=cleaning,
        template=PlaceTemplate(
            seats=10 // len(cleaning),
            name="Renholder med opplæring",
            tasks="Renhold i skoler og barnehager, to og to sammen.",
            can_learn="Renholdsplaner, maskiner og hygiene.",
            language_at_start="A1",
            start=7 * 60,
            end=14 * 60,
        ),
        by=by,
        on=on - timedelta(days=33),
    )


def _talk(employers: list[Employer], *, on: date) -> None:
    """Write lines of the dialogue by several writers; some are talked with more than once."""
    writers = {
        user.username: found[0]
        for user in User.objects.filter(username__in=_WRITERS)
        if (found := actor_for(user, on=on))
    }
    for at in range(_LINES_IN_ALL if employers else 0):
        writer = writers.get(_WRITERS[at % len(_WRITERS)])
        if writer is None:
            continue
        kind, text = _LINES[at % len(_LINES)]
        note_dialogue(
            employer_id=employers[at * 5 % len(employers)].pk,
            kind=kind,
            text=text,
            on=on - timedelta(days=_DAYS_BACK[at % len(_DAYS_BACK)] + at // len(_DAYS_BACK)),
            today=on,
            by=writer,
        )
