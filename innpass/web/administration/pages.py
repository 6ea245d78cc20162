"""What the administration shows: who reads which field, and who has a protected address."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import Form


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One personal field of the access table, in words."""

    label: str
    sensitivity: str
    legal_basis: str
    readers: tuple[str, ...]
    writers: tuple[str, ...]
    retention: str


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together, such as ``Numre``."""

    label: str
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class FieldsPage:
    """The page ``administration/fields.html``: the table that is executed, as it is."""

    groups: tuple[FieldGroup, ...]
    may_protect: bool = False


@dataclass(frozen=True, slots=True)
class ProtectedPerson:
    """Someone whose address is protected, and who said so. ``form`` lifts the mark."""

    name: str
    href: str
    set_at: datetime
    set_by: str
    reason: str
    form: Form


@dataclass(frozen=True, slots=True)
class ProtectionPage:
    """The page ``administration/protection.html``, for the staff named to keep the marks.

    Forms post to ``administration:protection``: ``set_form`` with ``act=set``, each person's with
    ``act=lift``. ``keepers`` are those who may see these persons.
    """

    set_form: Form
    people: tuple[ProtectedPerson, ...] = ()
    keepers: tuple[str, ...] = ()
