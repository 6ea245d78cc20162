import uuid
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError
from django_scopes import scope

from innpass.casework.imports.models import ImportBatch, RowState, SourceFile, SourceRow
from innpass.casework.organisations.inserting import insert_values, update_rows, update_values
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Placement
from innpass.casework.programme.models import Element


@pytest.fixture
def municipality(db: None) -> Iterator[Municipality]:
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


@pytest.fixture
def participant(municipality: Municipality) -> Participant:
    made: Participant = Participant.objects.create(municipality=municipality, name="Olena Moroz")
    return made


def test_rows_are_as_bulk_create_makes_them(
    municipality: Municipality, participant: Participant
) -> None:
    columns = ("participant", "kind", "first_day", "last_day", "hours_per_week", "owner", "row_id")
    values = (participant.pk, "practice", date(2026, 1, 5), None, 7.5, "refugee", uuid.uuid4())
    insert_values(Element, columns, [values], municipality=municipality)
    made = Element.objects.get()
    named = list(zip(columns, values, strict=True))[1:]
    Element.objects.bulk_create(
        [Element(municipality=municipality, participant=participant, **dict(named))]
    )
    twin = Element.objects.exclude(pk=made.pk).get()
    for field in Element._meta.concrete_fields:
        if field.name != "id":
            assert getattr(made, field.attname) == getattr(twin, field.attname), field.name


def test_columns_left_out_get_their_default(
    municipality: Municipality, participant: Participant
) -> None:
    insert_values(
        Placement, ("participant", "kind"), [(participant.pk, "private")], municipality=municipality
    )
    made = Placement.objects.get()
    assert (made.has_contract, made.extended, made.employer, made.version) == (False, None, None, 1)


def test_sealed_columns_are_sealed_for_their_row(municipality: Municipality) -> None:
    batch = ImportBatch.objects.create(municipality=municipality)
    file = SourceFile(
        municipality=municipality, batch=batch, name="a.xlsx", digest="0", size=1, content=b"0"
    )
    file.save(force_insert=True)
    columns = ("id", "file", "sheet", "number", "owner", "kind", "readings", "identity")
    text = "tab\t, backslash \\ , newline\n and \\N"
    rows = [
        (uuid.uuid4(), file.pk, text, number, "nav", "person", {"name": {"t": text}}, identity)
        for number, identity in enumerate(({"ids.fnr": "13879217282"}, None), start=1)
    ]
    insert_values(SourceRow, columns, rows, municipality=municipality)
    first, second = SourceRow.objects.order_by("number")
    assert first.pk == rows[0][0]
    assert first.identity == {"ids.fnr": "13879217282"}
    assert second.identity is None
    assert (first.sheet, first.readings) == (text, {"name": {"t": text}})
    assert (first.state, first.tokens) == (RowState.CURRENT, {})


def test_what_a_constraint_forbids_is_refused(
    municipality: Municipality, participant: Participant
) -> None:
    values = (participant.pk, "practice", date(2026, 1, 5), 169.0, "nav")
    with pytest.raises(IntegrityError):
        insert_values(
            Element,
            ("participant", "kind", "first_day", "hours_per_week", "owner"),
            [values],
            municipality=municipality,
        )


def test_many_rows_and_none(municipality: Municipality, participant: Participant) -> None:
    columns = ("participant", "kind", "first_day", "hours_per_week", "owner")
    values = (participant.pk, "practice", date(2026, 1, 5), 7.5, "nav")
    insert_values(Element, columns, [], municipality=municipality)
    insert_values(Element, columns, (values for _ in range(1234)), municipality=municipality)
    assert Element.objects.values("pk").distinct().count() == 1234


def test_changed_rows_are_stored_column_by_column(
    municipality: Municipality, participant: Participant
) -> None:
    other = Participant.objects.create(municipality=municipality, name="Bohdan Kovalenko")
    for person, born in ((participant, date(2000, 2, 29)), (other, None)):
        person.name, person.birth_date, person.native_name = "Ny", born, "not stored"
    update_rows([participant, other], ["name", "birth_date"])
    update_rows([], ["name"])
    assert sorted(
        Participant.objects.values_list("name", "birth_date", "native_name"), key=str
    ) == [
        *(("Ny", None, ""), ("Ny", date(2000, 2, 29), "")),
    ]


def test_only_the_rows_named_are_changed(
    municipality: Municipality, participant: Participant
) -> None:
    batch = ImportBatch.objects.create(municipality=municipality)
    place = Placement.objects.create(
        municipality=municipality, participant=participant, kind="private"
    )
    other = Placement.objects.create(
        municipality=municipality, participant=participant, kind="private"
    )
    update_values(Placement, ["row_id", "has_contract"], [(place.pk, batch.pk, True)])
    place.refresh_from_db()
    other.refresh_from_db()
    assert (place.row_id, place.has_contract, place.version) == (batch.pk, True, 1)
    assert (other.row_id, other.has_contract) == (None, False)
