"""Whoever has a case is no part of what a file brought: undoing an import erases nobody of them."""

import pytest
from django.apps import apps

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.imports.models import ImportBatch
from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.records import in_words, records_of_people
from innpass.casework.reconciliation.undoing import CannotUndo, reach_of, undo_import
from tests.casework.agreements.placing import Placing
from tests.factories.people import become_second

LATER = ("agreements", "follow_up", "matching", "doors")


def test_a_person_with_a_case_has_a_record(here: Placing) -> None:
    case = here.proposed("Amina")
    amina, bohdan = here.town.people("Amina"), here.town.people("Bohdan")

    assert records_of_people([amina.pk, bohdan.pk]) == {amina.pk: ("praksisløp",)}
    assert in_words(records_of_people([amina.pk])) == "praksisløp"
    become_second(amina, bohdan)
    assert records_of_people([bohdan.pk]) == {bohdan.pk: ("praksisløp",)}
    assert case.participant == amina


def test_undoing_the_import_that_brought_somebody_with_a_case_is_refused_in_words(
    here: Placing,
) -> None:
    here.proposed("Amina")
    batch = ImportBatch.objects.get()
    amina = here.town.people("Amina")

    assert [each.field for each in reach_of(batch).changed[amina.pk]] == ["record"]
    with pytest.raises(CannotUndo, match="har fått praksisløp"):
        undo_import(batch=batch, by=here.ragnhild, people=[amina.pk], reason="Feil fil")

    assert Participant.objects.filter(pk=amina.pk).exists()
    assert PlacementCase.objects.exists()


def test_every_record_of_a_later_context_keeps_its_person() -> None:
    """A new model about a participant up there must say what it is, or it would be erased."""
    silent = [
        relation.related_model.__name__
        for relation in Participant._meta.related_objects
        if issubclass(relation.related_model, MunicipalityModel)
        and apps.get_containing_app_config(relation.related_model.__module__).label in LATER  # type: ignore[union-attr]
        and not relation.related_model.keeps_person
    ]

    assert silent == []
