"""The same file again, next month's version of it, and a file that only looks like one."""

from datetime import date
from typing import Any

from innpass.casework.audit.models import AuditEvent
from innpass.casework.imports.models import ImportBatch, RowState, SourceFile, SourceRow
from innpass.casework.jobs.models import Job
from innpass.casework.organisations.models import Municipality
from innpass.casework.overview.models import OverviewRow
from innpass.casework.participants.models import Participant, RowLink
from innpass.casework.participants.queries import replaced_values
from innpass.casework.programme.models import Enrolment, StatusSpan
from innpass.domain.access.fields import FIELDS
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import exported, take_in
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE, DARIA

MONTH, NEXT_MONTH = "Flyktning 2026-06.xlsx", "Flyktning 2026-07 (2).xlsx"


def totals(preview: dict[str, Any]) -> dict[str, int]:
    return {name: count for name, count in preview["totals"].items() if count}


def enrolment_of(name: str) -> Enrolment:
    found: Enrolment = Enrolment.objects.get(participant__name=name)
    return found


def stored() -> dict[str, Any]:
    """Everything about people and rows, as it stands in the database."""
    models = (Participant, RowLink, SourceRow, Enrolment, StatusSpan, OverviewRow)
    return {
        model.__name__: sorted(model.objects.values_list("pk", "version"), key=str)
        for model in models
    }


# The same file


def test_the_same_file_twice_changes_nothing(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    before = stored()

    preview = take_in(municipality, {MONTH: little.refugee()})

    assert stored() == before
    assert totals(preview) == {"unchanged": 3}
    assert preview["files"][0]["is_known"]
    assert not AuditEvent.objects.filter(
        action="import_participant", at__gt=ImportBatch.objects.latest("created_at").created_at
    ).exists()
    applied = AuditEvent.objects.filter(action="apply_import").latest("at")
    assert applied.changes == {"new_people": [None, 0], "changed_people": [None, 0]}


def test_the_same_file_under_another_name_changes_nothing(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    before = stored()

    take_in(municipality, {"kopi av noe helt annet.xlsx": little.refugee()})

    assert stored() == before
    assert SourceFile.objects.filter(is_current=True).count() == 1


def test_the_same_file_twice_in_one_batch_is_read_once(municipality: Municipality) -> None:
    preview = take_in(municipality, {"a.xlsx": little.refugee(), "b.xlsx": little.refugee()})

    assert [file["is_known"] for file in preview["files"]] == [False, True]
    assert Participant.objects.count() == 3


def test_a_file_written_anew_with_the_same_content_changes_no_person(
    municipality: Municipality,
) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    before = exported(municipality)
    spaced = {CELINE: {"Opprinnelsesland": "Kongo "}}

    preview = take_in(municipality, {MONTH: little.refugee(changes=spaced)})

    assert not preview["files"][0]["is_known"]
    assert totals(preview) == {"unchanged": 3}
    assert exported(municipality)["participants"] == before["participants"]


# Next month's version


def test_a_changed_value_is_shown_and_holds(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    later = {BOHDAN: {"Planlagt slutt": date(2027, 3, 31)}}

    preview = take_in(municipality, {NEXT_MONTH: little.refugee(changes=later)})

    assert totals(preview) == {"changed": 1, "unchanged": 2}
    assert preview["files"][0]["replaces"] == [MONTH]
    (changed,) = preview["changed_people"]
    assert changed["name"] == "Bohdan Kovalenko"
    assert changed["changes"] == {"programme.planned_end": ["2027-01-04", "2027-03-31"]}
    assert enrolment_of("Bohdan Kovalenko").planned_last_day == date(2027, 3, 31)
    assert enrolment_of("Amina Haddad").planned_last_day == date(2027, 1, 4)


def test_a_changed_value_moves_the_weeks_and_the_row_of_the_grid(
    municipality: Municipality,
) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    later = {BOHDAN: {"Planlagt slutt": date(2027, 3, 31)}}

    take_in(municipality, {NEXT_MONTH: little.refugee(changes=later)})

    last = StatusSpan.objects.filter(participant__name="Bohdan Kovalenko").latest("last_monday")
    assert last.last_monday == date(2027, 3, 29)
    row = OverviewRow.objects.get(name="Bohdan Kovalenko")
    assert row.planned_last_day == date(2027, 3, 31)


def test_the_earlier_value_stays_in_the_history(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    take_in(
        municipality,
        {NEXT_MONTH: little.refugee(changes={BOHDAN: {"Planlagt slutt": date(2027, 3, 31)}})},
    )

    bohdan = Participant.objects.get(name="Bohdan Kovalenko")
    (change,) = replaced_values(bohdan, readable=frozenset(FIELDS))

    assert (change.field, change.before, change.after, change.file) == (
        *("programme.planned_end", "04.01.2027", "31.03.2027"),
        NEXT_MONTH,
    )


def test_each_change_is_one_audit_event_with_before_and_after(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    AuditEvent.objects.all().delete()

    take_in(
        municipality,
        {NEXT_MONTH: little.refugee(changes={BOHDAN: {"Programrådgiver": "Siri Aasheim"}})},
    )

    event = AuditEvent.objects.get(action="import_participant")
    assert event.subject_id == Participant.objects.get(name="Bohdan Kovalenko").pk
    assert event.changes == {"programme.adviser": ["Hege Nygård", "Siri Aasheim"]}


def test_a_row_that_is_gone_is_shown_and_kept(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})

    preview = take_in(municipality, {NEXT_MONTH: little.refugee([AMINA, BOHDAN])})

    assert [entry["name"] for entry in preview["gone"]] == ["Celine Mukendi"]
    assert totals(preview) == {"unchanged": 3, "gone": 1}
    celine = Participant.objects.get(name="Celine Mukendi")
    assert enrolment_of("Celine Mukendi").first_day == date(2026, 1, 5)
    assert set(celine.row_links.values_list("row__state", flat=True)) == {RowState.GONE}


def test_a_row_that_comes_back_holds_again(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    take_in(municipality, {NEXT_MONTH: little.refugee([AMINA, BOHDAN])})
    moved = {CELINE: {"Planlagt slutt": date(2026, 12, 31)}}

    preview = take_in(municipality, {"Flyktning 2026-08.xlsx": little.refugee(changes=moved)})

    assert totals(preview) == {"changed": 1, "unchanged": 2}
    assert Participant.objects.count() == 3
    assert enrolment_of("Celine Mukendi").planned_last_day == date(2026, 12, 31)


def test_new_rows_are_new_people(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})

    preview = take_in(municipality, {NEXT_MONTH: little.refugee([AMINA, BOHDAN, CELINE, DARIA])})

    assert totals(preview) == {"new": 1, "unchanged": 3}
    assert [entry["name"] for entry in preview["new_people"]] == ["Daria Savenko"]


def test_people_keep_who_they_are_when_their_rows_are_replaced(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    before = dict(Participant.objects.values_list("name", "pk"))

    take_in(
        municipality,
        {NEXT_MONTH: little.refugee([CELINE, AMINA, BOHDAN], {AMINA: {"Omfang (%)": 50}})},
    )

    assert dict(Participant.objects.values_list("name", "pk")) == before


def test_a_version_is_known_by_its_people_whatever_it_is_called(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    later = {AMINA: {"Omfang (%)": 50}}

    preview = take_in(municipality, {"uttrekk.xlsx": little.refugee(changes=later)})

    assert preview["files"][0]["replaces"] == [MONTH]
    assert list(SourceFile.objects.filter(is_current=True).values_list("name", flat=True)) == [
        "uttrekk.xlsx"
    ]


def test_another_file_of_the_same_body_is_no_version(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee([AMINA, BOHDAN])})

    preview = take_in(municipality, {"sør.xlsx": little.refugee([CELINE, DARIA])})

    assert preview["files"][0]["replaces"] == []
    assert preview["gone"] == []
    assert SourceFile.objects.filter(is_current=True).count() == 2


def test_another_bodys_file_about_the_same_people_is_no_version(municipality: Municipality) -> None:
    take_in(municipality, {"liste.xlsx": little.refugee()})

    preview = take_in(municipality, {"liste.xlsx": little.nav()})

    assert preview["files"][0]["replaces"] == []
    assert Participant.objects.count() == 3


def test_nothing_is_ever_deleted_from_the_rows(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    first = set(SourceRow.objects.values_list("pk", flat=True))

    take_in(municipality, {NEXT_MONTH: little.refugee([AMINA], {AMINA: {"Omfang (%)": 50}})})

    assert first <= set(SourceRow.objects.values_list("pk", flat=True))
    assert not Job.objects.exists()  # the command line works by itself
