"""An invented municipality with the spellings, siblings and slips that linking must stand."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from innpass.domain.linking import LinkRow
from innpass.domain.sheets.records import Owner, TableKind

# The official spelling, then how Nav's and the learning centre's clerks may write it.
GIVEN = (
    "Oleksandr Aleksander Olexander Alexandr Олександр",
    "Oleksandra Aleksandra Alexandra",
    "Yevheniia Jevhenija Yevgeniya Evgenia",
    "Yevhen Jevgenij Evgeny Yevgen",
    "Serhii Sergej Sergey Serhiy Сергій",
    "Kateryna Jekaterina Katerina Ekaterina",
    "Olena Elena Jelena",
    "Olha Olga Ольга",
    "Anna Hanna",
    "Inna Inna",
    "Liudmyla Ludmila Ljudmyla",
    "Volodymyr Vladimir Wolodymyr",
    "Mykola Nikolaj Nikolai",
    "Dmytro Dmitrij Dmitri",
    "Oleksii Aleksej Alexey",
    "Yuliia Julia Julija",
    "Iryna Irina Iryna",
    "Zoia Zoja Zoya",
    "Khrystyna Kristina Hrystyna",
    "Nadiia Nadja Nadiya",
    "Viacheslav Vjatsjeslav Vyacheslav",
    "Mohammad Muhammed Mohamed",
    "Ahmad Ahmed",
    "Hussein Hossain Husein",
    "Hassan Hasan",
    "Khaled Khalid",
    "Youssef Yusuf Jousef",
    "Fatima Fatemeh Fatma",
    "Maryam Mariam Mirjam",
    "Zainab Zeinab Zaynab",
    "Abdulrahman Abdul-Rahman Abdurrahman",
    "Faadumo Fadumo Fatuma",
    "Maxamed Mohamed Mahamed",
    "Cabdullaahi Abdullahi Abdulahi",
    "Yonas Jonas",
    "Tesfay Tesfai Tesfaye",
    "Gebremeskel Gebre-Meskel Gebremeskal",
    "Filmon Philmon Filimon",
    "Mehret Meheret Mihret",
    "Jean-Claude Jean Claude|Jean-Claud",
    "Espérance Esperance",
    "Göksel Goksel",
)
FAMILY = (
    "Kravchuk Kravtsjuk Kravtchuk",
    "Bondarenko Bondarenco",
    "Shcherbak Sjtsjerbak Scherbak",
    "Tkachenko Tkatsjenko Tkatchenko",
    "Hryhorenko Grigorenko Hrihorenko",
    "Zhuk Zjuk",
    "Oliinyk Olijnyk Oliynik",
    "Yatsenko Jatsenko Iatsenko",
    "Khomenko Homenko",
    "Lysenko Lisenko",
    "Al-Hassan Alhassan|Al Hassan",
    "El-Khatib Elkhatib",
    "Haddad Hadad",
    "Hosseini Husseini Hosaini",
    "Rahimi Raheemi",
    "Noori Nouri",
    "Warsame Warsameh",
    "Jaamac Jama",
    "Woldeselassie Woldesellasie",
    "Gebremedhin Gebre-Medhin",
    "Tekle Tekele",
    "Kabongo Kabango",
    "Şahin Sahin",
    "Nguyễn Nguyen",
)


def _spellings(line: str) -> list[str]:
    first, *rest = line.split(" ", 1)
    spellings = rest[0].split("|" if "|" in rest[0] else " ") if rest else []
    return [first, *spellings]


@dataclass
class Person:
    number: int
    given: list[str]
    family: list[str]
    birth: date
    fnr: str | None = None
    dnr: str | None = None
    duf: str | None = None
    socio: str | None = None
    refugee: str | None = None
    learning: str | None = None

    @property
    def name(self) -> str:
        return f"{self.given[0]} {self.family[0]}"


@dataclass
class Town:
    rows: list[LinkRow] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)
    must_ask: dict[str, str] = field(default_factory=dict)  # row key -> field
    without_link: set[str] = field(default_factory=set)

    def add(self, person: Person, row: LinkRow) -> None:
        self.rows.append(row)
        self.truth[row.key] = person.number


def people(chance: random.Random, count: int) -> list[Person]:
    """Return persons, one in ten a twin, one in ten a namesake, one in six born on 1 January."""
    found: list[Person] = []
    taken: set[tuple[str, str, date]] = set()
    while len(found) < count:
        given, family = _spellings(chance.choice(GIVEN)), _spellings(chance.choice(FAMILY))
        birth = date(1960, 1, 1) + timedelta(days=chance.randrange(16_000))
        if chance.random() < 0.16:
            birth = birth.replace(month=1, day=1)
        if found and chance.random() < 0.1:
            family, birth = found[-1].family, found[-1].birth
        elif found and chance.random() < 0.1:
            given, family = found[-1].given, found[-1].family
        if (given[0], family[0], birth) in taken:
            continue
        taken.add((given[0], family[0], birth))
        found.append(Person(len(found), given, family, birth))
    _number(chance, found)
    return found


def _number(chance: random.Random, found: list[Person]) -> None:
    def series(digits: int) -> Callable[[], str]:
        numbers = chance.sample(range(10 ** (digits - 1), 10**digits), len(found))
        return lambda: str(numbers.pop())

    fnr, dnr, duf, socio, refugee, learning = (series(n) for n in (8, 9, 12, 6, 5, 5))
    for person in found:
        person.fnr = fnr() if chance.random() < 0.65 else None
        person.dnr = dnr() if not person.fnr or chance.random() < 0.2 else None
        person.duf = duf() if not person.fnr or chance.random() < 0.7 else None
        person.socio = socio() if chance.random() < 0.95 else None
        person.refugee = refugee() if chance.random() < 0.97 else None
        person.learning = learning() if chance.random() < 0.97 else None


def _ids(**numbers: str | None) -> dict[str, str]:
    return {f"ids.{name}": number for name, number in numbers.items() if number}


def town(seed: int, count: int = 320) -> Town:
    """Return one municipality's four files as rows, with what is true about them."""
    chance = random.Random(seed)
    made = people(chance, count)
    built = Town()
    for person in made:
        _refugee_rows(built, person)
        _nav_rows(chance, built, person)
        _learning_rows(chance, built, person)
    for person in made:
        _overview_rows(chance, built, person, made)
    return built


def _written(chance: random.Random, person: Person) -> tuple[str, str]:
    return chance.choice(person.given), chance.choice(person.family)


def _refugee_rows(built: Town, person: Person) -> None:
    built.add(
        person,
        LinkRow(
            key=f"refugee/people/{person.number}",
            owner=Owner.REFUGEE,
            kind=TableKind.PERSON,
            ids=_ids(visma_refugee=person.refugee, fnr=person.fnr, duf=person.duf)
            | ({} if person.fnr else _ids(dnr=person.dnr)),
            name=person.name,
            given_name=person.given[0],
            family_name=person.family[0],
            birth_date=person.birth,
            source="refugee",
        ),
    )
    for number in range(2):
        built.add(
            person,
            LinkRow(
                key=f"refugee/hours/{person.number}.{number}",
                owner=Owner.REFUGEE,
                kind=TableKind.ACTIVITY,
                ids=_ids(visma_refugee=person.refugee),
                name=person.name,
                birth_date=person.birth,
                source="refugee",
            ),
        )


def _nav_rows(chance: random.Random, built: Town, person: Person) -> None:
    if not person.socio:
        return
    given, family = _written(chance, person)
    national = _ids(dnr=person.dnr) if person.dnr else _ids(fnr=person.fnr)
    built.add(
        person,
        LinkRow(
            key=f"nav/people/{person.number}",
            owner=Owner.NAV,
            kind=TableKind.PERSON,
            ids=_ids(socio=person.socio) | national,
            name=f"{given} {family}",
            given_name=given,
            family_name=family,
            birth_date=person.birth,
            source="nav",
        ),
    )
    built.add(
        person,
        LinkRow(
            key=f"nav/measures/{person.number}",
            owner=Owner.NAV,
            kind=TableKind.ACTIVITY,
            ids=_ids(socio=person.socio),
            source="nav",
        ),
    )


def _learning_rows(chance: random.Random, built: Town, person: Person) -> None:
    if not person.learning:
        return
    given, family = _written(chance, person)
    ids = _ids(visma_learning=person.learning)
    if chance.random() < 0.4:
        ids |= _ids(fnr=person.fnr)
    elif chance.random() < 0.4:
        ids |= _ids(duf=person.duf)
    is_turned = chance.random() < 0.1
    built.add(
        person,
        LinkRow(
            key=f"learning/people/{person.number}",
            owner=Owner.LEARNING,
            kind=TableKind.PERSON,
            ids=ids,
            name=f"{family} {given}" if is_turned else f"{given} {family}",
            birth_date=person.birth,
            source="learning",
        ),
    )
    built.add(
        person,
        LinkRow(
            key=f"learning/tests/{person.number}",
            owner=Owner.LEARNING,
            kind=TableKind.TEST,
            ids=_ids(visma_learning=person.learning),
            source="learning",
        ),
    )


def _overview_rows(chance: random.Random, built: Town, person: Person, made: list[Person]) -> None:
    key = f"overview/{person.number}"
    numbers = _ids(socio=person.socio, visma_refugee=person.refugee, visma_learning=person.learning)
    slip = chance.random()
    if slip < 0.05 and numbers:
        del numbers[chance.choice(sorted(numbers))]
    elif slip < 0.1 and numbers:
        name = chance.choice(sorted(numbers))
        wrong = _mistyped(chance, numbers[name])
        if wrong not in {p.socio for p in made} | {p.refugee for p in made} | {
            p.learning for p in made
        }:
            numbers[name] = wrong
    elif slip < 0.13 and "ids.socio" in numbers:
        other = chance.choice([p for p in made if p.socio and p is not person])
        numbers["ids.socio"] = str(other.socio)
        built.must_ask[key] = "ids.socio"
    national = _ids(fnr=person.fnr) if chance.random() < 0.7 else {}
    built.add(person, _overview_row(key, person.name, person.birth, numbers | national))
    given, family = _written(chance, person)
    again = chance.random()
    if again < 0.04:
        row = _overview_row(f"{key}/again", f"{given} {family}", person.birth, {})
        built.add(person, row)
    elif again < 0.06 and person.refugee:
        ids = _ids(visma_refugee=person.refugee)
        built.add(person, _overview_row(f"{key}/again", f"{given} {family}", None, ids))
    elif again < 0.08:
        row = _overview_row(f"{key}/name-only", f"{given} {family}", None, {})
        built.rows.append(row)
        built.must_ask[row.key] = "name"
        built.without_link.add(row.key)


def _overview_row(key: str, name: str, birth: date | None, ids: dict[str, str]) -> LinkRow:
    return LinkRow(
        key=key,
        owner=Owner.OVERVIEW,
        kind=TableKind.PERSON,
        ids=ids,
        name=name,
        birth_date=birth,
        source="overview",
    )


def _mistyped(chance: random.Random, number: str) -> str:
    at = chance.randrange(len(number))
    return number[:at] + str((int(number[at]) + chance.randrange(1, 10)) % 10) + number[at + 1 :]
