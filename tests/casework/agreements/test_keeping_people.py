"""Whoever has a case is no part of what a file brought: undoing an import erases nobody of them."""

import pytest
from django.apps import apps

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.follow_up import services as follow_up
from innpass.casework.follow_up.services import Lacking, Terms
from innpass.casework.imports.models import ImportBatch
from innpass.casework.organisations.models import MunicipalityModel
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.becoming import erase
from innpass.casework.reconciliation.reaching import CannotUndo, reach_of
from innpass.casework.reconciliation.records import (
    in_words,
    records_of_people,
    relations_to_participants,
)
from innpass.casework.reconciliation.undoing import undo_import
from innpass.domain.following.contact import ContactWay
from innpass.domain.following.hiring import ContractKind, Helper, JobSeeking, Lack
from tests.casework.agreements.placing import Placing
from tests.casework.reconciliation.importing import TODAY
from tests.factories.people import become_second

LATER = ("agreements", "follow_up", "matching", "doors")
MADE_ANEW = {"MatchProposal"}  # goes with its person: the next run proposes anew


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


def _follow_up(here: Placing, words: str) -> Participant:
    """Do one thing for Amina that a participant may have without any case."""
    amina, by, on = here.town.people("Amina"), here.per, TODAY
    if words == "kontaktlogg":
        follow_up.note_contact(amina, way=ContactWay.PHONE, text="", day=on, by=by, on=on)
    elif words == "jobbsøking":
        texts = dict.fromkeys(("employer", "channel", "text"), "")
        kind = JobSeeking.FIRM_VISIT
        follow_up.note_job_seeking(amina, kind=kind, day=on, by=by, on=on, **texts)
    elif words == "mangel før ansettelse":
        lacking = Lacking(Lack.NORWEGIAN, "", Helper.TEACHER, "", None)
        follow_up.name_missing(amina, lacking, by=by, on=on)
    else:
        terms = Terms("Kiwi", ContractKind.PERMANENT, 80, on)
        follow_up.note_contract(amina, terms, by=by, on=on)
    return amina


@pytest.mark.parametrize(
    "words", ["kontaktlogg", "jobbsøking", "mangel før ansettelse", "arbeidskontrakt"]
)
def test_whoever_has_only_been_followed_up_is_kept_too(words: str, here: Placing) -> None:
    amina = _follow_up(here, words)

    erase([amina.pk])

    assert records_of_people([amina.pk]) == {amina.pk: (words,)}
    assert Participant.objects.filter(pk=amina.pk).exists()


def test_undoing_the_import_of_somebody_followed_up_is_refused_in_words(here: Placing) -> None:
    amina, batch = _follow_up(here, "jobbsøking"), ImportBatch.objects.get()

    with pytest.raises(CannotUndo, match="har fått jobbsøking"):
        undo_import(batch=batch, by=here.ragnhild, people=[amina.pk], reason="Feil fil")


def test_every_record_of_a_later_context_keeps_its_person() -> None:
    """A new model about a participant up there must say what it is, or it would be erased."""
    silent = [
        relation.related_model.__name__
        for relation in relations_to_participants()
        if issubclass(relation.related_model, MunicipalityModel)
        and apps.get_containing_app_config(relation.related_model.__module__).label in LATER  # type: ignore[union-attr]
        and not relation.related_model.keeps_person
        and relation.related_model.__name__ not in MADE_ANEW
    ]

    assert silent == []
