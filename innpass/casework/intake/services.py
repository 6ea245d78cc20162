"""Writing terms: the term itself, who is in it, and where each is placed at the learning centre."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from innpass.casework.audit import services as audit
from innpass.casework.intake.inviting import withdraw
from innpass.casework.intake.models import Intake, IntakeTerm
from innpass.casework.intake.queries import (
    Member,
    in_classes,
    intakes,
    likely,
    owner_of,
)
from innpass.casework.intake.refusing import Refused, refused
from innpass.casework.intake.retention import review_day
from innpass.casework.participants.models import Participant
from innpass.casework.participants.queries import family_of
from innpass.casework.timetable.models import TeachingGroup
from innpass.domain.access.policy import check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.intake.reasons import reason as reason_of
from innpass.domain.intake.sentences import render
from innpass.domain.sheets.typed import as_text

TERM_VALUES = (
    *("name", "first_day", "cut_off", "smallest_group", "largest_group", "session_minutes"),
)
DESCRIBED = ("language", "needs_interpreter", "child_care")


@transaction.atomic
def save_term(
    *, values: Mapping[str, Any], by: Actor, term: IntakeTerm | None = None, expected: int = 0
) -> IntakeTerm:
    """Make a term, or change one.

    Args:
        values: by the names of ``TERM_VALUES``.
        expected: the ``version`` of the term that was on the screen.

    Raises:
        MayNot: terms are not theirs to write.
        Refused: another term has that name.
        ChangedMeanwhile: somebody else saved the term.
    """
    check_may_write(by, "intake.term")
    same = IntakeTerm.objects.filter(name=values["name"])
    if same.exclude(pk=term.pk if term else None).exists():
        raise refused("name_taken", name=values["name"])
    if term is None:
        try:
            with transaction.atomic():
                term = IntakeTerm.objects.create(
                    municipality_id=by.municipality_id,
                    keep_until=review_day(values["first_day"]),
                    **values,
                )
        except IntegrityError:
            raise refused("name_taken", name=values["name"]) from None
        changed = sorted(values)
    else:
        changed = sorted(name for name in values if getattr(term, name) != values[name])
        is_as_usual = term.keep_until == review_day(term.first_day)
        for name in changed:
            setattr(term, name, values[name])
        if is_as_usual:
            term.keep_until = review_day(term.first_day)
        term.save_version(expected=expected, fields=(*changed, "keep_until"))
    audit.record(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action="save_intake_term",
        subject_kind="intake_term",
        subject_id=term.pk,
        changes={name: [None, str(values[name])] for name in changed},
    )
    return term


@transaction.atomic
def take_in(
    *, term: IntakeTerm, people: Collection[Participant], by: Actor, on: date, reason: str = ""
) -> list[Intake]:
    """Take people into a term: those the forecast names for its reason, others by hand for one.

    Whoever is in another term leaves that one. After the cut-off, and for somebody whom the
    forecast does not name, a reason must be given.

    Raises:
        MayNot: terms are not theirs to write.
        Refused: the cut-off has passed, or nobody has said why.
    """
    check_may_write(by, "intake.term")
    reason = as_text(reason).strip()
    named = {one.person.pk: one for one in likely(actor=by, on=on).get(term.pk, [])}
    if on > term.cut_off and not reason:
        raise refused("cut_off_passed", day=term.cut_off)
    mine = {owner_of(row).pk: row for row in intakes(by).filter(term=term)}
    made = []
    for person in people:
        if person.pk in mine:
            continue
        why = reason or (render(named[person.pk].starter.reason) if person.pk in named else "")
        if not why:
            raise refused("reason")
        made.append(_take_in(person, term, why, by=by, on=on))
    return made


def _take_in(person: Participant, term: IntakeTerm, why: str, *, by: Actor, on: date) -> Intake:
    before = _latest(person)
    moved_from = before.term if before and before.term_id != term.pk else None
    for one in _open_of(person):
        if one.term_id != term.pk:
            _leave(one, term.name, on=on)
    known = {name: getattr(before, name) for name in DESCRIBED} if before else {}
    here = Intake.objects.filter(family_of([person.pk]), term=term)
    intake = here.order_by("taken_in_on", "pk").first()
    if intake is None:
        intake = Intake.objects.create(
            municipality_id=by.municipality_id,
            participant=person,
            term=term,
            taken_in_on=on,
            reason=why[:300],
            moved_from=moved_from,
            **known,
        )
    else:  # was here before, and left
        intake.taken_in_on, intake.reason, intake.moved_from = on, why[:300], moved_from
        intake.left_on, intake.left_reason = None, ""
        intake.save(update_fields=["taken_in_on", "reason", "moved_from", "left_on", "left_reason"])
    _note(intake, by, "take_into_term", {"term": [moved_from and moved_from.name, term.name]})
    return intake


def _latest(person: Participant) -> Intake | None:
    """Return the last intake of a person, or of somebody who turned out to be the same."""
    rows = Intake.objects.filter(family_of([person.pk])).select_related("term")
    found: Intake | None = rows.order_by("left_on", "-taken_in_on", "-term__first_day").first()
    current: Intake | None = rows.filter(left_on=None).order_by("-term__first_day").first()
    return current or found


def _open_of(person: Participant) -> list[Intake]:
    """Return every intake that somebody is in, under whichever of the names he or she had."""
    return list(Intake.objects.filter(family_of([person.pk]), left_on=None))


@transaction.atomic
def leave_term(
    intake: Intake, *, reason: str, by: Actor, on: date, into: IntakeTerm | None = None
) -> Intake | None:
    """Take somebody out of a term, and into another one where ``into`` says so.

    Raises:
        MayNot: terms are not theirs to write.
        Refused: nobody has said why.
    """
    check_may_write(by, "intake.term")
    reason = as_text(reason).strip()
    if not reason:
        raise refused("reason")
    if into is not None:
        if into.pk == intake.term_id:
            raise refused("in_term", person=owner_of(intake).name)
        return _take_in(owner_of(intake), into, reason, by=by, on=on)
    for one in _open_of(owner_of(intake)):
        if one.term_id == intake.term_id:
            _leave(one, reason, on=on)
    _note(intake, by, "leave_term", {"term": [intake.term.name, None]})
    return None


def _leave(intake: Intake, why: str, *, on: date) -> None:
    withdraw(intake)
    intake.left_on, intake.left_reason = on, why[:300]
    intake.group, intake.is_pinned = None, False
    intake.teaching_group, intake.placed_at, intake.placed_by_id = None, None, None
    intake.save(
        update_fields=[
            *("left_on", "left_reason", "group", "is_pinned"),
            *("teaching_group", "placed_at", "placed_by"),
        ]
    )


@transaction.atomic
def describe(
    intake: Intake,
    *,
    values: Mapping[str, Any],
    by: Actor,
    shown: Mapping[str, Any] | None = None,
) -> None:
    """Note language, need of an interpreter, and child care.

    Args:
        values: by the names of ``DESCRIBED``; what is not among them stays.
        shown: what stood on the screen, by the same names; what was left as it was shown stays as
            it is now. ``None``: what is now.

    Raises:
        MayNot: one of them is not theirs to write.
        Refused: somebody else has changed the same meanwhile.
    """
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    now = {name: getattr(intake, name) for name in DESCRIBED}
    shown = now if shown is None else shown
    values = {
        name: value for name, value in values.items() if value not in (now[name], shown[name])
    }
    both = [name for name in values if shown[name] != now[name]]
    if both:
        raise Refused(*(reason_of(f"refuse.{name}_meanwhile") for name in both))
    if not values:
        return
    if "child_care" in values:
        check_may_write(by, "intake.child_care")
    if values.keys() - {"child_care"}:
        check_may_write(by, "intake.language")
    for name, value in values.items():
        setattr(intake, name, value)
    intake.save(update_fields=list(values))
    _note(intake, by, "describe_intake", {name: [None, "…"] for name in values})


@transaction.atomic
def place(
    member: Member,
    *,
    track: int | None,
    level: str,
    teaching_group: TeachingGroup | None,
    reason: str,
    seen: str | None = None,
    by: Actor,
) -> None:
    """Decide track, level and class of somebody who starts.

    Args:
        seen: the mark of the place that stood on the screen (``mark_of_place``); ``None`` overrules
            what stands there.

    Raises:
        MayNot: it is the teacher's to decide.
        Refused: it differs from what was suggested and nobody has said why; the class is full; or
            somebody else has decided meanwhile.
    """
    check_may_write(by, "intake.placement")
    intake, suggested, reason = member.intake, member.suggestion, as_text(reason).strip()
    now = Intake.objects.select_for_update().get(pk=intake.pk)
    if seen is not None and seen != mark_of_place(now):
        who, theirs = str(now.placed_by or ""), _place_words(now)
        raise refused("placed_meanwhile", who=who or _("Noen"), theirs=theirs)
    differs = (track or None) != suggested.track or level != suggested.level
    is_decided = bool(track or level or teaching_group)
    if is_decided and differs and (suggested.track or suggested.level) and not reason:
        raise refused("placement_reason")
    if teaching_group is not None and teaching_group.pk != intake.teaching_group_id:
        held = TeachingGroup.objects.select_for_update().get(pk=teaching_group.pk)
        if len(in_classes([held])[held.pk] - {member.person.pk}) >= held.capacity:
            raise refused("class_full", group=held.name, capacity=held.capacity)
    before = [intake.track, intake.level, str(intake.teaching_group or "")]
    intake.track, intake.level, intake.teaching_group = track, level, teaching_group
    intake.placement_reason = reason[:300]
    intake.placed_at = timezone.now() if is_decided else None
    intake.placed_by_id = by.user_id if is_decided else None
    intake.save(
        update_fields=[
            *("track", "level", "teaching_group", "placement_reason", "placed_at", "placed_by"),
        ]
    )
    after = [track, level, str(teaching_group or "")]
    _note(intake, by, "place_in_class", {"placement": [before, after]})


def mark_of_place(intake: Intake) -> str:
    """Return a mark of what is decided of somebody's place, by which a save sees what stood."""
    return f"{intake.track or ''}|{intake.level}|{intake.teaching_group_id or ''}"


def _place_words(intake: Intake) -> str:
    track = _("spor %(track)s") % {"track": intake.track} if intake.track else ""
    told = (track, intake.level, str(intake.teaching_group or ""))
    return ", ".join(filter(None, told)) or _("ikke bestemt")


def _note(intake: Intake, by: Actor, action: str, changes: dict[str, Any]) -> None:
    audit.record(
        municipality_id=intake.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="participant",
        subject_id=intake.participant_id,
        changes=changes,
    )
