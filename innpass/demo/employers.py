"""The demo's map: service areas through a reorganisation, contacts and practice places, invented.

The units and firms are those that the demo's sheets name, and some that nobody has asked before.
Organisation numbers are of the series that the register keeps for tests (they begin with 3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from innpass.casework.accounts.models import User
from innpass.casework.employers.models import (
    Belonging,
    ContactPerson,
    EmployerCard,
    MapRules,
    MunicipalContact,
    PracticePlace,
    ServiceArea,
)
from innpass.casework.organisations.models import Municipality
from innpass.casework.placements.models import Employer
from innpass.domain.identifiers import is_organisation_number
from innpass.domain.placing.demands import Demand
from innpass.domain.sheets.fields import PlacementKind

_BEGAN, _REORGANISED = date(2023, 1, 1), date(2026, 1, 1)
# Name, employees, and whether it was there before and after the reorganisation.
_AREAS = (
    ("Byutvikling og teknisk", 780, True, True),
    ("Helse og velferd", 2610, True, True),
    ("Kultur og oppvekst", 2540, True, False),
    ("Økonomi", 95, True, False),
    ("Organisasjon", 415, True, True),
    ("Oppvekst", 2360, False, True),
    ("Kultur", 180, False, True),
)
_NOW_IN = {"Kultur og oppvekst": "Oppvekst", "Økonomi": "Organisasjon"}
# Units that no sheet names: nobody has been there.
_UNASKED = (
    ("Biblioteket", "Kultur"),
    ("Kulturskolen", "Kultur"),
    ("Kulturhuset", "Kultur"),
    ("Svømmehallen", "Kultur"),
    ("Ungdomshuset", "Kultur"),
    ("Helsestasjonen", "Oppvekst"),
    ("Brann og redning", "Byutvikling og teknisk"),
    ("Dokumentsenteret", "Organisasjon"),
)
_GIVEN = (
    *("Anne", "Bjørn", "Cecilie", "Dag", "Eli", "Frode", "Grete", "Håkon", "Inger", "Jan"),
    *("Kristin", "Lars", "Mona", "Nils", "Oda", "Pål", "Randi", "Stein", "Turid", "Vidar"),
)
_FAMILY = (
    *("Aasen", "Bakken", "Dahle", "Eide", "Fossum", "Gran", "Hagen", "Iversen", "Kleppe"),
    *("Lien", "Myhre", "Nygård", "Opdal", "Ruud", "Sande", "Tangen", "Vik"),
)
_MON, _TUE, _WED, _THU, _FRI, _SAT = range(6)
_WEEK = (_MON, _TUE, _WED, _THU, _FRI)
_POLICE, _CLOTHES = Demand.POLICE_CERTIFICATE, Demand.CLOTHING


def _at(text: str) -> int:
    hours, minutes = text.split(".")
    return 60 * int(hours) + int(minutes)


@dataclass(frozen=True, slots=True)
class _Offer:
    """A place as employers of one sort offer it."""

    name: str
    occupation: str
    tasks: str
    learn: str
    level: str = "A2"
    seats: int = 1
    demands: tuple[Demand, ...] = ()
    days: tuple[int, ...] = _WEEK
    start: str = "08.00"
    end: str = "15.00"
    least: int | None = None
    access: str = ""


_CHILDREN = (
    _Offer(
        "Assistent i barnehage",
        "5311",
        "Lek, måltider og turer sammen med barna.",
        "Norsk i samtale, barnehagens rutiner, arbeidsmiljø.",
        "B1",
        2,
        (_POLICE,),
        end="14.30",
    ),
    _Offer(
        "Kjøkken i barnehagen",
        "9412",
        "Lage lunsj og rydde etter måltider.",
        "Mattrygghet, ord på kjøkkenet.",
        "A1",
        1,
        (_POLICE, _CLOTHES),
        end="13.00",
    ),
)
_SCHOOL = (
    _Offer(
        "Assistent i SFO",
        "5311",
        "Lek og måltid etter skoletid.",
        "Norsk med barn og voksne, samarbeid.",
        "A2",
        1,
        (_POLICE,),
        start="11.30",
        end="16.30",
    ),
    _Offer(
        "Vaktmesterhjelp på skolen",
        "5153",
        "Små reparasjoner, uteområde, snømåking.",
        "Verktøy, HMS, ord om bygg.",
        "A2",
        1,
        (_POLICE, Demand.SAFETY_SHOES),
        access="Noe tungt arbeid, trapper.",
    ),
)
_CARE = (
    _Offer(
        "Pleiemedarbeider",
        "5329",
        "Hjelpe til ved måltider, stell og aktiviteter.",
        "Omsorg i praksis, rapportering, taushetsplikt.",
        "B1",
        2,
        (_POLICE, Demand.TUBERCULOSIS_TEST, Demand.CONFIDENTIALITY),
        start="07.30",
        least=2,
    ),
    _Offer(
        "Kjøkken og vaskeri",
        "9412",
        "Servering, oppvask og tøy.",
        "Hygiene, rutiner, ord om mat.",
        "A1",
        1,
        (Demand.TUBERCULOSIS_TEST, _CLOTHES),
        start="07.30",
        end="14.30",
        access="Heis. Står mye.",
    ),
)
_HOME = (
    _Offer(
        "Hjemmehjelp sammen med en kollega",
        "5322",
        "Rengjøring og innkjøp hjemme hos folk.",
        "Å kjenne byen, norsk på telefon og i møte med eldre.",
        "B1",
        1,
        (_POLICE, Demand.TUBERCULOSIS_TEST, Demand.CONFIDENTIALITY, Demand.LICENCE_B),
        start="07.30",
        least=2,
    ),
)
_BY_WORD: tuple[tuple[str, tuple[_Offer, ...]], ...] = (
    ("barnehage", _CHILDREN),
    ("skole", _SCHOOL),
    ("bo- og aktivitetssenter", _CARE),
    ("Hjemmetjenesten", _HOME),
    ("Renhold", (_Offer("Renhold på dagtid", "9112", "Renhold av skoler og kontorer.",
        "Renholdsmetoder, kjemikalier, HMS.", "A1", 3, (_CLOTHES,), start="06.30", end="13.30"),)),
    ("Park", (_Offer("Grøntarbeider", "9214", "Plante, luke og klippe.",
        "Redskap og maskiner, planter, lagarbeid.", "A2", 2, (Demand.SAFETY_SHOES,),
        start="07.00", end="15.00", access="Utendørs hele året."),)),
    ("Vei", (_Offer("Anleggsarbeider", "9312", "Rydde, skilte og vedlikeholde veier.",
        "Arbeidsvarsling, HMS på anlegg.", "A2", 1, (Demand.HMS_CARD, Demand.SAFETY_SHOES)),)),
    ("Vann", (_Offer("Hjelp på renseanlegget", "9312", "Rydde, lese av og vedlikeholde.",
        "HMS, måling, rapportering.", "B1", 1, (Demand.VACCINATION, Demand.SAFETY_SHOES)),)),
    ("Bygg", (_Offer("Vaktmester i opplæring", "5153", "Tilsyn og små reparasjoner i bygg.",
        "Drift av bygg, verktøy, ord om feil.", "A2", 2, (Demand.LICENCE_B,)),)),
    ("Verkstedet", (_Offer("Hjelp på bilverkstedet", "7231", "Dekkskift, vask og enkel service.",
        "Verktøy, HMS, bestilling av deler.", "A2", 1, (Demand.SAFETY_SHOES,)),)),
    ("Oppmåling", (_Offer("Medhjelper i felt", "3112", "Sette ut og måle inn punkter.",
        "Kart, instrumenter, faguttrykk.", "B1"),)),
    ("Kantina", (_Offer("Kantinemedarbeider", "9412", "Lage mat, kasse og oppvask.",
        "Mattrygghet, kundeservice.", "A2", 2, (_CLOTHES,), start="07.30", end="14.30"),)),
    ("IKT", (_Offer("Brukerstøtte", "3512", "Klargjøre maskiner og svare på henvendelser.",
        "IKT-ord på norsk, systemene.", "B1", 1, (Demand.CONFIDENTIALITY,)),)),
    ("torget", (_Offer("Vert på innbyggertorget", "4225", "Ta imot folk og vise vei.",
        "Kommunens tjenester, norsk i møte med publikum.", "B1", 1, (Demand.CONFIDENTIALITY,)),)),
    ("transport", (_Offer("Post og varer i kommunen", "4412", "Sortere og levere post.",
        "Byens steder, rutiner.", "A2", 1, (Demand.LICENCE_B,)),)),
    ("Lønn", (_Offer("Kontormedarbeider", "4110", "Registrere og arkivere.",
        "Regneark, kontornorsk.", "B1", 1, (Demand.CONFIDENTIALITY,)),)),
    ("Biblioteket", (_Offer("Bibliotekassistent", "4411", "Sette opp bøker, hjelpe i skranken.",
        "Norsk i skranken, systemer, arrangement.", "A2", 1, start="10.00", end="16.00"),)),
    ("Hotell", (_Offer("Værelser og frokost", "9112", "Rengjøre rom, rydde frokost.",
        "Rutiner, service, norsk med kolleger.", "A1", 2, start="07.00", end="14.00"),
        _Offer("Resepsjon", "4224", "Ta imot gjester sammen med en kollega.",
        "Booking, service, engelsk og norsk.", "B1", 1, days=(_THU, _FRI, _SAT)),)),
    ("Gartneri", (_Offer("Gartnermedarbeider", "6113", "Så, plante og pakke.",
        "Planter, redskap, faguttrykk.", "A1", 2, (Demand.SAFETY_SHOES,)),)),
    ("kafeen", (_Offer("Kafémedarbeider", "5246", "Servere, kasse og rydde.",
        "Kundeservice, mattrygghet.", "A2", 1, days=(_TUE, _WED, _THU, _FRI, _SAT),
        start="10.00", end="17.00"),)),
    ("mat", (_Offer("Butikkmedarbeider", "5223", "Fylle på varer, kasse.",
        "Kundeservice, varekunnskap.", "A2", 2, start="09.00", end="16.00"),)),
    ("Mat i", (_Offer("Kokk i opplæring", "5120", "Forberede og lage mat.",
        "Kjøkkenord, oppskrifter, tempo.", "A2", 1, (_CLOTHES,), start="10.00", end="17.00"),)),
    ("Ull", (_Offer("Søm og pakking", "8153", "Sy, kontrollere og pakke.",
        "Maskiner, kvalitet.", "A1"),)),
    ("Vindu", (_Offer("Vindusvask", "9123", "Vaske vinduer hos kunder.",
        "HMS, kunder, kart.", "A2", 1, (Demand.LICENCE_B,)),)),
    ("lager", (_Offer("Lagermedarbeider", "4321", "Plukke, pakke og telle.",
        "Lagersystem, truck, HMS.", "A2", 2, (Demand.SAFETY_SHOES,), start="07.00"),)),
    ("Frisør", (_Offer("Frisørassistent", "5141", "Vaske hår, rydde, booke.",
        "Fagord, kundesamtaler.", "B1"),)),
    ("Bakeri", (_Offer("Bakermedarbeider", "7512", "Forme, steke og pakke brød.",
        "Mattrygghet, fagord.", "A1", 1, (Demand.HYGIENE_COURSE,), start="06.00", end="13.00"),)),
    ("Rene Rom", (_Offer("Renholder", "9112", "Renhold hos bedrifter.",
        "Metoder, HMS.", "A1", 3, (_CLOTHES,), start="06.30", end="13.30"),)),
    ("Elektro", (_Offer("Hjelpearbeider elektro", "7411", "Trekke kabler sammen med montør.",
        "Fagord, HMS.", "B1", 1, (Demand.HMS_CARD, Demand.SAFETY_SHOES)),)),
    ("Sveis", (_Offer("Sveiser i opplæring", "7212", "Kutte, slipe og sveise.",
        "Tegning, HMS, fagord.", "A2", 1, (Demand.SAFETY_SHOES,)),)),
    ("Sykkel", (_Offer("Sykkelreparatør", "7234", "Reparere og gjøre klar sykler.",
        "Deler, verktøy, kunder.", "A2"),)),
    ("Tre &", (_Offer("Tømrerhjelp", "7115", "Bære, måle og montere.",
        "Verktøy, HMS, fagord.", "A2", 2, (Demand.HMS_CARD, Demand.SAFETY_SHOES), start="07.00"),)),
    ("Transport", (_Offer("Medhjelper på bil", "8332", "Laste og levere.",
        "Ruter, papirer, HMS.", "A2", 1, (Demand.LICENCE_B,), start="07.00"),)),
    ("Bilpleie", (_Offer("Bilpleier", "9122", "Vask og klargjøring.",
        "Midler, HMS, kunder.", "A1"),)),
    ("Møbel", (_Offer("Snekkerverksted", "7522", "Pusse, montere og pakke.",
        "Verktøy, HMS.", "A2"),)),
)  # fmt: skip
_CAP_OF = {"barnehage": 3, "Hjemmetjenesten": 2, "skole": 2}
_CLOSED = "Stålverk Sør AS"
_SILENT = 5  # every so manieth offers nothing
_UNCONFIRMED = 6  # of every so manieth nobody has asked for long


def write_map(municipality: Municipality, *, on: date) -> None:
    """Write what the coordinator has noted of the employers until a day."""
    areas = _write_areas(municipality)
    sheets = list(Employer.objects.order_by("kind", "name", "pk"))
    new = [
        Employer(municipality=municipality, kind=PlacementKind.MUNICIPAL.value, name=name)
        for name, _area in _UNASKED
    ]
    Employer.objects.bulk_create(new)
    employers = [*sheets, *new]
    _write_cards(municipality, employers, on)
    _write_belongings(municipality, sheets, new, areas)
    _write_contacts(municipality, employers, on)
    _write_places(municipality, sheets, on)
    MapRules.objects.create(municipality=municipality, first_day=_BEGAN, confirm_days=120)
    MapRules.objects.create(municipality=municipality, first_day=_REORGANISED, confirm_days=90)


def _write_areas(municipality: Municipality) -> dict[str, ServiceArea]:
    rows = [
        ServiceArea(
            municipality=municipality,
            name=name,
            employees=employees,
            first_day=_BEGAN if before else _REORGANISED,
            last_day=None if after else _REORGANISED - timedelta(days=1),
        )
        for name, employees, before, after in _AREAS
    ]
    ServiceArea.objects.bulk_create(rows)
    return {each.name: each for each in rows}


def _numbers() -> Iterator[str]:
    """Yield organisation numbers of the test series, far apart."""
    for body in range(31_004_730, 31_999_999, 3_571):
        for digit in "0123456789":
            if is_organisation_number(f"{body}{digit}"):
                yield f"{body}{digit}"


def _write_cards(municipality: Municipality, employers: Sequence[Employer], on: date) -> None:
    numbers = _numbers()
    EmployerCard.objects.bulk_create(
        EmployerCard(
            municipality=municipality,
            employer=each,
            organisation_number=next(numbers) if at % 9 else "",
            employees=12 + at * 37 % 61,
            most_at_once=next((cap for word, cap in _CAP_OF.items() if word in each.name), None),
            closed_on=on - timedelta(days=40) if each.name == _CLOSED else None,
        )
        for at, each in enumerate(employers)
    )


def _write_belongings(
    municipality: Municipality,
    sheets: Sequence[Employer],
    new: Sequence[Employer],
    areas: dict[str, ServiceArea],
) -> None:
    rows = []
    for each in sheets:
        if each.area not in areas:
            continue
        after = _NOW_IN.get(each.area)
        last = _REORGANISED - timedelta(days=1) if after else None
        rows.append(_belonging(municipality, each, areas[each.area], _BEGAN, last))
        if after:
            rows.append(_belonging(municipality, each, areas[after], _REORGANISED, None))
    for each, (_name, area) in zip(new, _UNASKED, strict=True):
        rows.append(_belonging(municipality, each, areas[area], _REORGANISED, None))
    Belonging.objects.bulk_create(rows)


def _belonging(
    municipality: Municipality,
    employer: Employer,
    area: ServiceArea,
    first_day: date,
    last_day: date | None,
) -> Belonging:
    return Belonging(
        municipality=municipality,
        employer=employer,
        area=area,
        first_day=first_day,
        last_day=last_day,
    )


def _write_contacts(municipality: Municipality, employers: Sequence[Employer], on: date) -> None:
    staff = {each.username: each for each in User.objects.filter(username__in=("ingrid", "per"))}
    ours, theirs = [], []
    for at, each in enumerate(employers):
        if at % 7 != 3 and len(staff) == 2:
            ours += list(_ours(municipality, each, staff, is_new=at % 3 == 0, on=on))
        theirs += list(_theirs(municipality, each, at, on=on))
    MunicipalContact.objects.bulk_create(ours)
    ContactPerson.objects.bulk_create(theirs)


def _ours(
    municipality: Municipality,
    employer: Employer,
    staff: dict[str, User],
    *,
    is_new: bool,
    on: date,
) -> Iterator[MunicipalContact]:
    """Give an employer its contact in the municipality; at some, somebody else was it before."""
    changed = on - timedelta(days=120)
    if is_new:
        yield MunicipalContact(
            municipality=municipality,
            employer=employer,
            user=staff["per"],
            first_day=_BEGAN,
            last_day=changed - timedelta(days=1),
        )
    yield MunicipalContact(
        municipality=municipality,
        employer=employer,
        user=staff["ingrid"] if is_new or employer.kind == "municipal" else staff["per"],
        first_day=changed if is_new else _BEGAN,
    )


def _theirs(
    municipality: Municipality, employer: Employer, at: int, *, on: date
) -> Iterator[ContactPerson]:
    """Give an employer its leader, who signs at most, and somebody who follows up."""
    roles = [("leader", at), ("signer", at if at % 4 else at + 41)]
    if at % 2 == 0:
        roles.append(("mentor", at + 17))
    for role, who in roles:
        given, family = _GIVEN[who % len(_GIVEN)], _FAMILY[who * 5 % len(_FAMILY)]
        ascii_name = f"{given}.{family}".lower()
        for letter, plain in (("å", "a"), ("ø", "o"), ("æ", "ae")):
            ascii_name = ascii_name.replace(letter, plain)
        yield ContactPerson(
            municipality=municipality,
            employer=employer,
            role=role,
            name=f"{given} {family}",
            phone=f"400 00 {100 + who}",
            email=f"{ascii_name}@example.no" if at % 3 else "",
            first_day=on - timedelta(days=400 + at),
        )


def _write_places(municipality: Municipality, employers: Sequence[Employer], on: date) -> None:
    rows = []
    for at, employer in enumerate(employers):
        offers = next((o for word, o in _BY_WORD if word.lower() in employer.name.lower()), ())
        if at % _SILENT == 2 or employer.name == _CLOSED:
            continue
        for number, offer in enumerate(offers):
            since = on - timedelta(days=30 + (at * 29 + number * 11) % 300)
            unasked = (at + number) % _UNCONFIRMED == 4
            asked = on - timedelta(days=95 + at if unasked else at * 7 % 80)
            rows.append(
                PracticePlace(
                    municipality=municipality,
                    employer=employer,
                    name=offer.name,
                    tasks=offer.tasks,
                    occupation=offer.occupation,
                    seats=offer.seats,
                    weekdays=list(offer.days),
                    start=_at(offer.start),
                    end=_at(offer.end),
                    days_a_week=offer.least,
                    language_at_start=offer.level,
                    can_learn=offer.learn,
                    demands=[each.value for each in offer.demands],
                    accessibility=offer.access,
                    offered_from=min(since, asked),
                    confirmed_on=asked,
                )
            )
    PracticePlace.objects.bulk_create(rows)
