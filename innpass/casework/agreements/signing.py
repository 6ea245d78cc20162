"""Signatures: at the table, on paper, on behalf; and opening again what is signed."""

from datetime import date
from unicodedata import bidirectional

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from innpass.casework.agreements.holding import SHORT, Held, checked_text, done, hold
from innpass.casework.agreements.laying import lay
from innpass.casework.agreements.models import AgreementVersion, Lifting, PlacementCase, Signature
from innpass.casework.agreements.queries import standing_of
from innpass.casework.agreements.refusing import Fault, Refused, check_move, refused
from innpass.casework.agreements.surroundings import clashes_of
from innpass.casework.agreements.terms import ReadSomethingElse, mark_of, printed_on
from innpass.casework.agreements.versions import content_of, stopping, the_waiting
from innpass.casework.participants.queries import owner_of
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import check_may_read
from innpass.domain.access.roles import Actor
from innpass.domain.linking.names import NameLevel, compare_names, person_name
from innpass.domain.placing.agreement import Ground, Party, Way
from innpass.domain.placing.moves import Move

MOST_BYTES = 10 * 1024 * 1024
# How a scan begins, by its media type.
_BEGINNINGS = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
}
# What a scan is called by its end.
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
# Whom a version names as signing for the employer, by party.
_SIGNERS = {Party.EMPLOYER: "signer", Party.SECOND_EMPLOYER: "second_signer"}


def media_type(content: bytes) -> str:
    """Return the media type of a scan by how it begins; empty where it is none that is taken."""
    return next(
        (kind for kind, marks in _BEGINNINGS.items() if content.startswith(marks)),
        "",
    )


@transaction.atomic
def sign(
    version: AgreementVersion,
    party: Party,
    *,
    way: Way,
    name: str,
    signed_on: date,
    by: Actor,
    on: date,
    ground: Ground | None = None,
    scan: bytes | None = None,
    why: str = "",
    expected: int | None = None,
    read: str | None = None,
) -> Signature:
    """Take a party's signature on the version that waits; the supervisor's lays it over the rows.

    Participant and employer sign in any order, the supervisor last; everything around is held
    against the agreement once more then.

    Args:
        name: who signs, typed by that person or as it stands on the paper; at the table it must
            be that of whoever is to sign, elsewhere it may be another's where ``why`` says so.
        signed_on: never before the version was made.
        ground: why somebody signs for the party; demanded of ``ON_BEHALF`` alone.
        scan: of the paper, demanded of ``ON_PAPER`` alone; PDF, PNG or JPEG.
        why: why another than the one who is named signed; kept only where another did.
        expected: the case's ``version`` on the screen.
        read: ``terms.mark_of`` the letterhead and terms on the screen of whoever signs at the
            table; ``None`` where there was no screen. The first to sign freezes them: those of the
            day of the signature, also of a paper that was signed before it was noted.

    Raises:
        MayNot: the actor may not see the person or not write signatures.
        Refused: the table of moves does not permit it, or something is missing or does not go
            together; nothing is changed.
        ChangedMeanwhile: somebody did something with the case since, such as signing.
        ReadSomethingElse: ``read`` is not what would be signed.
    """
    held = hold(version.case, by=by, expected=expected, field="agreement.signature")
    move = Move.CLOSE if party is Party.SUPERVISOR else Move.SIGN
    check_move(move, standing_of(held.case, held.told, on=on, party=party), by=by)
    waiting = the_waiting(held, version)
    said = checked_text(name, "name", most=SHORT)
    faults = list(_faults(party, way, said, signed_on, ground, scan, waiting=waiting, on=on))
    is_another = bool(said) and not _is_named(said, held.case, waiting, party)
    because, faults_of_why = _why(why) if is_another and way is not Way.AT_TABLE else ("", [])
    faults += faults_of_why
    if is_another and not because and not faults_of_why:
        faults.append(_fault_of_name(held.case, waiting, party, way))
    if move is Move.CLOSE:
        found = clashes_of(
            held.case, content_of(waiting).wanted(held.case.kind), place=waiting.place, by=by, on=on
        )
        faults += stopping(found)
    if faults:
        raise Refused(faults)
    is_first = not waiting.printed and not held.told.signatures
    if is_first:
        waiting.printed = printed_on(held.case, day=min(signed_on, on))
    is_read = way is Way.AT_TABLE and read is not None
    if is_read and waiting.printed and read != mark_of(waiting.printed):
        raise ReadSomethingElse
    if is_first:
        waiting.save_version(expected=waiting.version, fields=("printed",))
    signature: Signature = Signature.objects.create(
        municipality_id=held.case.municipality_id,
        agreement=waiting,
        party=party,
        way=way,
        name=said,
        signed_on=signed_on,
        by_id=by.user_id,
        ground=ground or "",
        why=because,
        scan=scan,
        scan_kind=media_type(scan) if scan else "",
    )
    if move is Move.CLOSE:
        _put_in_force(held, waiting, by=by, on=on)
    done(
        held,
        "sign_agreement",
        by=by,
        changes={
            "number": [waiting.number, waiting.number],
            "party": [None, party.value],
            "way": [None, way.value],
        },
        fields=("row", "activity_row", "place"),
    )
    return signature


def _put_in_force(held: Held, version: AgreementVersion, *, by: Actor, on: date) -> None:
    version.in_force_at = timezone.now()
    version.save_version(expected=version.version, fields=("in_force_at",))
    held.case.place = version.place
    lay(held, version, by=by, on=on)


def _faults(
    party: Party,
    way: Way,
    name: str,
    signed_on: date,
    ground: Ground | None,
    scan: bytes | None,
    *,
    waiting: AgreementVersion,
    on: date,
) -> list[Fault]:
    found = []
    if not name:
        found.append(Fault(_("Skriv navnet til den som skriver under."), "name"))
    if signed_on > on:
        found.append(Fault(_("Dagen for underskriften er ikke kommet ennå."), "signed_on"))
    elif signed_on < waiting.made_on:
        text = _("Versjonen ble laget %(day)s. Underskriften kan ikke være eldre.")
        found.append(Fault(text % {"day": f"{waiting.made_on:%d.%m.%Y}"}, "signed_on"))
    if way is Way.ON_BEHALF and ground is None:
        found.append(Fault(_("Velg hvorfor du skriver under på vegne av andre."), "ground"))
    if way is not Way.ON_BEHALF and ground is not None:
        found.append(Fault(_("Grunn hører bare til underskrift på vegne av andre."), "ground"))
    if way is Way.ON_BEHALF and party is Party.SUPERVISOR:
        found.append(Fault(_("Praksisveilederen skriver under selv."), "way"))
    if way is Way.ON_PAPER:
        found += faults_of_scan(scan)
    return found


def named_for(case: PlacementCase, version: AgreementVersion, party: Party) -> str:
    """Return who is to sign for a party, as the register or the version names them; or nothing.

    Nobody is named for the supervisor, who is signed in.
    """
    if party is Party.PARTICIPANT:
        return owner_of(case.participant).name
    role = _SIGNERS.get(party)
    return str(version.contacts.get(role, {}).get("name", "")) if role else ""


def _is_named(typed: str, case: PlacementCase, version: AgreementVersion, party: Party) -> bool:
    """Tell whether a name is that of whoever is to sign; where nobody is named, any is.

    A participant may write in letters without vowels, which cannot be held against Latin ones.
    """
    if party is Party.PARTICIPANT and bidirectional(typed[0]) in ("AL", "R"):
        return True
    named = named_for(case, version, party)
    return person_name(named) is None or is_name_of(typed, named)


def _fault_of_name(case: PlacementCase, version: AgreementVersion, party: Party, way: Way) -> Fault:
    """Say whose signature is asked for, and what to do where another signs."""
    is_hidden = party is Party.PARTICIPANT and owner_of(case.participant).is_protected
    told = {"name": _("deltakeren") if is_hidden else named_for(case, version, party)}
    if way is not Way.AT_TABLE:
        text = _("Her skal %(name)s skrive under. Skrev en annen under, skriv kort hvorfor.")
        return Fault(text % told, "why")
    text = _(
        "Her skal %(name)s skrive under. Skriver en annen under, gir dere skjermen tilbake. Den "
        "ansatte fører det som «På vegne av», med grunnen."
    )
    return Fault(text % told, "name")


def _why(text: str) -> tuple[str, list[Fault]]:
    """Return why another signed, and what is wrong with how it is said."""
    try:
        return checked_text(text, "why", most=SHORT), []
    except Refused as no:
        return "", list(no.faults)


def is_name_of(typed: str, named: str) -> bool:
    """Tell whether a name that was typed can be that of somebody who is named, in another way."""
    one, other = person_name(typed), person_name(named)
    if one is None or other is None:
        return False
    return compare_names(one, other).level >= NameLevel.WEAK


def faults_of_scan(scan: bytes | None) -> list[Fault]:
    """Return why a scan of a signed paper is not taken; nothing where it is."""
    if not scan:
        return [Fault(_("Legg ved en skannet kopi av den underskrevne avtalen."), "scan")]
    if len(scan) > MOST_BYTES:
        size = MOST_BYTES // (1024 * 1024)
        return [Fault(_("Filen er større enn %(n)s MB. Skann på nytt.") % {"n": size}, "scan")]
    if not media_type(scan):
        return [Fault(_("Filen må være PDF, PNG eller JPEG. Skann på nytt."), "scan")]
    return []


@transaction.atomic
def lift(
    version: AgreementVersion, *, reason: str, by: Actor, on: date, expected: int | None = None
) -> Lifting:
    """Open a version that somebody has signed and not all; the signatures fall, and are kept.

    Raises:
        MayNot, Refused, ChangedMeanwhile: as ``sign``; a reason is demanded.
    """
    held = hold(version.case, by=by, expected=expected, field="agreement.signature")
    check_move(Move.LIFT, standing_of(held.case, held.told, on=on), by=by)
    waiting = the_waiting(held, version)
    said = checked_text(reason, "reason", is_demanded=True)
    lifting: Lifting = Lifting.objects.create(
        municipality_id=held.case.municipality_id,
        agreement=waiting,
        reason=said,
        lifted_at=timezone.now(),
        by_id=by.user_id,
    )
    Signature.objects.filter(agreement=waiting, lifting=None).update(lifting=lifting)
    waiting.printed = {}  # whoever signs next, signs what holds then
    waiting.save_version(expected=waiting.version, fields=("printed",))
    done(held, "lift_agreement", by=by, changes={"number": [waiting.number, waiting.number]})
    return lifting


def scan_of(signature: Signature, *, by: Actor) -> tuple[bytes, str]:
    """Return the scan of a signature and its media type; that it was opened is noted.

    Raises:
        MayNot: the actor may not see the person or not read signatures.
        Refused: there is none.
    """
    check_may_read(by, "agreement.signature")
    stored = Signature.objects.get(pk=signature.pk)
    if stored.scan is None:
        raise refused(_("Det er ingen skannet kopi av denne underskriften."))
    person = owner_of(stored.agreement.case.participant)
    note_reading(participant=person, page="agreement_scan", by=by)
    return bytes(stored.scan), stored.scan_kind
