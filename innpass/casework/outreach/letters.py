"""Letters of a campaign: to whom they go, and the contact person of the municipality on each."""

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from innpass.casework.accounts.models import User
from innpass.casework.employers.models import ContactRole
from innpass.casework.employers.queries import contacts_at, contacts_on
from innpass.domain.access.roles import Actor

_RANK: dict[str, int] = {ContactRole.LEADER: 0, ContactRole.SIGNER: 1, ContactRole.MENTOR: 2}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a letter to an employer goes to. ``address`` is empty where no e-mail is known."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class AddressLine:
    """A line of the list of addresses."""

    employer: str
    area: str
    reader: Reader
    contact: str


def readers_of(employers: Collection[UUID], *, on: date) -> dict[UUID, Reader]:
    """Return whom letters go to on a day: the leader, or else another of the employer's people.

    One with an e-mail address goes before one without.
    """
    found = {}
    for employer, people in contacts_at(employers, on=on).items():
        best = min(people, key=lambda one: (not one.email, _RANK[one.role], one.name))
        found[employer] = Reader(best.name, best.email)
    return found


def contact_texts(employers: Iterable[UUID], *, on: date, by: Actor) -> dict[UUID, str]:
    """Return what stands on each letter about the contact person: name, phone, e-mail.

    Where an employer has none yet, whoever sends the letter stands there.
    """
    wanted = list(employers)
    known = contacts_on(on)
    me = User.objects.filter(pk=by.user_id).first() if by.user_id else None
    mine = contact_text(me) if me else by.name
    return {each: contact_text(known[each]) if each in known else mine for each in wanted}


def contact_text(user: User) -> str:
    """Write who somebody is and how to reach him or her.

    Example:
        >>> contact_text(User(full_name="Ingrid Tveit", phone="400 00 102", email="i@f.example"))
        'Ingrid Tveit, 400 00 102, i@f.example'
    """
    return ", ".join(part for part in (str(user), user.phone, user.email) if part)


def letter_text(text: str, *, sender: str, contact: str) -> str:
    """Return a whole letter: the text, the contact person, and in whose name it goes out."""
    told = _("Kontaktpersonen deres i kommunen er %(contact)s.") % {"contact": contact}
    return f"{text}\n\n{told}\n\n{_('Hilsen')}\n{sender}"


def address_list(lines: Iterable[AddressLine]) -> bytes:
    """Write a list of addresses that a spreadsheet opens: semicolons, a mark of UTF-8.

    What a spreadsheet would take as a formula is marked as text.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        (_("Arbeidsgiver"), _("Tjenesteområde"), _("Til"), _("E-post"), _("Kontaktperson"))
    )
    for line in lines:
        cells = (line.employer, line.area, line.reader.name, line.reader.address, line.contact)
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")
