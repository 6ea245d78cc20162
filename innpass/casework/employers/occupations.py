"""Occupations to choose among: the statistics office's where it is loaded, else the commonest."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from innpass.casework.audit import services as audit
from innpass.casework.employers.models import Occupation
from innpass.domain.occupations.lists import commonest, read_list


def occupations() -> dict[str, str]:
    """Return the title of each occupation by its code, in the order of codes. One query."""
    loaded = dict(Occupation.objects.order_by("code").values_list("code", "title"))
    return loaded or dict(commonest())


def title_of(code: str, among: Mapping[str, str] | None = None) -> str:
    """Return what an occupation is called; the code itself where no list has it, "" for none.

    Args:
        among: ``occupations()``, where many are asked about. Without it, one query.
    """
    known = occupations() if among is None else among
    return known.get(code) or commonest().get(code, code)


def find_code(typed: str, among: Mapping[str, str]) -> str | None:
    """Return the code of what somebody chose or wrote: ``5120 Kokker``, ``5120`` or ``kokker``."""
    words = typed.split()
    if words and words[0] in among:
        return words[0]
    text = " ".join(words).casefold()
    found = [code for code, title in among.items() if title.casefold() == text]
    if not found and text:
        found = [code for code, title in among.items() if text in title.casefold()]
    return found[0] if len(found) == 1 else None


def similar(typed: str, among: Mapping[str, str], *, most: int = 3) -> list[str]:
    """Return titles that hold a word of what somebody wrote, the shortest first."""
    words = [word for word in typed.casefold().split() if len(word) > 2]
    found = [t for t in among.values() if any(word in t.casefold() for word in words)]
    return sorted(found, key=lambda title: (len(title), title))[:most]


@transaction.atomic
def load(texts: Sequence[str]) -> int:
    """Take lists in place of those there were; all of them or none.

    Returns:
        How many occupations there are now.

    Raises:
        WrongList: one of them is no list of occupations.
    """
    titles: dict[str, str] = {}
    for text in texts:
        titles |= read_list(text)
    Occupation.objects.all().delete()
    Occupation.objects.bulk_create(Occupation(code=code, title=titles[code]) for code in titles)
    audit.record(
        municipality_id=None,
        actor_id=None,
        action="load_occupations",
        subject_kind="occupation",
        changes={"count": [None, len(titles)]},
    )
    return len(titles)
