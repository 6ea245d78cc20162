"""The same file again, next month's version of it, and a file that only looks like one."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from innpass.casework.audit.models import AuditEvent
from innpass.casework.imports.models import ImportBatch, Question, RowState, SourceFile, SourceRow
from innpass.casework.jobs.models import Job
from innpass.casework.organisations.models import Municipality
from innpass.casework.overview.models import OverviewRow
from innpass.casework.participants.models import Participant, RowLink
from innpass.casework.programme.models import Element, Enrolment, StatusSpan
from innpass.casework.training.models import Schooling
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import changed_values, exported, take_in, workbook
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


def test_an_import_is_put_back_by_importing_the_earlier_file_again(
    municipality: Municipality,
) -> None:
    right = {MONTH: little.refugee()}
    wrong = little.refugee([AMINA, BOHDAN], {BOHDAN: {"Planlagt slutt": date(2028, 1, 4)}})
    take_in(municipality, right)
    before = exported(municipality)["participants"]
    take_in(municipality, {NEXT_MONTH: wrong})
    assert exported(municipality)["participants"] != before

    preview = take_in(municipality, right)

    assert not preview["files"][0]["is_known"]
    assert totals(preview) == {"changed": 1, "unchanged": 2}
    assert exported(municipality)["participants"] == before
    celine = Participant.objects.get(name="Celine Mukendi")
    assert celine.row_links.filter(row__state=RowState.CURRENT).count() == 2
    assert take_in(municipality, right)["files"][0]["is_known"]


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
    (change,) = changed_values(bohdan)

    assert (change.field, change.before, change.after) == (
        *("programme.planned_end", "04.01.2027", "31.03.2027"),
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


# Files of one body that tell of different things


def pupils(cells: dict[str, Any]) -> bytes:
    return workbook(
        (
            "Elever",
            [
                {
                    "Visma-nr": f"7{number}",
                    "Navn": little.name_of(number),
                    "Fødselsdato": born,
                    **cells,
                }
                for number, born in ((AMINA, date(1990, 5, 4)), (BOHDAN, date(1985, 11, 23)))
            ],
        )
    )


CLASSES = pupils({"Klasse": "2B", "Spor": 2})
LEVELS = pupils({"Lytte": "A2", "Lese": "A2", "Skrive": "A1", "Snakke": "A2"})


@pytest.mark.parametrize(
    "batches",
    [
        [{"klasser.xlsx": CLASSES, "niva.xlsx": LEVELS}],
        [{"klasser.xlsx": CLASSES}, {"niva.xlsx": LEVELS}],
        [{"niva.xlsx": LEVELS}, {"klasser.xlsx": CLASSES}],
    ],
)
def test_classes_and_levels_both_hold_in_any_order(
    batches: list[dict[str, bytes]], municipality: Municipality
) -> None:
    for batch in batches:
        preview = take_in(municipality, batch)
        assert [file["replaces"] for file in preview["files"]] == [[]] * len(batch)

    found = Schooling.objects.values_list("class_name", "track", "listening", "writing")
    assert list(found) == [("2B", 2, "A2", "A1")] * 2


# Two versions of one file in one batch

JUNE, JULY = "flyktning juni.xlsx", "flyktning juli.xlsx"


@pytest.mark.parametrize("together", [True, False])
def test_the_later_of_two_versions_holds_together_or_one_at_a_time(
    together: bool, municipality: Municipality
) -> None:
    june = {JUNE: little.refugee([AMINA, BOHDAN, CELINE])}
    july = {JULY: little.refugee([AMINA, BOHDAN], {BOHDAN: {"Programrådgiver": "Siri Aasheim"}})}

    if together:
        preview = take_in(municipality, {**july, **june})
    else:
        take_in(municipality, june)
        preview = take_in(municipality, july)

    files = {file["name"]: file for file in preview["files"]}
    assert files[JULY]["replaces"] == [JUNE]
    assert [entry["name"] for entry in preview["gone"]] == ["Celine Mukendi"]
    assert preview["totals"]["unlinked"] == 0
    assert enrolment_of("Bohdan Kovalenko").adviser == "Siri Aasheim"
    assert enrolment_of("Celine Mukendi").adviser == "Hege Nygård"
    states = SourceRow.objects.values_list("file__name", "kind", "state").order_by("pk")
    assert Counter(states) == {
        (JUNE, "person", RowState.REPLACED): 2,
        (JUNE, "activity", RowState.REPLACED): 2,
        (JUNE, "person", RowState.GONE): 1,
        (JUNE, "activity", RowState.GONE): 1,
        (JULY, "person", RowState.CURRENT): 2,
        (JULY, "activity", RowState.CURRENT): 2,
    }
    linked = RowLink.objects.filter(participant__name="Bohdan Kovalenko", row__kind="person")
    assert set(linked.values_list("row__file__name", flat=True)) == {JUNE, JULY}


def test_the_earlier_of_two_versions_says_which_one_holds(municipality: Municipality) -> None:
    preview = take_in(
        municipality,
        {JULY: little.refugee(changes={AMINA: {"Omfang (%)": 50}}), JUNE: little.refugee()},
    )

    notices = {file["name"]: " ".join(file["notices"]) for file in preview["files"]}
    assert f"«{JULY}» er en nyere utgave av denne filen" in notices[JUNE]
    assert "nyere utgave" not in notices[JULY]
    assert set(SourceFile.objects.filter(is_current=True).values_list("name", flat=True)) == {JULY}
    assert enrolment_of("Amina Haddad").extent_percent == 50


# A file that has only some of the tables


def test_a_list_of_people_alone_leaves_their_weeks_as_they_were(
    municipality: Municipality,
) -> None:
    doubtful = little.schedule(changes={BOHDAN: {"Fra": "avklares"}})
    take_in(municipality, {MONTH: workbook(little.refugee_people(), doubtful)})
    asked = Question.objects.get(closed_at=None)
    people = little.refugee_people([AMINA, BOHDAN], {AMINA: {"Omfang (%)": 50}})

    preview = take_in(municipality, {NEXT_MONTH: workbook(people)})

    assert [entry["name"] for entry in preview["gone"]] == ["Celine Mukendi"]
    states = SourceRow.objects.values_list("file__name", "kind", "state").order_by("pk")
    assert Counter(states) == {
        (MONTH, "person", RowState.REPLACED): 2,
        (MONTH, "person", RowState.GONE): 1,
        (MONTH, "activity", RowState.CURRENT): 3,
        (NEXT_MONTH, "person", RowState.CURRENT): 2,
    }
    asked.refresh_from_db()
    assert asked.closed_at is None
    assert Element.objects.count() == 2
    assert SourceFile.objects.filter(is_current=True).count() == 2


def test_weeks_kept_from_an_earlier_file_are_replaced_when_a_later_one_has_them(
    municipality: Municipality,
) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    take_in(municipality, {NEXT_MONTH: workbook(little.refugee_people())})
    fewer = little.schedule(changes={n: {"Timer per uke": 8} for n in (AMINA, BOHDAN, CELINE)})

    preview = take_in(
        municipality, {"Flyktning 2026-08.xlsx": workbook(little.refugee_people(), fewer)}
    )

    assert sorted(preview["files"][0]["replaces"]) == sorted([MONTH, NEXT_MONTH])
    assert set(Element.objects.values_list("hours_per_week", flat=True)) == {8}
    assert SourceFile.objects.filter(is_current=True).count() == 1


def test_who_is_gone_is_told_once(municipality: Municipality) -> None:
    take_in(municipality, {MONTH: little.refugee()})
    take_in(municipality, {NEXT_MONTH: little.refugee([AMINA])})

    preview = take_in(municipality, {"Flyktning 2026-08.xlsx": little.refugee([AMINA, BOHDAN])})

    assert preview["gone"] == []
    celine = Participant.objects.get(name="Celine Mukendi")
    assert set(celine.row_links.values_list("row__state", flat=True)) == {RowState.GONE}
