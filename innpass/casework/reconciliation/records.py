"""What people made about a person in contexts above this one: whoever has any is not erased.

A model says so itself (``MunicipalityModel.keeps_person``), since this context knows none of them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import ManyToOneRel

from innpass.casework.participants.models import Participant

_AT_A_TIME = 400  # people asked for by one statement for each table


def relations_to_participants() -> tuple[ManyToOneRel, ...]:
    """Return every foreign key to a participant from afar, those without a name there, too."""
    every = Participant._meta.get_fields(include_hidden=True)
    return tuple(each for each in every if isinstance(each, ManyToOneRel))


def records_of_people(people: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return what some people have that keeps them, in Norwegian words, for those who have any.

    What was made for somebody who turned out to be one of them is that one's, too. A query for each
    kind of record and some hundred people.
    """
    wanted = sorted(set(people))
    found: dict[UUID, list[str]] = defaultdict(list)
    for relation in relations_to_participants():
        words = getattr(relation.related_model, "keeps_person", "")
        if not words:
            continue
        name = relation.field.name
        columns = (name, f"{name}__turned_out_to_be")
        having: set[UUID] = set()
        for at in range(0, len(wanted), _AT_A_TIME):
            some = wanted[at : at + _AT_A_TIME]
            for column in columns:
                rows = relation.related_model.objects.filter(**{f"{column}__in": some})  # type: ignore[attr-defined]
                having |= set(rows.values_list(column, flat=True).distinct())
        for pk in having:
            found[pk].append(words)
    return {pk: tuple(words) for pk, words in found.items()}


def in_words(records: Mapping[UUID, tuple[str, ...]]) -> str:
    """Name the kinds of records that some people have, such as ``praksisløp og arbeidsprofil``."""
    *first, last = sorted({word for words in records.values() for word in words})
    return f"{', '.join(first)} og {last}" if first else last
