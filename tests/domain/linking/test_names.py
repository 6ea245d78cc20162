import doctest
from itertools import combinations

import pytest

from innpass.domain.linking import names, sentences
from innpass.domain.linking.names import NameLevel, compare_names, person_name

# Each line holds spellings of one person's name; persons on different lines are different.
SAME = """
Oleksandr Bondarenko | Aleksander Bondarenco | Olexander Bondarenko | Олександр Бондаренко
Oleksandra Bondarenko | Aleksandra Bondarenko
Yevheniia Kravchuk | Jevhenija Kravtsjuk | Yevgeniya Kravtchuk | Євгенія Кравчук
Yevhen Kravchuk | Jevgenij Kravtsjuk | Evgeny Kravchuk
Liudmyla Tymoshchuk | Ludmila Timoschuk | Ljudmyla Tymosjtsjuk
Volodymyr Hryhorenko | Vladimir Grigorenko | Wolodymyr Hrihorenko
Svitlana Shevchenko | Svetlana Sjevtsjenko | Світлана Шевченко
Kateryna Zhuk | Katerina Zjuk | Jekaterina Zhuk
Serhii Shcherbak | Sergej Sjtsjerbak | Sergey Scherbak
Yuliia Yatsenko | Julia Jatsenko | Iuliia Iatsenko
Ihor Oliinyk | Igor Olijnyk
Zoia Khomenko | Zoya Homenko | Zoja Khomenko
Olena Halytska | Elena Galitskaja | Jelena Galytska
Oleksii Melnyk | Aleksej Melnik | Алексей Мельник
Dmytro Popov | Dmitri Popov | Popov, Dmitrij | Popov Dmytro
Mykola Lysenko | Nikolai Lisenko | Nikolaj Lysenko
Rania Al-Hassan | Rania Alhassan | Raniya Al Hassan
Mohammad Haddad | Muhammed Hadad | Mohamed Haddad
Yonas Gebremedhin | Jonas Gebre-Medhin | ዮናስ ገብረመድህን
Abdulrahman El-Khatib | Abdul Rahman Elkhatib
Jean-Pierre Kabongo | Jean Pierre Kabango
Maxamed Jaamac | Mohamed Jama
Espérance Nguyễn | Esperance Nguyen
Walid Haddad | Oualid Haddad | Waleed Hadad
Olha Bjørnø | Olga Bjorno
"""
LINES = [line.split(" | ") for line in SAME.strip().splitlines()]


def likeness(one: str, other: str):
    a, b = person_name(one), person_name(other)
    assert a is not None
    assert b is not None
    return compare_names(a, b)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_spellings_of_one_name_are_variants(line):
    for one, other in combinations(line, 2):
        assert likeness(one, other).level >= NameLevel.VARIANT, (one, other)


def test_names_of_different_persons_are_no_variants():
    for these, those in combinations(LINES, 2):
        for one in these:
            for other in those:
                assert likeness(one, other).level < NameLevel.VARIANT, (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oleksandr Moroz", "Oleksandra Moroz"),
        ("Valentyn Moroz", "Valentyna Moroz"),
        ("Anna Moroz", "Inna Moroz"),
        ("Daryna Moroz", "Maryna Moroz"),
        ("Hassan Ali", "Hussein Ali"),
        ("Lina Haddad", "Lena Haddad"),
        ("Ahmed Mohamed Ali", "Mohamed Ali"),
        ("Jean-Pierre Ilunga", "Jean-Pierre Mukendi"),
        ("Olena Marchenko", "Olena Kovalchuk"),
    ],
)
def test_siblings_fathers_and_namesakes_by_half_are_no_variants(one, other):
    assert likeness(one, other).level < NameLevel.VARIANT


def test_the_comparison_is_the_same_both_ways():
    spellings = [name for line in LINES for name in line] + ["O. Moroz", "Olena", "Maria Ana Popa"]
    for one, other in combinations(spellings, 2):
        assert likeness(one, other) == likeness(other, one), (one, other)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Olena Moroz", "Olena Moroz", NameLevel.EXACT),
        ("Olena Moroz", "MOROZ, Olena", NameLevel.SAME_FOLDED),
        ("Olena Moroz", "Moroz Olena", NameLevel.SAME_FOLDED),
        ("Olena Ivanivna Moroz", "Olena Moroz", NameLevel.VARIANT),
        ("O. Moroz", "Olena Moroz", NameLevel.WEAK),
        ("Olena", "Olena Moroz", NameLevel.WEAK),
        ("Maria Elena Popescu", "Maria Ana Popescu", NameLevel.WEAK),
        ("Olena Moroz", "Taras Zhuk", NameLevel.DIFFERENT),
        ("Zoia Gebre-Medhin", "Hrystyna Gebre-Medhin", NameLevel.DIFFERENT),
    ],
)
def test_levels(one, other, level):
    assert likeness(one, other).level is level


@pytest.mark.parametrize("text", ["", "  ", "-", "123", ",", "?"])
def test_what_has_no_letters_is_no_name(text):
    assert person_name(text) is None


@pytest.mark.parametrize("module", [names, sentences])
def test_examples_in_the_documentation_hold(module):
    assert doctest.testmod(module).failed == 0
