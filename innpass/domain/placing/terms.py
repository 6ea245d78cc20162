"""The standard terms of agreements: clauses in a text that people can edit, in several languages.

In the text a clause is its heading on a line, what it says on those after it, and an empty line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from innpass.domain.yaml_text import read_yaml

MASTER = "nb"
LANGUAGES = (MASTER, "uk", "ar", "en")
LANGUAGE_NAMES = {"nb": "norsk", "uk": "ukrainsk", "ar": "arabisk", "en": "engelsk"}
LONGEST = 12_000  # characters in one language


@dataclass(frozen=True, slots=True)
class Clause:
    """A heading and what is agreed under it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The terms that Innpass proposes, by language, and the day they were written."""

    written_on: date
    texts: Mapping[str, str]


@cache
def proposal() -> Proposal:
    """Return the terms that hold where a municipality has none of its own."""
    row: Any = read_yaml(Path(__file__).with_name("terms.yml").read_text("utf-8"))
    return Proposal(row["written_on"], {code: row["texts"][code] for code in LANGUAGES})


def clauses_of(text: str) -> tuple[Clause, ...]:
    r"""Return the clauses of a text, in their order.

    Example:
        >>> clauses_of("Fravær\nSi fra samme dag.\n\nSkade\nMeld den.")[1]
        Clause(title='Skade', text='Meld den.')
    """
    found: list[list[str]] = [[]]
    for line in map(str.strip, text.splitlines()):
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return tuple(Clause(each[0], "\n".join(each[1:])) for each in found if each)


def faults_of(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with terms: the language, and a sentence."""
    master = clauses_of(texts.get(MASTER, ""))
    if not master:
        yield MASTER, "Skriv vilkårene på norsk."
    for code in LANGUAGES:
        text = texts.get(code, "")
        clauses = clauses_of(text)
        if len(text) > LONGEST:
            yield code, f"Teksten er for lang. Skriv høyst {LONGEST} tegn."
        bare = next((each.title for each in clauses if not each.text), None)
        if bare is not None:
            yield (
                code,
                f"Under «{bare}» står det ingenting. Skriv teksten på linja under overskriften.",
            )
        if clauses and len(clauses) != len(master):
            yield (
                code,
                (
                    f"Her er det {len(clauses)} punkter, på norsk {len(master)}. Skriv like mange, "
                    "med en tom linje mellom punktene, eller la feltet stå tomt."
                ),
            )


def unseen(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return the languages whose text is as it was though the Norwegian one says something new."""
    if clauses_of(before.get(MASTER, "")) == clauses_of(after.get(MASTER, "")):
        return ()
    return tuple(
        code
        for code in LANGUAGES
        if code != MASTER
        and clauses_of(after.get(code, ""))
        and clauses_of(before.get(code, "")) == clauses_of(after.get(code, ""))
    )
