"""Who may see whom, read what and do what: twins ``may_x`` (asks) and ``check_may_x`` (raises)."""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from innpass.domain.access.fields import (
    BODY_NAMES,
    FIELDS,
    MASKED,
    AccessField,
    Holder,
    field,
    holders,
)
from innpass.domain.access.roles import Actor, Role
from innpass.domain.yaml_text import read_yaml

REFUGEE = "refugee"  # the body that owns the case and the shared sheet
OVERVIEW = "overview"  # owner of what the shared sheet alone says
NOBODY = "Vi fant ingen deltaker her som du kan se."


class Act(StrEnum):
    """What somebody may do. Roles and phrases stand in ``acts.yml``."""

    IMPORT = "import"
    APPLY_IMPORT = "apply_import"
    ANSWER_QUESTION = "answer_question"
    SEE_QUESTIONS = "see_questions"
    UNDO_LINK = "undo_link"
    SET_PROTECTION = "set_protection"
    LIFT_PROTECTION = "lift_protection"
    EXPORT = "export"
    SEE_RESULTS = "see_results"
    SEE_ACCESS_LOG = "see_access_log"
    MANAGE_USERS = "manage_users"
    REVIEW_FILES = "review_files"
    CHANGE_SETTINGS = "change_settings"
    SEE_REGISTRATION = "see_registration"
    REGISTER = "register"
    INSPECT = "inspect"
    EDIT_COURSE_MODELS = "edit_course_models"
    KEEP_GROUPS = "keep_groups"
    KEEP_WORKPLACES = "keep_workplaces"
    SEE_EMPLOYERS = "see_employers"
    KEEP_EMPLOYERS = "keep_employers"
    KEEP_OUTREACH = "keep_outreach"
    SEE_CAMPAIGNS = "see_campaigns"
    SEE_MEETINGS = "see_meetings"
    NOTE_DIALOGUE = "note_dialogue"
    SEE_DIALOGUE = "see_dialogue"
    KEEP_RHYTHM = "keep_rhythm"
    KEEP_TERMS = "keep_terms"


_acts: dict[str, Any] = read_yaml(Path(__file__).with_name("acts.yml").read_text(encoding="utf-8"))
ACT_HOLDERS: dict[Act, tuple[Holder, ...]] = {
    Act(name): holders(row["roles"], {}) for name, row in _acts.items()
}
MASKED_KINDS = frozenset(name.removeprefix("identifier.") for name in MASKED)
ACT_PHRASES: dict[Act, str] = {Act(name): row["phrase"] for name, row in _acts.items()}


class MayNot(Exception):
    """Somebody asked for what the role does not give. The message is Norwegian and for the user."""


def _either(names: Iterable[str]) -> str:
    """Join words as a Norwegian choice: ``a, b eller c``."""
    *first, last = names
    return f"{', '.join(first)} eller {last}" if first else last


def _refusal(phrase: str, who: Iterable[Holder]) -> MayNot:
    names = [holder.label for holder in who]
    could = f"Det kan {_either(names)}." if names else "Det kan ingen rolle."
    return MayNot(f"Du har ikke lov til å {phrase}. {could}")


def _is_among(actor: Actor, who: Iterable[Holder]) -> bool:
    return actor.is_operator or any(
        holder.includes(roles=actor.roles, body=actor.body) for holder in who
    )


# --- Persons ------------------------------------------------------------------------------------


def may_see_person(actor: Actor, *, is_protected: bool, named_staff: Collection[UUID]) -> bool:
    """Decide who may see a person at all: the one place, so that it can be narrowed later.

    The person's municipality is the actor's; other municipalities are kept out by the tenant.
    Only named staff see a person with a protected address. The operator sees all.
    """
    if actor.is_operator:
        return True
    if is_protected:
        return actor.user_id in named_staff
    return bool(actor.roles)


def check_may_see_person(
    actor: Actor, *, is_protected: bool, named_staff: Collection[UUID]
) -> None:
    """Raise ``MayNot`` unless ``may_see_person``; the sentence does not say that one exists."""
    if not may_see_person(actor, is_protected=is_protected, named_staff=named_staff):
        raise MayNot(NOBODY)


# --- Fields -------------------------------------------------------------------------------------


@cache
def _readable(roles: frozenset[Role], body: str | None) -> frozenset[str]:
    return frozenset(
        name
        for name, row in FIELDS.items()
        if any(holder.includes(roles=roles, body=body) for holder in row.readers)
    )


def readable(actor: Actor) -> frozenset[str]:
    """Name every field the actor may read; kept per set of roles and body."""
    return frozenset(FIELDS) if actor.is_operator else _readable(actor.roles, actor.body)


def may_read(actor: Actor, name: str) -> bool:
    """Say whether the actor may read a field, identity numbers masked.

    Raises:
        UnknownField: the table does not declare it.
    """
    return field(name).name in readable(actor)


def check_may_read(actor: Actor, name: str) -> None:
    """Raise ``MayNot`` unless ``may_read``."""
    if not may_read(actor, name):
        raise _refusal(f"se {field(name).label}", field(name).readers)


def may_write(actor: Actor, name: str) -> bool:
    """Say whether the actor may change a field; nobody changes what is computed."""
    row = field(name)
    return bool(row.writers) and _is_among(actor, row.writers)


def check_may_write(actor: Actor, name: str) -> None:
    """Raise ``MayNot`` unless ``may_write``."""
    if not may_write(actor, name):
        raise _refusal(f"endre {field(name).label}", field(name).writers)


def _number(kind: str) -> AccessField:
    return field(f"identifier.{kind}")


def may_reveal_identifier(actor: Actor, kind: str) -> bool:
    """Say whether the actor may unmask a number; ``kind`` as in ``fnr``, ``dnr`` and ``duf``.

    System numbers are never masked: whoever reads them reads them whole, and the answer is no.
    """
    return kind in MASKED_KINDS and _is_among(actor, _number(kind).revealers)


def check_may_reveal_identifier(actor: Actor, kind: str) -> None:
    """Raise ``MayNot`` unless ``may_reveal_identifier``."""
    if not may_reveal_identifier(actor, kind):
        raise _refusal(f"vise hele {_number(kind).label}", _number(kind).revealers)


# --- Acts ---------------------------------------------------------------------------------------


def may(actor: Actor, act: Act) -> bool:
    """Say whether one of the actor's roles gives the act."""
    return _is_among(actor, ACT_HOLDERS[act])


def check_may(actor: Actor, act: Act) -> None:
    """Raise ``MayNot`` unless ``may``; the sentence says which roles could."""
    if not may(actor, act):
        raise _refusal(ACT_PHRASES[act], ACT_HOLDERS[act])


def may_import(actor: Actor) -> bool:
    """Say whether the actor may hand files over and see what they would change."""
    return may(actor, Act.IMPORT)


def check_may_import(actor: Actor) -> None:
    """Raise ``MayNot`` unless ``may_import``."""
    check_may(actor, Act.IMPORT)


def may_apply_import(actor: Actor, *, owners: Collection[str] = ()) -> bool:
    """Say whether the actor may let an import change the cases.

    Args:
        actor: who asks.
        owners: whose files the import holds (``sheets.records.Owner``). The refugee department,
            which owns the cases, applies every file; the others apply their own.
    """
    return may(actor, Act.APPLY_IMPORT) and (
        actor.is_operator or actor.body == REFUGEE or all(o == actor.body for o in owners)
    )


def check_may_apply_import(actor: Actor, *, owners: Collection[str] = ()) -> None:
    """Raise ``MayNot`` unless ``may_apply_import``."""
    check_may(actor, Act.APPLY_IMPORT)
    if not may_apply_import(actor, owners=owners):
        raise MayNot(
            "Du kan bare ta i bruk filer fra din egen tjeneste. Det kan en programrådgiver eller "
            "praksisveileder i flyktningtjenesten gjøre."
        )


def may_answer_question(actor: Actor, *, owner: str) -> bool:
    """Say whether the actor may answer a question that ``owner`` should answer.

    What only the shared sheet says (``overview``) is answered by the refugee department.
    """
    body = REFUGEE if owner == OVERVIEW else owner
    return may(actor, Act.ANSWER_QUESTION) and (actor.is_operator or actor.body == body)


def bodies_asked(asks: Sequence[str]) -> Sequence[str]:
    """Return who should answer a question; of one that names nobody, as of the shared sheet's."""
    return asks or (OVERVIEW,)


def check_may_answer_question(actor: Actor, *, owner: str) -> None:
    """Raise ``MayNot`` unless ``may_answer_question``."""
    check_may(actor, Act.ANSWER_QUESTION)
    if not may_answer_question(actor, owner=owner):
        body = REFUGEE if owner == OVERVIEW else owner
        raise MayNot(
            "Spørsmålet gjelder en opplysning du ikke eier. "
            f"Det kan en ansatt som arbeider med deltakere i {BODY_NAMES[body]}, svare på."
        )


def may_set_protection(actor: Actor) -> bool:
    """Say whether the actor may mark an address as protected and name who may see the person."""
    return may(actor, Act.SET_PROTECTION)


def check_may_set_protection(actor: Actor) -> None:
    """Raise ``MayNot`` unless ``may_set_protection``."""
    check_may(actor, Act.SET_PROTECTION)


def may_lift_protection(actor: Actor, *, named_staff: Collection[UUID]) -> bool:
    """Say whether the actor may lift the mark or change who is named: named, and of such a role."""
    return may(actor, Act.LIFT_PROTECTION) and may_see_person(
        actor, is_protected=True, named_staff=named_staff
    )


def check_may_lift_protection(actor: Actor, *, named_staff: Collection[UUID]) -> None:
    """Raise ``MayNot`` unless ``may_lift_protection``."""
    check_may_see_person(actor, is_protected=True, named_staff=named_staff)
    check_may(actor, Act.LIFT_PROTECTION)


def may_see_questions(actor: Actor) -> bool:
    """Say whether the actor may see what only a human can decide."""
    return may(actor, Act.SEE_QUESTIONS)


def check_may_see_questions(actor: Actor) -> None:
    """Raise ``MayNot`` unless ``may_see_questions``."""
    check_may(actor, Act.SEE_QUESTIONS)


def may_undo_link(actor: Actor) -> bool:
    """Say whether the actor may part a row from a person."""
    return may(actor, Act.UNDO_LINK)


def check_may_undo_link(actor: Actor) -> None:
    """Raise ``MayNot`` unless ``may_undo_link``."""
    check_may(actor, Act.UNDO_LINK)


def may_export(actor: Actor) -> bool:
    """Say whether the actor may take a list out, cut by the field table."""
    return may(actor, Act.EXPORT)


def check_may_export(actor: Actor) -> None:
    """Raise ``MayNot`` unless ``may_export``."""
    check_may(actor, Act.EXPORT)


def may_see_results(actor: Actor) -> bool:
    """Say whether the actor may see the figures."""
    return may(actor, Act.SEE_RESULTS)


def check_may_see_results(actor: Actor) -> None:
    """Raise ``MayNot`` unless ``may_see_results``."""
    check_may(actor, Act.SEE_RESULTS)


def may_see_access_log(actor: Actor) -> bool:
    """Say whether the actor may see who opened whom."""
    return may(actor, Act.SEE_ACCESS_LOG)


def check_may_see_access_log(actor: Actor) -> None:
    """Raise ``MayNot`` unless ``may_see_access_log``."""
    check_may(actor, Act.SEE_ACCESS_LOG)


def may_manage_users(actor: Actor) -> bool:
    """Say whether the actor may give and take roles."""
    return may(actor, Act.MANAGE_USERS)


def check_may_manage_users(actor: Actor) -> None:
    """Raise ``MayNot`` unless ``may_manage_users``."""
    check_may(actor, Act.MANAGE_USERS)


def may_review_files(actor: Actor) -> bool:
    """Say whether the actor may keep a file longer or delete what is in it."""
    return may(actor, Act.REVIEW_FILES)


def check_may_review_files(actor: Actor) -> None:
    """Raise ``MayNot`` unless ``may_review_files``."""
    check_may(actor, Act.REVIEW_FILES)
