"""The field table: every personal field with its basis, readers, writers and retention."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from innpass.domain.access.roles import ROLE_NAMES, Role
from innpass.domain.yaml_text import read_yaml

_TABLE = Path(__file__).with_name("fields.yml")

BODY_NAMES = {"refugee": "flyktningtjenesten", "nav": "Nav", "learning": "læringssenteret"}


class UnknownField(LookupError):
    """A name that the field table does not hold: nobody may read what is not declared."""


class Sensitivity(StrEnum):
    """How much harm it does in wrong hands. Labels stand in ``SENSITIVITY_NAMES``."""

    ORDINARY = "ordinary"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly_confidential"


SENSITIVITY_NAMES: dict[Sensitivity, str] = {
    Sensitivity.ORDINARY: "alminnelig",
    Sensitivity.CONFIDENTIAL: "fortrolig",
    Sensitivity.STRICTLY_CONFIDENTIAL: "strengt fortrolig",
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Those who hold a right: a role, in every body or in one."""

    role: Role
    body: str | None = None

    def includes(self, *, roles: Iterable[Role], body: str | None) -> bool:
        """Say whether somebody with these roles in this body is among them."""
        return self.role in roles and self.body in (None, body)

    @property
    def label(self) -> str:
        """The Norwegian name, with the body where it is cut to one."""
        name = ROLE_NAMES[self.role]
        return name if self.body is None else f"{name} ({BODY_NAMES[self.body]})"


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a value may stay, in Norwegian, and the paragraph that says so."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class AccessField:
    """One row of the table.

    Attributes:
        name: as in ``sheets.fields`` where a sheet carries it, but ``identifier.fnr`` for
            ``ids.fnr``; see ``access_name``.
        label: in bokmål, without a capital letter.
        sensitivity: how much harm it does in wrong hands.
        basis: the paragraphs that let us hold and share it.
        readers: who reads it; identity numbers masked.
        revealers: who may unmask it by a logged act; empty where nothing is masked.
        writers: who may change it; empty where it is computed.
        retention: how long it may stay.
    """

    name: str
    label: str
    sensitivity: Sensitivity
    basis: str
    readers: tuple[Holder, ...]
    revealers: tuple[Holder, ...]
    writers: tuple[Holder, ...]
    retention: Retention


def holders(names: Iterable[str], circles: Mapping[str, Any]) -> tuple[Holder, ...]:
    """Resolve roles, roles in one body, and circles; each once, in the order of ``Role``.

    Raises:
        ValueError: a name is neither a role nor a circle, or a body is unknown.
    """
    found: set[Holder] = set()
    for name in names:
        if name in circles:
            found.update(holders(circles[name], circles))
            continue
        role, _, body = name.partition("/")
        if body and body not in BODY_NAMES:
            raise ValueError(f"{name!r} names an unknown body")
        found.add(Holder(Role(role), body or None))
    order = list(Role)
    return tuple(sorted(found, key=lambda one: (order.index(one.role), one.body or "")))


def _field(name: str, row: Mapping[str, Any], table: Mapping[str, Any]) -> AccessField:
    circles = table["circles"]
    return AccessField(
        name=name,
        label=row["label"],
        sensitivity=Sensitivity(row["sensitivity"]),
        basis=table["bases"][row["basis"]],
        readers=holders(row["read"], circles),
        revealers=holders(row.get("reveal", ()), circles),
        writers=holders(row["write"], circles),
        retention=Retention(**table["retentions"][row["retention"]]),
    )


_table: dict[str, Any] = read_yaml(_TABLE.read_text(encoding="utf-8"))

FIELDS: dict[str, AccessField] = {
    name: _field(name, row, _table) for name, row in _table["fields"].items()
}
ROLE_PURPOSES: dict[Role, str] = {Role(role): text for role, text in _table["roles"].items()}
MASKED: frozenset[str] = frozenset(name for name, field in FIELDS.items() if field.revealers)


def field(name: str) -> AccessField:
    """Look a field up.

    Raises:
        UnknownField: the table does not declare it.
    """
    try:
        return FIELDS[name]
    except KeyError:
        raise UnknownField(f"{name} is not declared in access/fields.yml") from None


@cache
def access_name(sheet_field: str) -> str:
    """Name the row of the table that a sheet's field falls under.

    Example:
        >>> access_name("ids.fnr"), access_name("placements.1.unit"), access_name("remark")
        ('identifier.fnr', 'placement.unit', 'remark')
    """
    if sheet_field.startswith("ids."):
        return f"identifier.{sheet_field.removeprefix('ids.')}"
    if sheet_field.startswith("placements."):
        return f"placement.{sheet_field.split('.', 2)[2]}"
    return sheet_field
