"""Which of the values that sources disagree about most likely holds, and why. A human decides.

Each rule is a function that proposes a statement or has nothing to say; the first that does is
heard. Who owns a field stands in ``owners``.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from innpass.domain.deriving.owners import asked_about
from innpass.domain.deriving.placements import same
from innpass.domain.sheets.records import Owner, Value
from innpass.domain.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says of a field.

    Attributes:
        at: when the file was taken in, or when a human entered it.
        is_by_hand: a human entered it, also where it corrects the cell of a file.
    """

    owner: Owner
    value: Value
    at: datetime
    is_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """The statement that most likely holds; ``code`` names the rule (see ``proposals.yml``)."""

    said: Said
    code: str
    owner: Owner


def propose(name: str, said: Sequence[Said]) -> Proposal | None:
    """Propose which statement of a field holds; ``None`` where no rule can tell.

    Args:
        name: the field, such as ``programme.start``.
        said: what the sources say; at least two.
    """
    owner = asked_about(name)[0]
    for code, rule in RULES.items():
        found = rule(owner, said)
        if found is not None:
            return Proposal(found, code, owner)
    return None


def only_source(said: Sequence[Said]) -> Owner | None:
    """Return the one body whose files say all of it; ``None`` where there are several, or a human.

    Then the body disagrees with itself.
    """
    owners = {each.owner for each in said}
    if len(owners) != 1 or any(each.is_by_hand for each in said):
        return None
    return owners.pop()


def proposal_sentence(
    proposal: Proposal | None, *, field: str, owner: str, source: str, only: str = ""
) -> str:
    """Say in Norwegian why something is proposed, or that nothing can be.

    Args:
        field: the label of the field; ``owner``: the name of the body that owns it.
        source: the name of the body whose statement is proposed.
        only: the name of the body that disagrees with itself (``only_source``), if one does.
    """
    silent = "nothing_from_one" if only else "nothing"
    template = _texts()[proposal.code if proposal else silent]
    source = source or only
    text = template.format(field=field, owner=owner, source=source)
    return text[:1].upper() + text[1:]


def entered_last(owner: Owner, said: Sequence[Said]) -> Said | None:
    """Propose what a human entered when nothing that a file says is newer."""
    latest = _latest(said)
    return latest if latest and latest.is_by_hand else None


def one_said_last(owner: Owner, said: Sequence[Said]) -> Said | None:
    """Propose the newest where one body says all of it."""
    return _latest(said) if only_source(said) else None


def owner_said_last(owner: Owner, said: Sequence[Said]) -> Said | None:
    """Propose what the body that owns the field says, when all others are older."""
    mine = _latest(_of(owner, said))
    if mine is None:
        return None
    return mine if all(each.at < mine.at or _agree(each, mine) for each in said) else None


def owner_said(owner: Owner, said: Sequence[Said]) -> Said | None:
    """Propose what the body that owns the field says, when nothing is newer."""
    mine = _latest(_of(owner, said))
    if mine is None:
        return None
    return mine if all(each.at <= mine.at or _agree(each, mine) for each in said) else None


def owner_said_before(owner: Owner, said: Sequence[Said]) -> Said | None:
    """Propose what the owner says also where others say something newer: others copy, and err."""
    return _latest(_of(owner, said))


def said_last(owner: Owner, said: Sequence[Said]) -> Said | None:
    """Propose the newest statement where the owner is silent."""
    return None if _of(owner, said) else _latest(said)


RULES: dict[str, Callable[[Owner, Sequence[Said]], Said | None]] = {
    "entered_last": entered_last,
    "one_said_last": one_said_last,
    "owner_said_last": owner_said_last,
    "owner_said": owner_said,
    "owner_said_before": owner_said_before,
    "said_last": said_last,
}
"""The rules in the order in which they are heard."""


def _of(owner: Owner, said: Sequence[Said]) -> list[Said]:
    return [each for each in said if each.owner is owner and not each.is_by_hand]


def _agree(one: Said, other: Said) -> bool:
    return same(one.value) == same(other.value)


def _latest(said: Collection[Said]) -> Said | None:
    """Return the newest statement; ``None`` where two as new differ."""
    if not said:
        return None
    newest = max(each.at for each in said)
    first, *rest = [each for each in said if each.at == newest]
    return first if all(_agree(first, each) for each in rest) else None


@cache
def _texts() -> dict[str, str]:
    text = files("innpass.domain.deriving").joinpath("proposals.yml").read_text("utf-8")
    loaded: dict[str, str] = read_yaml(text)
    return loaded
