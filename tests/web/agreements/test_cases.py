"""The board counts as it lists; a case says what is next; forms keep what was typed."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.agreements import services
from innpass.casework.agreements.judging import judge
from innpass.casework.agreements.listing import lines_of_person, without_case
from innpass.casework.agreements.models import AgreementVersion, PlacementCase, Signature
from innpass.casework.agreements.paper import document_of
from innpass.casework.agreements.queries import told_of
from innpass.casework.agreements.tongues import language_or_norwegian
from innpass.casework.audit.models import ReadEvent
from innpass.casework.placements.models import Employer
from innpass.casework.programme.models import Enrolment, Leave
from innpass.domain.placing.agreement import Party, VersionKind
from innpass.domain.placing.states import CaseKind, State, Step
from innpass.web.agreements.board import card_of
from innpass.web.agreements.case import case_page
from innpass.web.agreements.finding import Found
from tests.casework.agreements.placing import LAST, Placing, placing_in
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import KARI, LEA, NINA, ODD, PER, RAGNHILD, Town
from tests.factories.people import ParticipantFactory, become_second, settle

BOARD = "agreements:board"


@pytest.fixture
def here(town: Town) -> Placing:
    return placing_in(town)


def body(town: Town, who: str, name: str, *args: Any, query: str = "") -> str:
    answer = town.browser(who).get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_board_shows_a_case_in_its_column(here: Placing) -> None:
    case = here.proposed()
    services.take_step(case, Step.PRESENTED, on=TODAY, by=here.per, today=TODAY)

    page = here.town.browser(PER).get(reverse(BOARD)).context["page"]

    assert [(each.name, each.count) for each in page.columns if each.count] == [("Presentert", 1)]
    assert page.columns[1].cards[0].employer == "Solbakken barnehage"


def test_a_supervisor_sees_the_own_first_and_the_others_on_asking(here: Placing) -> None:
    here.proposed(by=here.ragnhild)  # who is no supervisor, so nobody's

    own = here.town.browser(PER).get(reverse(BOARD)).context["page"]
    everybody = here.town.browser(PER).get(reverse(BOARD) + "?hvem=alle").context["page"]

    assert (own.total, everybody.total) == (0, 1)
    assert [link.label for link in own.whose] == ["Mine (0)", "Alle (1)"]


@pytest.mark.parametrize("query", ["?venter=participant", "?venter=employer"])
def test_a_count_leads_to_what_it_counts(here: Placing, query: str) -> None:
    case = here.proposed()
    here.waiting(case)
    here.proposed("Bohdan", employer=_another(here))

    page = here.town.browser(PER).get(reverse(BOARD) + query).context["page"]
    counted = next(each.number for each in page.counts if each.is_current)

    assert page.total == counted == 1
    assert [card.says for column in page.columns for card in column.cards] == [
        "Venter på deltakeren og arbeidsgiveren"
    ]


def test_who_may_not_read_signatures_gets_no_false_zeros(here: Placing) -> None:
    here.waiting(here.proposed())

    def seen(who: str) -> tuple[list[str], int]:
        shown = here.town.browser(who).get(reverse(BOARD) + "?hvem=alle&venter=participant")
        page = shown.context["page"]
        return [each.label for each in page.counts], page.total

    assert seen(NINA) == (["Slutter snart"], 1)  # and the address hides no case from her
    labels, total = seen(PER)
    assert (len(labels), total) == (4, 1)


def test_an_agreement_that_ends_soon_is_counted_and_listed(here: Placing) -> None:
    here.agreed(first_day=date(2026, 6, 22), last_day=date(2026, 7, 20))

    page = here.town.browser(PER).get(reverse(BOARD) + "?slutter=snart").context["page"]

    assert page.total == page.counts[-1].number == 1
    assert page.columns[0].cards[0].says == "Slutter om 20 dager"


def test_a_protected_person_is_neither_shown_nor_counted(here: Placing) -> None:
    case = here.proposed()
    here.town.protect("Amina", by=KARI)

    for who in (PER, LEA, NINA):
        page = here.town.browser(who).get(reverse(BOARD) + "?hvem=alle").context["page"]
        assert page.total == 0
        assert page.whose[1].label == "Alle (0)"
        answer = here.town.browser(who).get(reverse("agreements:case", args=[case.pk]))
        assert answer.status_code == 404
    assert "Amina" in body(here.town, KARI, BOARD)


def test_placements_of_the_sheets_get_cases_by_one_click(here: Placing) -> None:
    case = here.agreed()
    PlacementCase.objects.filter(pk=case.pk).update(withdrawn_at="2026-06-30T10:00Z", row=None)
    browser = here.town.browser(PER)

    page = browser.get(reverse(BOARD)).context["page"]
    browser.post(reverse("agreements:adopt"))
    after = browser.get(reverse(BOARD) + "?hvem=alle").context["page"]

    assert (page.adopt, after.adopt) == (1, 0)
    assert [column.name for column in after.columns if column.count] == ["Avtalt"]
    assert without_case(here.per, on=TODAY) == []


def test_the_board_asks_as_many_questions_for_many_cases_as_for_one(here: Placing) -> None:
    here.agreed()
    browser = here.town.browser(PER)
    browser.get(reverse(BOARD))
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse(BOARD))
    people: list[Any] = [ParticipantFactory(municipality=here.town.municipality) for _ in range(6)]
    settle(people)
    for person in people:
        made = services.propose(
            person,
            _another(here, person.name),
            place=None,
            kind=services.CaseKind.MUNICIPAL_PRACTICE,
            by=here.per,
            on=TODAY,
        )
        services.take_step(made, Step.PRESENTED, on=TODAY, by=here.per, today=TODAY)

    with CaptureQueriesContext(connection) as many:
        page = browser.get(reverse(BOARD)).context["page"]

    assert page.total == 7
    assert len(many) == len(one)


def test_a_case_says_what_is_next_and_why_not_the_rest(here: Placing) -> None:
    case = here.proposed()

    page = _page(here, case)

    assert page.next_action.label == "Skriv presentasjonen"
    assert page.next_text == "Presenter deltakeren for stedet."
    assert [each.state for each in page.stops][:2] == ["now", "later"]
    here.sign(here.waiting(case), Party.EMPLOYER)
    page = _page(here, case)
    assert page.next_text == "Avtalen venter på underskrift fra deltakeren."
    refused = {each.label: each.why_not for each in page.refused}
    assert "innholdet er låst" in refused["Endre avtalen"]


def test_a_version_shows_what_is_new_against_the_one_in_force(here: Placing) -> None:
    case = here.agreed()
    services.make_version(
        case,
        here.content(last_day=date(2026, 12, 4)),
        kind=VersionKind.EXTENDED,
        reason="Mer tid på norsken",
        by=here.per,
        on=TODAY,
    )

    page = _page(here, case)

    assert [(each.label, each.after) for each in page.waiting.changes] == [
        ("Siste dag", "4. des. 2026")
    ]
    assert page.waiting.reason == "Mer tid på norsken"
    assert page.in_force.number == 1


def test_what_the_sheets_say_otherwise_is_told(here: Placing) -> None:
    case = here.agreed()
    here.town.people("Amina").placements.update(last_day=date(2026, 9, 1))

    assert "oversikten sier" in _page(here, case).notices[0]


def test_notes_are_for_the_refugee_department_and_nav(here: Placing) -> None:
    case = here.proposed()
    services.take_step(
        case, Step.PRESENTED, on=TODAY, by=here.per, today=TODAY, text="Lederen var i tvil"
    )

    told = {who: body(here.town, who, "agreements:case", case.pk) for who in (ODD, LEA, NINA)}

    assert "Lederen var i tvil" in told[ODD]
    assert "Lederen var i tvil" in told[LEA]
    assert "Lederen var i tvil" not in told[NINA]


def test_an_agreement_that_does_not_go_together_keeps_what_was_typed(here: Placing) -> None:
    case = here.proposed()
    href = reverse("agreements:write", args=[case.pk])
    typed = {
        "version": case.version,
        "place": str(here.place.pk),
        "first_day": "6.7.26",
        "last_day": "05.10.2026",
        "day4": "08.00-15.00",
        "tasks": "Gjøre klar mat",
        "goals": ["experience"],
    }

    answer = here.town.browser(PER).post(href, typed)

    assert answer.status_code == 422
    assert "Kjøkkenet tar ikke imot på fredag" in answer.content.decode()
    assert "Gjøre klar mat" in answer.content.decode()
    assert not AgreementVersion.objects.exists()
    done = here.town.browser(PER).post(href, {**typed, "day4": "", "day0": "08.00-15.00"})
    assert done.status_code == 302
    assert AgreementVersion.objects.get().days == [[0, 480, 900]]


def test_the_second_of_two_gets_a_sentence_and_loses_nothing(here: Placing) -> None:
    case = here.proposed()
    version = here.waiting(case)
    on_screen = PlacementCase.objects.get(pk=case.pk).version
    here.sign(version, Party.EMPLOYER)
    href = reverse("agreements:sign", args=[case.pk, "participant"])

    answer = here.town.browser(PER).post(
        href, {"version": on_screen, "name": "Amina Haddad", "agree": "on"}
    )

    assert answer.status_code == 409
    assert "Noen andre gjorde noe" in answer.content.decode()
    assert "Amina Haddad" in answer.content.decode()
    assert Signature.objects.count() == 1


def test_nobody_signs_at_the_table_as_somebody_else(here: Placing) -> None:
    case = here.proposed()
    here.waiting(case, contacts={"signer": {"name": "Jan Nygård"}})
    browser = here.town.browser(PER)

    def typed(party: str, name: str) -> Any:
        href = reverse("agreements:sign", args=[case.pk, party])
        shown = browser.get(href).context["page"]
        said = {"version": shown.version, "read": shown.read, "name": name, "agree": "on"}
        return browser.post(href, said)

    for party, other, named in (
        ("participant", "Jan Nygård", "Amina Haddad"),
        ("employer", "Amina Haddad", "Jan Nygård"),
    ):
        answer = typed(party, other)
        assert answer.status_code == 422
        assert f"Her skal {named} skrive under" in answer.content.decode()
        assert "«På vegne av»" in answer.content.decode()
    assert not Signature.objects.exists()
    assert typed("employer", "jan nygaard").status_code == 302


def test_what_is_handed_over_leads_nowhere_else(here: Placing) -> None:
    case = here.proposed()
    here.waiting(case)
    browser = here.town.browser(PER)
    handed = reverse("agreements:sign", args=[case.pk, "participant"])

    for href in (handed, reverse("agreements:thanks", args=[case.pk])):
        links = re.findall(r'<a [^>]*href="([^"]*)"', browser.get(href).content.decode())
        assert [link for link in links if not link.startswith(("?sprak=", "#"))] == []
    own = browser.get(reverse("agreements:case", args=[case.pk])).content.decode()
    assert f'href="{handed}?maate=on_behalf"' in own


def test_signing_at_the_table_thanks_in_ones_own_language(here: Placing) -> None:
    case = here.proposed()
    here.waiting(case)
    href = reverse("agreements:sign", args=[case.pk, "participant"]) + "?sprak=ar"

    page = here.town.browser(PER).get(href)
    shown = page.context["page"]
    said = {"version": shown.version, "read": shown.read, "name": "Amina Haddad", "agree": "on"}
    done = here.town.browser(PER).post(href, said, follow=True)

    assert 'lang="ar" dir="rtl"' in page.content.decode()
    assert "شكرًا لك" in done.content.decode()
    assert Signature.objects.get().way == "at_table"


@pytest.mark.parametrize(("language", "alone"), [("uk", False), ("ar", False), ("ti", True)])
def test_an_agreement_is_printed_tagged_with_the_language_beside_it(
    here: Placing, language: str, alone: bool
) -> None:
    case = here.agreed()
    before = ReadEvent.objects.count()

    answer = here.town.browser(PER).get(
        reverse("agreements:paper", args=[case.pk]) + f"?versjon=1&sprak={language}"
    )

    assert answer["Content-Type"] == "application/pdf"
    assert b"pdfuaid:part" in answer.content
    assert (f"/Lang({language})".encode() in answer.content) is not alone
    assert ReadEvent.objects.count() == before + 1


def test_a_person_of_two_names_is_shown_once_as_the_one_that_holds(here: Placing) -> None:

    case = here.proposed("Amina")
    amina, bohdan = here.town.people("Amina"), here.town.people("Bohdan")
    become_second(amina, bohdan)

    assert _page(here, case).person.label == bohdan.name
    assert [line.state for line in lines_of_person(bohdan.pk, actor=here.per, on=TODAY)] == [
        State.PROPOSED
    ]


def test_a_person_is_sought_by_name_before_a_place_is_proposed(here: Placing) -> None:
    address = reverse("agreements:propose")
    page = here.town.browser(RAGNHILD).post(address, {"sok": "amina"})

    assert b'method="post"' in page.content
    assert here.town.browser(RAGNHILD).get(address + "?sok=amina").context["page"].found == ()
    (found,) = page.context["page"].found
    assert found.name.startswith("Amina")
    form = here.town.browser(RAGNHILD).get(reverse("agreements:propose") + found.href)
    assert "Kjøkkenet" in form.content.decode()


def test_who_is_in_practice_is_told_before_anything_is_proposed(here: Placing) -> None:
    here.agreed()
    browser, address = here.town.browser(RAGNHILD), reverse("agreements:propose")

    (found,) = browser.post(address, {"sok": "amina"}).context["page"].found
    form = browser.get(address + found.href).content.decode()

    assert "Har praksis: Solbakken barnehage" in found.note
    assert "En ny avtale kan ikke ha de samme dagene" in form


def test_the_last_day_says_so(here: Placing) -> None:
    case = here.agreed()
    found = open_found(here, case)

    page = case_page(found, actor=here.per, on=LAST)
    stand = next(each for each in judge(here.per, on=LAST, is_own=True).stands)

    assert page.state == "Pågår"
    assert page.next_text.startswith("Siste dag i dag. Før hvordan det gikk")
    assert card_of(stand, case, on=LAST).says == "Siste dag i dag"


def open_found(here: Placing, case: PlacementCase) -> Found:
    return Found(case, told_of([case])[case.pk])


def test_what_is_only_told_stands_apart_from_what_must_be_decided(here: Placing) -> None:
    amina = here.town.people("Amina")
    Enrolment.objects.filter(participant=amina).update(planned_last_day=date(2026, 9, 1))
    Leave.objects.create(
        municipality=here.town.municipality,
        participant=amina,
        first_day=date(2026, 8, 3),
        last_day=date(2026, 8, 9),
    )
    case = here.proposed()
    version = here.waiting(case, long_reason="Programmet forlenges")

    page = _page(here, case)
    AgreementVersion.objects.filter(pk=version.pk).update(long_reason="")
    again = _page(here, case)

    assert page.notices == ()
    assert ["permisjon" in each for each in page.told] == [True]
    assert ("Hvorfor så lenge", "Programmet forlenges") in page.waiting.facts
    assert ["planlagt ferdig" in each for each in again.notices] == [True]


def _page(here: Placing, case: PlacementCase) -> Any:
    answer = here.town.browser(PER).get(reverse("agreements:case", args=[case.pk]))
    assert answer.status_code == 200
    return answer.context["page"]


def _another(here: Placing, name: str = "Elveskolen") -> Employer:
    made: Employer = Employer.objects.get_or_create(
        municipality=here.town.municipality, kind="municipal", name=name
    )[0]
    return made


@pytest.mark.parametrize("name", ["end", "withdraw"])
def test_a_form_is_not_offered_to_whom_it_is_refused(here: Placing, name: str) -> None:
    case = here.proposed(kind=CaseKind.WORK_TRAINING)
    address = reverse(f"agreements:{name}", args=[case.pk])

    refused = here.town.browser(PER).get(address, follow=True)

    assert refused.redirect_chain == [(reverse("agreements:case", args=[case.pk]), 302)]
    assert "Det kan programrådgiver" in refused.content.decode()
    assert here.town.browser(RAGNHILD).get(address).status_code == 200


def test_a_protected_name_stands_on_no_paper_and_in_no_field(here: Placing) -> None:
    case = here.proposed()
    version = here.waiting(case)
    here.sign(version, Party.PARTICIPANT, name=here.town.people("Amina").name)
    here.town.protect("Amina", by=KARI, named=(PER,))
    case = PlacementCase.objects.get(pk=case.pk)

    printed = document_of(case, version, tongue=language_or_norwegian("nb"), on=TODAY)
    behalf = reverse("agreements:sign", args=[case.pk, "participant"]) + "?maate=on_behalf"
    form = here.town.browser(PER).get(behalf).context["page"].form

    assert "Amina" not in str(printed)
    assert form.initial["name"] == ""
