"""What the administration shows: who reads which field, and who has a protected address."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import Form


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One personal field of the access table, in words.

    ``revealers`` may show a masked number in full; empty where nothing is masked.
    """

    label: str
    sensitivity: str
    legal_basis: str
    readers: tuple[str, ...]
    revealers: tuple[str, ...]
    writers: tuple[str, ...]
    retention: str


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together, such as ``Numre``."""

    label: str
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class ActRow:
    """Something one may do, and who may."""

    label: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldsPage:
    """The page ``administration/fields.html``: the table that is executed, as it is."""

    groups: tuple[FieldGroup, ...]
    acts: tuple[ActRow, ...] = ()
    may_protect: bool = False


@dataclass(frozen=True, slots=True)
class ProtectedPerson:
    """Someone whose address is protected, and who said so.

    ``named`` are those who may see the person; ``form`` lifts the mark, with a reason.
    """

    name: str
    href: str
    set_at: datetime
    set_by: str
    reason: str
    named: tuple[str, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class ProtectionPage:
    """The page ``administration/protection.html``, for the staff who may set marks.

    Forms post to ``administration:protection``: ``search_form`` with ``act=search``, ``set_form``
    (once there is somebody to choose) with ``act=set``, each person's with ``act=lift``. ``note``
    says what the search came to.
    """

    search_form: Form
    set_form: Form | None = None
    note: str = ""
    people: tuple[ProtectedPerson, ...] = ()
