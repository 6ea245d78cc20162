"""How the municipality reads the law where its texts are silent."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import transaction

from innpass.casework.audit import services as audit
from innpass.casework.organisations.models import Municipality
from innpass.casework.programme.models import ReadingChoice
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.law.law import THE_LAW, Law
from innpass.domain.law.parameters import NoSuchParameter, UnknownReading


def law_here() -> Law:
    """Return the law as the municipality in scope reads it. One query.

    The same choices give the same object, so that what is computed from it can be kept.
    """
    chosen: dict[str, str] = {}
    rows = ReadingChoice.objects.order_by("chosen_at", "id").values_list("name", "value")
    for name, value in rows:
        chosen[name] = json.dumps(value)
    return _law_of(tuple(sorted(chosen.items())))


@dataclass(frozen=True, slots=True)
class Reread:
    """A choice, and the law as it was read before and after it."""

    choice: ReadingChoice
    before: Law
    after: Law


def not_judged_by() -> list[Reread]:
    """Return the choices of which it is not told what they changed, the first first. One query."""
    chosen: dict[str, str] = {}
    found: list[Reread] = []
    law = THE_LAW
    for choice in ReadingChoice.objects.order_by("chosen_at", "id"):
        chosen[choice.name] = json.dumps(choice.value)
        before, law = law, _law_of(tuple(sorted(chosen.items())))
        if choice.changed is None:
            found.append(Reread(choice, before, law))
    return found


@lru_cache(maxsize=64)
def _law_of(chosen: tuple[tuple[str, str], ...]) -> Law:
    law = THE_LAW
    for name, value in chosen:
        if (said := json.loads(value)) is None:
            continue
        try:
            law = law.with_reading(name, said)
        except (NoSuchParameter, UnknownReading):
            # Chosen under an older version that knew it: what the register ships holds again.
            continue
    return law


def choices() -> list[ReadingChoice]:
    """Return every choice ever made here, the latest first."""
    return list(ReadingChoice.objects.select_related("chosen_by").order_by("-chosen_at", "-id"))


@transaction.atomic
def choose_reading(
    *, municipality: Municipality, name: str, value: Any, reason: str, by: Actor
) -> ReadingChoice:
    """Read a silent text otherwise from now on, or (``value`` is ``None``) as Innpass ships it.

    Nobody is judged anew by this alone: ask for the job.

    Raises:
        MayNot: settings are not theirs.
        NoSuchParameter, UnknownReading: the law says this itself, or the engine does not know it.
        ValueError: no reason is given.
    """
    check_may(by, Act.CHANGE_SETTINGS)
    if not reason.strip():
        raise ValueError("a reading is chosen for a reason")
    before = law_here().reading(name) if name in THE_LAW.readings() else None
    THE_LAW.with_reading(name, THE_LAW.reading(name) if value is None else value)
    choice = ReadingChoice.objects.create(
        municipality=municipality,
        name=name,
        value=value,
        reason=reason.strip(),
        chosen_by_id=by.user_id,
    )
    audit.record(
        municipality_id=municipality.pk,
        actor_id=by.user_id,
        action="choose_reading",
        subject_kind="reading",
        subject_id=choice.pk,
        changes={name: [before, value]},
        reason=choice.reason,
    )
    return choice
