"""What every act on a case begins and ends with: one at a time, seen, by its version, noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import Told, cases_seen_by, owner_id, told_of
from innpass.casework.agreements.refusing import refused
from innpass.casework.audit import services as audit
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import NOBODY, MayNot, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.cells import without_identity_numbers
from innpass.domain.sheets.typed import as_text

LONG, SHORT = 2000, 200  # characters


@dataclass(frozen=True, slots=True)
class Held:
    """A case that nobody else writes meanwhile, with all that is told of it."""

    case: PlacementCase
    told: Told


def hold(
    case: PlacementCase, *, by: Actor, expected: int | None, field: str = "agreement.state"
) -> Held:
    """Keep others from a case until the transaction ends, and read it again.

    Args:
        expected: the case's ``version`` on the screen; ``None`` where there was none.
        field: of the access table, which is written.

    Raises:
        MayNot: the actor may not see the person or not write the field.
        ChangedMeanwhile: somebody did something with the case since.
    """
    check_may_write(by, field)
    one_at_a_time(by)
    stored = cases_seen_by(by, with_withdrawn=True).filter(pk=case.pk).first()
    if stored is None:
        raise MayNot(NOBODY)
    if expected is not None and stored.version != expected:
        raise ChangedMeanwhile(stored)
    return Held(stored, told_of([stored])[stored.pk])


def done(
    held: Held,
    action: str,
    *,
    by: Actor,
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
    fields: tuple[str, ...] = (),
) -> None:
    """Count an act on a case and write it in the log, at the person it is about."""
    held.case.save_version(expected=held.case.version, fields=fields)
    note(held.case, action, by=by, changes=changes, reason=reason)


def note(
    case: PlacementCase,
    action: str,
    *,
    by: Actor,
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write one line of the log; nothing of what was said stands in it."""
    subject: UUID = owner_id(case)
    audit.record(
        municipality_id=case.municipality_id,
        actor_id=by.user_id,
        action=action,
        subject_kind="participant",
        subject_id=subject,
        changes={"case": [None, str(case.pk)], **(changes or {})},
        reason=reason,
    )


def checked_text(text: str, field: str, *, most: int = LONG, is_demanded: bool = False) -> str:
    """Return a text with its line breaks, trimmed.

    Raises:
        Refused: it is too long, holds what may be an identity number, or is empty where one is
            demanded.
    """
    lines = (line.rstrip() for line in as_text(text).strip().splitlines())
    found = "\n".join(lines)
    if without_identity_numbers(found) != found:
        raise refused(
            _(
                "Teksten inneholder et tall som kan være et fødselsnummer, D-nummer eller "
                "DUF-nummer. Ta det bort."
            ),
            field,
        )
    if len(found) > most:
        raise refused(_("Teksten er for lang. Skriv høyst %(n)s tegn.") % {"n": most}, field)
    if is_demanded and not found:
        raise refused(_("Skriv hvorfor. Det blir stående i historikken."), field)
    return found
