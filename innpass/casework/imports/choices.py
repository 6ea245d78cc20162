"""What the municipality has chosen that columns mean: kept per form of sheet, and dated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from innpass.casework.imports.models import ColumnChoice
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.cells import without_identity_numbers
from innpass.domain.sheets.mapping import Mapping as Chosen


def choices_that_hold() -> "QuerySet[ColumnChoice]":
    """Return the choices that nobody has ended."""
    found: QuerySet[ColumnChoice] = ColumnChoice.objects.filter(ended_at=None)
    return found


def mapping_that_holds() -> Chosen:
    """Return what is chosen, as reading a file takes it."""
    found: dict[str, dict[str, str]] = {}
    for form, column, field in choices_that_hold().values_list("form", "column", "field"):
        found.setdefault(form, {})[column] = field
    return found


def changed_since(moment: datetime) -> bool:
    """Say whether a choice was made or ended after a moment: files may be read in another way."""
    changed = ColumnChoice.objects.filter(Q(chosen_at__gt=moment) | Q(ended_at__gt=moment))
    return bool(changed.exists())


@dataclass(frozen=True, slots=True)
class Choice:
    """What a column is to mean. ``field`` is ``None`` for what its words and cells tell."""

    column: str
    heading: str
    field: str | None


def choose(
    choices: Mapping[str, list[Choice]], *, owner: str, sheets: Mapping[str, str], by: Actor
) -> int:
    """Keep choices by form, each in the place of the one before; return how many are new.

    Args:
        sheets: the name of the sheet by its form.
    """
    now = timezone.now()
    holding = {(each.form, each.column): each for each in choices_that_hold()}
    changed = 0
    for form, wanted in choices.items():
        for choice in wanted:
            before = holding.get((form, choice.column))
            if (before.field if before else None) == choice.field:
                continue
            changed += 1
            if before is not None:
                before.ended_at, before.ended_by_id = now, by.user_id
                before.save_version(expected=before.version, fields=("ended_at", "ended_by"))
            if choice.field is None:
                continue
            ColumnChoice.objects.create(
                municipality_id=by.municipality_id,
                owner=owner,
                form=form,
                column=choice.column,
                sheet=sheets[form][:255],
                heading=without_identity_numbers(choice.heading)[:255],
                field=choice.field,
                chosen_at=now,
                chosen_by_id=by.user_id,
            )
    return changed
