"""A town in which every field of a person holds something that is found again in any output."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.test import Client
from django_scopes import scope

from innpass.casework.accounts.models import User
from innpass.casework.imports.models import ImportBatch
from innpass.casework.imports.services import HandedOver, receive_files
from innpass.casework.organisations.models import Municipality, OrganisationKind
from innpass.casework.organisations.queries import actor_for, operator
from innpass.casework.organisations.services import BODY_OF_ROLE, employ, make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.participants.services import set_protection
from innpass.casework.plans import services as plans
from innpass.casework.reconciliation.services import apply_import, preview_import
from innpass.casework.round_trip.queries import (
    find_form,
    forms,
    read_returned,
    returns_of,
)
from innpass.casework.round_trip.services import apply_returned, export_sheet
from innpass.casework.training import services as courses
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor, Role
from innpass.domain.courses.following import Choice, Deviation
from innpass.domain.courses.model import Block, WeekTemplate
from innpass.domain.sheets.fields import Activity
from tests.casework.reconciliation.importing import workbook
from tests.casework.round_trip.editing import Cells, edit, put
from tests.web.access.asked_employers import ask_employers
from tests.web.access.attended import attend, subscribe
from tests.web.access.followed import follow
from tests.web.access.intakes import begin_term, join_alone
from tests.web.access.matched import know, match, offer_place
from tests.web.access.placed import let_in, place
from tests.web.access.planned_weeks import ask_for_week, join_week, plan_week

TODAY = date(2026, 6, 30)
_REFUGEE, _NAV, _LEARNING = (
    OrganisationKind.REFUGEE_DEPARTMENT,
    OrganisationKind.NAV_OFFICE,
    OrganisationKind.ADULT_LEARNING_CENTRE,
)

# Everybody who works in the town: the roles, the leaders of the other bodies, and who is named.
STAFF: dict[str, tuple[Role, OrganisationKind]] = {
    **{role.value: (role, BODY_OF_ROLE[role]) for role in Role},
    "leader_nav": (Role.LEADER, _NAV),
    "leader_learning": (Role.LEADER, _LEARNING),
}
NAMED = "named"  # a programme adviser, the only one who may see who is protected
STRANGER = "stranger"  # a programme adviser of another municipality
OUTSIDER = "outsider"  # signed in, but works nowhere
LEFT = "left"  # a programme adviser until last year


@dataclass(frozen=True, slots=True)
class Life:
    """What the sheets say about one person; ``number`` tells persons apart in every cell."""

    number: int
    given: str
    family: str
    born: date
    fnr: str
    duf: str

    def word(self, what: str) -> str:
        """Return a word that stands in no other person's cell and in no template."""
        return f"Z{what}{'abcdef'[self.number]}q"

    @property
    def name(self) -> str:
        """The name as shown."""
        return f"{self.given} {self.family}"

    @property
    def identity(self) -> tuple[str, ...]:
        """What gives a person away."""
        return (self.family, self.fnr, self.duf, f"7100{self.number}", f"3300{self.number}4")

    def refugee(self) -> dict[str, Any]:
        """The row of the refugee department."""
        return {
            "Visma-nr": f"4240{self.number}",
            "Etternavn": self.family,
            "Fornavn": self.given,
            "Navn (originalskrift)": f"Зміна{self.number}",
            "Fødselsdato": self.born,
            "Fødselsnummer/D-nummer": self.fnr,
            "DUF-nummer": self.duf,
            "Opprinnelsesland": self.word("land"),
            "Beskyttelse": "Kollektiv beskyttelse",
            "Fullført videregående eller høyere": "Ja",
            "Bosatt dato": date(2025, 5, 6),
            "Dato for oppholdstillatelse": date(2025, 4, 22),
            "Tilbudt programstart": date(2025, 7, 8),
            "Barn under 18": "Ja",
            "Kompetansekartlegging": date(2025, 9, 2),
            "Livsmestring helse, timer": 19,
            "Programstart": date(2025, 8, 11),
            "Planlagt slutt": date(2026, 8, 13),
            "Faktisk slutt": None,
            "Sluttmål": "Arbeid",
            "Omfang (%)": 57,
            "Programrådgiver": f"Ada {self.word('rad')}",
            "Praksisveileder": f"Pia {self.word('vei')}",
        }

    def placement(self) -> dict[str, Any]:
        """The row of a placement."""
        return {
            "Visma-nr": f"4240{self.number}",
            "Type": "Kommunal",
            "Tjenesteområde": self.word("omr"),
            "Enhet/bedrift": f"{self.word('enh')} barnehage",
            "Fra": date(2026, 1, 12),
            "Til": date(2026, 7, 17),
            "Forlenget": "Ja",
            "Timer per uke": 7.25,
        }

    def hours(self) -> dict[str, Any]:
        """The row of an activity."""
        return {
            "Visma-nr": f"4240{self.number}",
            "Aktivitet": "Bransjekurs",
            "Fra": date(2026, 1, 14),
            "Til": date(2026, 7, 16),
            "Timer per uke": 13.75,
        }

    def leave(self) -> dict[str, Any]:
        """The row of a leave."""
        return {
            "Visma-nr": f"4240{self.number}",
            "Fra": date(2025, 11, 3),
            "Til": date(2025, 11, 28),
            "Årsak": self.word("sak"),
        }

    def absence(self) -> dict[str, Any]:
        """The row of an absence."""
        return {
            "Visma-nr": f"4240{self.number}",
            "Fravær fra": date(2026, 4, 13),
            "Fravær til": date(2026, 4, 15),
            "Type": "Sykt barn",
        }

    def decision(self) -> dict[str, Any]:
        """The row of a decision."""
        return {
            "Visma-nr": f"4240{self.number}",
            "Vedtak": "Permisjon",
            "Vedtaksdato": date(2025, 10, 20),
            "Gjelder fra": date(2025, 11, 3),
            "Begrunnelse": self.word("vedt"),
        }

    def pupil(self) -> dict[str, Any]:
        """The row of the learning centre."""
        return {
            "Visma-nr": f"7100{self.number}",
            "Navn": self.name,
            "Fødselsdato": self.born,
            "Fødselsnummer": self.fnr,
            "Klasse": self.word("kl"),
            "Spor": 3,
            "Kontaktlærer": f"Lea {self.word('ler')}",
            "Lytte": "B2",
            "Lese": "C1",
            "Skrive": "A2",
            "Snakke": "C2",
        }

    def test(self) -> dict[str, Any]:
        """The row of a Norwegian test."""
        return {
            "Visma-nr": f"7100{self.number}",
            "Prøvedato": date(2026, 5, 19),
            "Mål": "B1",
            "Lytte": "B2",
            "Lese": "B1",
            "Skrive": "A1",
            "Snakke": "B1",
            "Mål nådd": "Ja",
        }

    def nav(self) -> dict[str, Any]:
        """The row of Nav."""
        return {
            "Socionr": f"3300{self.number}4",
            "Navn": self.name,
            "Fødselsnummer": self.fnr,
            "Fødselsdato": self.born,
        }

    def overview(self) -> dict[str, Any]:
        """The row of the shared sheet, with a cell that only a human can read."""
        return {
            "Navn": self.name,
            "Født": self.born,
            "Fnr/D-nr": self.fnr,
            "Socionr. (Nav)": f"3300{self.number}4",
            "Visma flyktning": f"4240{self.number}",
            "Nav-kontakt": f"Nils {self.word('nav')}",
            "Siste kontakt": date(2026, 6, 9),
            "Neste steg": self.word("neste"),
            "Frist": date(2026, 7, 21),
            "Ansvarlig": f"Eva {self.word('eier')}",
            "Planlagt slutt": date(2026, 8, 27),  # two weeks later than the department says
            "Infomøte": date(2026, 6, 17),
            "Overføringsmøte": f"avtales {self.word('mote')}",
            "Merknad": self.word("merk"),
        }


OPEN = Life(0, "Amina", "Zhaddad", date(1988, 3, 17), "17838800033", "201833445505")
OTHER = Life(1, "Bohdan", "Zkovalenko", date(1991, 12, 29), "29929100032", "201944556601")
HIDDEN = Life(2, "Celine", "Zmukendi", date(1979, 10, 26), "26907900036", "202055667702")
ABROAD = Life(3, "Daria", "Zsavenko", date(1969, 9, 15), "15896900150", "202166778809")


def markers(life: Life) -> dict[str, tuple[str, ...]]:
    """Return, for every field that the sheets fill, what betrays it in HTML, XLSX or JSON."""

    def day(when: date) -> tuple[str, ...]:
        return (f"{when:%d.%m.%Y}", f"{when:%Y-%m-%d}", f"{when.day}.{when.month}.{when:%Y}")

    return {
        "native_name": (f"Зміна{life.number}",),
        "birth_date": (*day(life.born), str(life.born.year)),
        "country": (life.word("land"),),
        "identifier.socio": (f"3300{life.number}4",),
        "identifier.visma_refugee": (f"4240{life.number}",),
        "identifier.visma_learning": (f"7100{life.number}",),
        "identifier.fnr": (">Fødselsnummer", '"fødselsnummer"', ">fødselsnummer"),
        "identifier.duf": (">DUF-nummer",),
        "programme.start": day(date(2025, 8, 11)),
        "programme.planned_end": (*day(date(2026, 8, 13)), *day(date(2026, 8, 27))),
        "programme.protection": ("Kollektiv beskyttelse", "kollektiv beskyttelse", '"collective"'),
        "programme.extent_percent": ('"extent_percent": 57',),
        "programme.end_goal": ("Mål: arbeid",),
        "programme.adviser": (life.word("rad"),),
        "programme.supervisor": (life.word("vei"),),
        "programme.class_name": (life.word("kl"),),
        "nav.adviser": (life.word("nav"),),
        "nav.info_meeting": day(date(2026, 6, 17)),
        "nav.handover": (life.word("mote"),),
        "teacher": (life.word("ler"),),
        "last_contact": day(date(2026, 6, 9)),
        "next_step": (life.word("neste"),),
        "next_step_due": day(date(2026, 7, 21)),
        "next_step_owner": (life.word("eier"),),
        "remark": (life.word("merk"),),
        "level.listening": ('"lytte": "B2"',),
        "test.date": day(date(2026, 5, 19)),
        "placement.area": (life.word("omr"),),
        "placement.unit": (life.word("enh"),),
        "placement.last_day": day(date(2026, 7, 17)),
        "placement.hours_per_week": ("7,25", "7.25"),
        "activity.kind": ('"bransjekurs"', ">Bransjekurs"),
        "activity.first_day": day(date(2026, 1, 14)),
        "activity.hours_per_week": ("13,75", "13.75", "13,8"),
        "leave.first_day": day(date(2025, 11, 3)),
        "leave.reason": (life.word("sak"),),
        "absence.first_day": day(date(2026, 4, 13)),
        "absence.kind": ("sykt barn", "child_ill"),
        "decision.day": day(date(2025, 10, 20)),
        "decision.reason": (life.word("vedt"),),
        "plan.version": ("19. aug. 2025",),
        "plan.goals": (life.word("yrke"),),
        "plan.content": (life.word("elem"),),
        "plan.reason": (life.word("grunn"),),
        "course.reason": (life.word("kurs"),),
        "attendance.kind": ("orte, sykmelding",),
        "agreement.content": (life.word("avt"),),
        "agreement.note": (life.word("sagt"),),
        "follow_up.told": (life.word("videre"),),
        "follow_up.note": (life.word("intern"),),
        "follow_up.voice": (life.word("stem"),),
        "follow_up.norwegian": (life.word("norsk"),),
        "follow_up.missing": (life.word("mangel"),),
        "follow_up.contact": (life.word("ringte"),),
        "follow_up.job_seeking": (life.word("soker"),),
        "contract.terms": (life.word("ansatt"),),
        "attest.content": (life.word("attest"),),
        "work.goals": (life.word("onske"),),
        "work.cv": (life.word("cv"),),
        "match.advice": (life.word("valg"),),
        "match.presentation": (life.word("pres"),),
        "timetable.appointment": (life.word("avtale"),),
        "timetable.ties": (life.word("bosted"),),
        "timetable.reason": (life.word("hvorfor"),),
        "intake.reason": (f"{life.word('inn')}.", f">{life.word('inn')}<"),
        "intake.language": (f"{life.word('inn')}tale",),
        "settled_on": day(date(2025, 5, 6)),
        "permit_on": day(date(2025, 4, 22)),
        "programme.offered_on": day(date(2025, 7, 8)),
        "mapping_on": day(date(2025, 9, 2)),
        "lifeskills.health_hours": ('"health_hours": 19',),
        "status.verdict": ('"met"', '"below"', "Oppfylt", "Under kravet"),
        "status.minimum": ("10,0", '"requirement": {', "10 t"),
        "status.explanation": ("§ 43",),
        "journey.place": ("Nå på steg", ">Steg"),
        "provenance": ("oversikt.xlsx",),
        "question.text": ("note",),
    }


@dataclass
class Town:
    """The municipality, its staff by user name, its people, and imports in two states.

    ``matching`` names a practice place, a match of the named adviser's and what was sent.
    ``intake`` names rows of the intake, ``weeks`` of the timetables, ``outreach`` of what
    employers are asked; ``calendar`` is the secret
    in the address of the open person's calendar, ``invitation`` that in the link to an employer of
    hers; ``cases`` has a placement of each person. ``waiting`` is the file of
    ``ready``, ``form`` the shared sheet, ``returned`` one that came back edited, and ``entered``
    the act of entering one. ``browsers`` are signed in. ``seen`` is what each of the staff saw when
    all was the same, but the hidden person was not there. ``fields`` is what ``may_read`` has told.
    """

    municipality: Municipality
    other: Municipality
    users: dict[str, User] = field(default_factory=dict)
    people: dict[int, UUID] = field(default_factory=dict)
    applied: ImportBatch | None = None
    ready: ImportBatch | None = None
    abroad: ImportBatch | None = None
    form: UUID | None = None
    form_abroad: UUID | None = None
    returned: UUID | None = None
    waiting: UUID | None = None
    entered: UUID | None = None
    intake: dict[str, UUID] = field(default_factory=dict)
    weeks: dict[str, UUID] = field(default_factory=dict)
    outreach: dict[str, UUID] = field(default_factory=dict)
    calendar: str = ""
    invitation: str = ""
    cases: dict[int, UUID] = field(default_factory=dict)
    matching: dict[str, UUID] = field(default_factory=dict)
    followed: dict[int, dict[str, UUID]] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    seen: dict[str, dict[str, str]] = field(default_factory=dict)
    fields: dict[str, frozenset[str]] = field(default_factory=dict)

    def actor(self, user: str) -> Actor:
        """Return a user's eyes."""
        found = actor_for(self.users[user], on=TODAY)
        assert found
        return found[0]

    def may_read(self, user: str) -> frozenset[str]:
        """Return the fields that one of the staff may read; no test here changes what one is."""
        if user not in self.fields:
            self.fields[user] = readable(self.actor(user))
        return self.fields[user]


def know_of(town: Town, life: Life, *, by: User) -> None:
    """Let a person have what matching knows, and shows employers."""
    person = Participant.objects.get(family_name=life.family)
    words = {"wish": "onske", "cv": "cv", "choice": "valg", "text": "pres"}
    told = {name: life.word(word) for name, word in words.items()}
    sending = know(person, town.cases[life.number], words=told, by=by)
    town.matching[f"sent-{life.number}"] = sending


def files_about(*lives: Life, day: int = 30) -> dict[str, bytes]:
    """Return the four bodies' files about some people, as written on a day of June 2026."""
    return {
        "flyktning.xlsx": workbook(
            ("Deltakere", [life.refugee() for life in lives]),
            ("Praksis", [life.placement() for life in lives]),
            ("Timeplan", [life.hours() for life in lives]),
            ("Permisjon", [life.leave() for life in lives]),
            ("Fravær", [life.absence() for life in lives]),
            ("Vedtak", [life.decision() for life in lives]),
            day=day,
        ),
        "laeringssenter.xlsx": workbook(
            ("Elever", [life.pupil() for life in lives]),
            ("Norskprøver", [life.test() for life in lives]),
            day=day,
        ),
        "nav.xlsx": workbook(("Brukere", [life.nav() for life in lives]), day=day),
        "oversikt.xlsx": workbook(("2026", [life.overview() for life in lives]), day=day),
    }


def hand_in(municipality: Municipality, files: Mapping[str, bytes]) -> ImportBatch:
    """Receive files as the operator."""
    return receive_files(
        files=[HandedOver(name, content) for name, content in files.items()],
        municipality=municipality,
        by=operator(municipality),
        on=TODAY,
    )


def agree_plans(life: Life) -> None:
    """Let a person have a plan in force, and the one before it."""
    person = Participant.objects.get(family_name=life.family)
    by = operator(person.municipality)
    goals = {f"goal_{skill}": "B1" for skill in ("listening", "reading", "writing", "speaking")}
    values = {
        **goals,
        "end_goal": "work",
        "occupation": life.word("yrke"),
        "long_term_goal": life.word("yrke"),
        "norwegian_hours": 600,
        "social_studies_hours": 50,
        "length_months": 12,
        "complaint_informed": True,
        "reason": life.word("grunn"),
    }
    element = {"kind": "practice", "text": life.word("elem"), "reason": life.word("elem")}
    for day in (date(2025, 8, 12), date(2025, 8, 19)):
        draft = plans.start_draft(participant=person, on=day, by=by)
        plans.save_draft(plan=draft, values=values, elements=[element], expected=1, by=by)
        plans.agree(plan=draft, agreed_on=day, expected=2, by=by)
    follow_a_model(person, life, by=by)


def follow_a_model(person: Participant, life: Life, *, by: Actor) -> None:
    """Let a person have another course model than the suggested one, and a week of another kind."""
    why = life.word("kurs")
    choice = Choice(date(2025, 8, 11), "autumn-2025", 0, "1", why)
    courses.choose(participant=person, choice=choice, by=by)
    week = WeekTemplate((Block(Activity.PRACTICE, (7.5,) * 5),))
    deviation = Deviation(date(2026, 6, 1), None, "", week, why)
    courses.deviate(participant=person, deviation=deviation, by=by)


def build() -> Town:
    """Make the town with one person whom all may see, and one in another municipality."""
    town = Town(
        make_municipality(name="Lillevik", by=None), make_municipality(name="Storvik", by=None)
    )

    def hire(name: str, where: Municipality, role: Role, body: OrganisationKind) -> None:
        town.users[name] = User.objects.create_user(
            name, password="rett hest", full_name=f"Ansatt {name}"
        )
        employ(
            user=town.users[name],
            municipality=where,
            role=role,
            first_day=date(2020, 1, 1),
            body=body,
            by=None,
        )

    for name, (role, body) in STAFF.items():
        hire(name, town.municipality, role, body)
    hire(NAMED, town.municipality, Role.PROGRAMME_ADVISER, _REFUGEE)
    hire(STRANGER, town.other, Role.PROGRAMME_ADVISER, _REFUGEE)
    hire(LEFT, town.municipality, Role.PROGRAMME_ADVISER, _REFUGEE)
    with scope(municipality=town.municipality):
        town.users[LEFT].memberships.update(last_day=date(2025, 12, 31))
    town.users[OUTSIDER] = User.objects.create_user(OUTSIDER, password="rett hest")
    with scope(municipality=town.other):
        town.abroad = hand_in(town.other, files_about(ABROAD))
        apply_import(batch=town.abroad, by=operator(town.other))
        agree_plans(ABROAD)
        abroad = Participant.objects.get(family_name=ABROAD.family)
        town.people[ABROAD.number] = abroad.pk
        by_stranger = town.users[STRANGER]
        town.cases[ABROAD.number] = place(
            abroad, word=ABROAD.word("avt"), note=ABROAD.word("sagt"), by=by_stranger
        )
        be_followed(town, abroad, ABROAD)
    with scope(municipality=town.municipality):
        batch = hand_in(town.municipality, files_about(OPEN, day=1))  # newer ones come
        apply_import(batch=batch, by=operator(town.municipality))
        agree_plans(OPEN)
        participant = Participant.objects.get(family_name=OPEN.family)
        town.people[OPEN.number] = participant.pk
        by = town.actor(Role.PROGRAMME_ADVISER.value)
        town.intake = begin_term(participant, word=OPEN.word("inn"), by=by)
        words = {"appointment": "avtale", "home": "bosted", "reason": "hvorfor"}
        told = {name: OPEN.word(word) for name, word in words.items()}
        town.weeks = plan_week(participant, words=told, by=by)
        ask_for_week(participant, town.weeks, by=town.actor(NAMED))
        attend(participant, town.weeks["group"])
        town.calendar = subscribe(participant, by=by)
        town.outreach = ask_employers(town.weeks["employer"], by=by)
        supervisor = town.users[Role.PRACTICE_SUPERVISOR.value]
        town.cases[OPEN.number] = place(
            participant, word=OPEN.word("avt"), note=OPEN.word("sagt"), by=supervisor
        )
        town.invitation = let_in(town.cases[OPEN.number], by=by)
        town.matching["place"] = offer_place(town.weeks["employer"], participant)
        know_of(town, OPEN, by=supervisor)
        town.matching["run"] = match(
            participant, town.matching["place"], word=OPEN.word("valg"), by=town.users[NAMED]
        )
        be_followed(town, participant, OPEN)
    return town


def be_followed(town: Town, person: Participant, life: Life) -> None:
    """Let somebody have been visited at the workplace, and what follows from that."""
    words = {
        name: life.word(word)
        for name, word in {
            "told": "videre",
            "note": "intern",
            "voice": "stem",
            "norwegian": "norsk",
            "missing": "mangel",
            "contact": "ringte",
            "job_seeking": "soker",
            "contract": "ansatt",
            "attest": "attest",
        }.items()
    }
    by = town.users[Role.PRACTICE_SUPERVISOR.value]
    case = town.cases[life.number]
    town.followed[life.number] = follow(person, case, words=words, by=by)


def carry_on(town: Town, *hidden: Life) -> None:
    """Let new files come, of which one waits to be applied, and the shared sheet come back.

    They tell of the person whom all may see and, beside, of who is hidden. Everything else is the
    same with ``hidden`` as without.
    """
    _receive_more(town, *hidden)
    _bring_back_a_sheet(town, *hidden)


def _receive_more(town: Town, *hidden: Life) -> None:
    """Bring in people whose address is protected at once, and a version that changes all."""
    with scope(municipality=town.municipality):
        by = operator(town.municipality)
        town.applied = hand_in(town.municipality, files_about(OPEN, *hidden))
        apply_import(batch=town.applied, by=by)
        for life in hidden:
            participant = Participant.objects.get(family_name=life.family)
            town.people[life.number] = participant.pk
            agree_plans(life)
            set_protection(
                participant=participant,
                named=[town.users[NAMED]],
                reason="Vedtak fra politiet",
                by=town.actor(NAMED),
            )
            join_alone(participant, town.intake, word=life.word("inn"), by=town.actor(NAMED))
            reason = life.word("hvorfor")
            join_week(participant, town.weeks, reason=reason, by=town.actor(NAMED))
            attend(participant, town.weeks["group"])
            town.cases[life.number] = place(
                participant,
                word=life.word("avt"),
                note=life.word("sagt"),
                by=town.users[NAMED],
            )
            be_followed(town, participant, life)
            know_of(town, life, by=town.users[NAMED])
        changed = {
            name: content
            for name, content in files_about(OPEN, *hidden, OTHER).items()
            if name == "flyktning.xlsx"
        }
        town.ready = hand_in(town.municipality, changed)
        preview_import(batch=town.ready, by=by)
        town.ready.refresh_from_db()
        town.waiting = town.ready.files.get().pk


def _bring_back_a_sheet(town: Town, *hidden: Life) -> None:
    """Let the shared sheet come back with what somebody wrote about all, and enter some of it."""
    with scope(municipality=town.other):
        town.form_abroad = forms()[0].pk
    with scope(municipality=town.municipality):
        by = operator(town.municipality)
        town.form = forms()[0].pk
        form = find_form(town.form)
        assert form
        content = export_sheet(file=form, by=by, on=TODAY)

        def step(sheets: dict[str, Cells]) -> None:
            put(sheets["2026"], OPEN.name, "Neste steg", f"Endret {OPEN.word('neste')}")

        def remarks(sheets: dict[str, Cells]) -> None:
            for life in (OPEN, *hidden):
                put(sheets["2026"], life.name, "Merknad", f"Endret {life.word('merk')}")

        for change in (step, remarks):
            batch = hand_in(town.municipality, {"oversikt.xlsx": edit(content, change)})
            file = batch.files.get()
            town.returned = file.pk
            if change is step:
                apply_returned(read_returned(file, on=TODAY), by=by)
                town.entered = returns_of(file)[0].pk


_CHANGING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|csrf\w*\W+[A-Za-z0-9]{64}"
    r'|value="[A-Za-z0-9]{64}"|X-CSRFToken[^}]*'
)


def lasting(html: str) -> str:
    """Return a page without what differs each time it is drawn."""
    return _CHANGING.sub("", html)


def identity_in(text: str, lives: tuple[Life, ...]) -> Iterator[str]:
    """Yield what in a text gives people away."""
    for life in lives:
        yield from (mark for mark in life.identity if mark in text)
