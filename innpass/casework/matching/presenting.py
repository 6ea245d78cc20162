"""Presenting a participant to an employer: a text by version, and what was sent to whom."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import owner_id, told_of
from innpass.casework.agreements.refusing import Refused
from innpass.casework.agreements.services import take_step
from innpass.casework.employers.occupations import occupations, title_of
from innpass.casework.employers.queries import contacts_at
from innpass.casework.matching.models import Presentation, Presented, WorkProfile
from innpass.casework.matching.people import seekers
from innpass.casework.matching.profiles import Consent, consent_of, fault_in_text, profiles_of
from innpass.casework.matching.weeks import WORKING_DAYS, usual_start
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import owner_of
from innpass.casework.timetable.keeping import DAYS, CannotKeep, Fault, note, one_at_a_time
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.linking.names import fold
from innpass.domain.matching.sentences import listed
from innpass.domain.periods import IsoWeek
from innpass.domain.placing.demands import DEMAND_NAMES
from innpass.domain.placing.states import Step

LONGEST_TEXT = 6000


class NameShown(StrEnum):
    """How much of the name a text may hold."""

    FIRST = "first"
    FULL = "full"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the text, and to whom it was sent."""

    presentation: Presentation
    sendings: tuple[Presented, ...]


def versions_of(case: PlacementCase) -> tuple[Version, ...]:
    """Return the versions of a case's text, the latest first. Two queries."""
    rows = Presentation.objects.filter(case=case).select_related("written_by")
    rows = rows.prefetch_related("sendings__sent_by").order_by("-number")
    return tuple(
        Version(each, tuple(sorted(each.sendings.all(), key=lambda one: (one.sent_on, one.pk))))
        for each in rows
    )


def recipients_of(case: PlacementCase, *, on: date) -> list[str]:
    """Return who at the employer can be written to, by role. One query."""
    people = contacts_at([case.employer_id], on=on).get(case.employer_id, ())
    named = [", ".join(filter(None, (each.name, each.email or each.phone))) for each in people]
    return list(dict.fromkeys(named))


def names_allowed(person: Participant) -> tuple[NameShown, ...]:
    """Return how much of the name may be told; of somebody protected nothing."""
    return (NameShown.NONE,) if owner_of(person).is_protected else tuple(NameShown)


def suggest(
    case: PlacementCase, *, shows: NameShown, on: date, by_name: str, reach: str = ""
) -> str:
    """Write a text from what is known: level, goal, experience, days. The adviser edits it.

    Args:
        by_name: of whoever presents; ``reach`` is phone and e-mail, to stand below the name.
    """
    person = owner_of(case.participant)
    pk = owner_id(case)
    monday = usual_start(on)
    seeker = seekers([pk], monday=monday)[pk]
    titles = occupations()
    who = _called(person, shows)
    place = case.place.name if case.place else _("praksis")
    lines = [
        _("Hei!"),
        _("Vi vil gjerne presentere %(who)s for %(employer)s. Det gjelder %(place)s.")
        % {"who": who, "employer": case.employer.name, "place": place},
    ]
    about = []
    subject = who[:1].upper() + who[1:]
    if seeker.level:
        level = {"who": subject, "level": seeker.level.name}
        about.append(_("%(who)s snakker og forstår norsk på nivå %(level)s.") % level)
    if seeker.goal:
        goal = {"goal": title_of(seeker.goal, titles).lower()}
        about.append(_("Yrkesmålet er %(goal)s.") % goal)
    if seeker.experience:
        done = listed([title_of(each, titles).lower() for each in sorted(seeker.experience)])
        about.append(_("Erfaring fra før: %(done)s.") % {"done": done})
    if about:
        lines.append(" ".join(about))
    days = sorted({window.day for window in seeker.free or ()} & set(WORKING_DAYS))
    if days:
        told = {"days": listed([DAYS[day] for day in days]), "week": IsoWeek.of(monday).number}
        lines.append(_("Dager som kan passe: %(days)s, fra uke %(week)s.") % told)
    wanted = set(case.place.demands) if case.place else set()
    if met := [name for each, name in DEMAND_NAMES.items() if each in seeker.demands_met & wanted]:
        lines.append(_("Dette er på plass: %(names)s.") % {"names": listed(met)})
    lines.append(
        _(
            "Kommunen har ansvaret for avtalen og følger opp underveis. Har dere tid til et kort "
            "møte, så blir vi med."
        )
    )
    greeting = _("Vennlig hilsen %(name)s") % {"name": by_name}
    lines.append("\n".join(filter(None, (greeting, reach))))
    return "\n\n".join(lines)


def _called(person: Participant, shows: NameShown) -> str:
    if shows is NameShown.NONE or person.is_protected:
        return _("en deltaker i introduksjonsprogrammet")
    first = person.given_name or person.name.partition(" ")[0]
    return person.name if shows is NameShown.FULL else first


@transaction.atomic
def write(
    case: PlacementCase, text: str, *, shows: NameShown, expected: int, by: Actor
) -> Presentation:
    """Keep a text as a new version.

    Args:
        shows: how much of the name may stand in it.
        expected: the number of the latest version on the screen; 0 where there was none.

    Raises:
        MayNot: it is not theirs to write.
        CannotKeep: it is empty or too long, holds an identity number, or a name it may not.
        ChangedMeanwhile: somebody else has written a version.
    """
    check_may_write(by, "match.presentation")
    one_at_a_time(by)
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if why := _wrong(text, case.participant, shows):
        raise CannotKeep([Fault("text", why)])
    latest = _latest_of(case)
    last = latest.number if latest else 0
    if last != expected:
        raise ChangedMeanwhile(latest or case)
    made: Presentation = Presentation.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        number=last + 1,
        text=text,
        written_by_id=by.user_id,
    )
    changes = {"case": [None, str(case.pk)], "number": [last or None, made.number]}
    note(
        by,
        action="write_presentation",
        kind="participant",
        subject=owner_id(case),
        changes=changes,
    )
    return made


def _wrong(text: str, person: Participant, shows: NameShown) -> str:
    if not text:
        return _("Skriv en tekst.")
    if fault := fault_in_text(text, longest=LONGEST_TEXT):
        return fault
    words, owner = set(fold(text)), owner_of(person)
    name = set(fold(owner.name)) | set(fold(person.name))
    if owner.is_protected and words & name:
        return _("Deltakeren har adressesperre. Ta navnet bort fra teksten.")
    if shows is not NameShown.FULL and words & (_family_name(owner) | _family_name(person)):
        return _("Etternavnet står i teksten. Ta det bort, eller velg å vise hele navnet.")
    if shows is NameShown.NONE and words & name:
        return _("Navnet står i teksten. Ta det bort, eller velg å vise fornavnet.")
    return ""


def _family_name(person: Participant) -> set[str]:
    given = set(fold(person.given_name)) or set(fold(person.name.partition(" ")[0]))
    family = person.family_name or person.name.partition(" ")[2]
    return {word for word in fold(family) if len(word) > 1} - given


@transaction.atomic
def send(
    presentation: Presentation,
    *,
    recipient: str,
    on: date,
    today: date,
    with_cv: bool,
    by: Actor,
) -> Presented:
    """Note that a version goes to somebody at the employer, and that the case is presented.

    Whether the participant agrees that the CV goes along is read now, not when the page was drawn.
    What is sent to the same one on the same day twice, as by a second click, is noted once.

    Raises:
        MayNot: it is not theirs to write.
        ChangedMeanwhile: a later version was written.
        CannotKeep: nobody is named, the day is to come, the participant does not agree (any more)
            that the CV is shown, or the case is not where anybody is presented.
    """
    check_may_write(by, "match.presentation")
    one_at_a_time(by)
    case = presentation.case
    if (latest := _latest_of(case)) is not None and latest.number != presentation.number:
        raise ChangedMeanwhile(latest)
    faults = []
    recipient = " ".join(recipient.split())
    if not recipient:
        faults.append(Fault("recipient", _("Skriv hvem hos arbeidsgiveren det sendes til.")))
    elif fault := fault_in_text(recipient, longest=200):
        faults.append(Fault("recipient", fault))
    if on > today:
        text = _("Dagen er ikke kommet ennå. Før det når det er sendt.")
        faults.append(Fault("sent_on", text))
    profile = profiles_of([owner_id(case)]).get(owner_id(case))
    if with_cv and (why := _why_no_cv(owner_of(case.participant), consent_of(profile), profile)):
        faults.append(Fault("with_cv", why))
    if faults:
        raise CannotKeep(faults)
    if twice := presentation.sendings.filter(
        recipient=recipient, sent_on=on, with_cv=with_cv
    ).first():
        again: Presented = twice
        return again
    made: Presented = Presented.objects.create(
        municipality_id=case.municipality_id,
        presentation=presentation,
        recipient=recipient,
        sent_on=on,
        sent_by_id=by.user_id,
        with_cv=with_cv,
        cv=dict(profile.cv) if with_cv and profile else {},
    )
    if Step.PRESENTED not in told_of([case])[case.pk].steps:
        try:
            take_step(case, Step.PRESENTED, on=on, by=by, today=today)
        except Refused as no:
            raise CannotKeep([Fault("", each.text) for each in no.faults]) from no
    changes = {"case": [None, str(case.pk)], "with_cv": [None, with_cv]}
    note(
        by,
        action="send_presentation",
        kind="participant",
        subject=owner_id(case),
        changes=changes,
    )
    return made


def _latest_of(case: PlacementCase) -> Presentation | None:
    found: Presentation | None = Presentation.objects.filter(case=case).order_by("-number").first()
    if found is not None:
        found.version = found.number  # rows never change: it is the number that screens hold
    return found


def _why_no_cv(person: Participant, consent: Consent, profile: WorkProfile | None) -> str:
    if person.is_protected:
        return _("Deltakeren har adressesperre. CV-en kan ikke sendes.")
    if consent.given_on is None:
        return _("Deltakeren har ikke samtykket til at CV-en vises. Send uten CV, eller spør.")
    if consent.withdrawn_on is not None:
        told = {"day": f"{consent.withdrawn_on:%d.%m.%Y}"}
        return _("Deltakeren trakk samtykket %(day)s. Send uten CV.") % told
    if profile is None or not profile.cv:
        return _("CV-en er tom. Skriv den først, eller send uten.")
    return ""


def find_sending(case: PlacementCase, pk: str) -> Presented | None:
    """Return what was sent, with the text; ``None`` where nothing such was."""
    rows = Presented.objects.filter(presentation__case=case).select_related(
        "presentation", "sent_by"
    )
    return next((each for each in rows if str(each.pk) == pk), None)
