"""The letterhead and the standard terms of agreements: by day, and frozen once somebody signs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from innpass.casework.agreements.holding import checked_text
from innpass.casework.agreements.models import AgreementVersion, PlacementCase, StandardTerms
from innpass.casework.agreements.refusing import Fault, Refused
from innpass.casework.audit import services as audit
from innpass.casework.employers.models import EmployerCard
from innpass.casework.organisations.models import ChangedMeanwhile, Municipality
from innpass.casework.timetable.keeping import one_at_a_time
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.identifiers import is_organisation_number
from innpass.domain.placing.sentences import choice
from innpass.domain.placing.terms import (
    LANGUAGE_NAMES,
    LANGUAGES,
    LONGEST,
    faults_of,
    proposal,
    unseen,
)


class ReadSomethingElse(Exception):
    """The letterhead or the terms are others than those on the screen: nothing is signed."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What agreements say beside what is agreed.

    Attributes:
        texts: by language, as ``domain.placing.terms`` reads them; empty where nobody wrote any.
        dated: the day from which they hold.
    """

    organisation_number: str
    unit: str
    texts: Mapping[str, str]
    dated: date


def terms_on(day: date) -> Terms:
    """Return the terms of a day: the municipality's own, else those proposed. One query."""
    found = StandardTerms.objects.filter(holds_from__lte=day).order_by("-holds_from").first()
    if found is None:
        return Terms("", "", proposal().texts, proposal().written_on)
    return Terms(found.organisation_number, found.unit, found.texts, found.holds_from)


def all_terms() -> list[StandardTerms]:
    """Return all that were kept, the latest first, with who did it. One query."""
    return list(StandardTerms.objects.select_related("set_by").order_by("-holds_from"))


def times_kept() -> int:
    """Return how many times somebody has kept terms, of whichever day. One query."""
    total = StandardTerms.objects.aggregate(n=Sum("version"))["n"]
    return int(total or 0)


@transaction.atomic
def keep_terms(
    terms: Terms, *, are_seen: bool, by: Actor, on: date, expected: int | None = None
) -> None:
    """Let terms hold from a day on; those kept for the same day give way to them.

    What somebody has signed says what it said.

    Args:
        terms: ``dated`` is the day, today or later.
        are_seen: the translations have been held against the Norwegian text, where it is new.
        expected: ``times_kept`` on the screen; ``None`` where there was none.

    Raises:
        MayNot: the terms are not theirs to write.
        ChangedMeanwhile: somebody has kept terms since.
        Refused: something in them cannot stand; every reason is told.
    """
    check_may(by, Act.KEEP_TERMS)
    one_at_a_time(by)
    kept = times_kept()
    latest = StandardTerms.objects.order_by("holds_from").last()
    if latest is not None and expected not in (None, kept):
        latest.version = kept  # of all together, which the screen goes by
        raise ChangedMeanwhile(latest)
    number = "".join(terms.organisation_number.split())
    faults = [Fault(text, code) for code, text in faults_of(terms.texts)]
    texts = {}
    for code in LANGUAGES:
        try:
            texts[code] = checked_text(terms.texts.get(code, ""), code, most=LONGEST)
        except Refused as no:
            faults += [each for each in no.faults if all(each.field != f.field for f in faults)]
    if number and not is_organisation_number(number):
        text = _("«%(number)s» er ikke et organisasjonsnummer. Det har ni siffer.")
        faults.append(Fault(text % {"number": number}, "organisation_number"))
    if terms.dated < on:
        text = _("Vilkår gjelder fra i dag eller senere. Det som er underskrevet før, står.")
        faults.append(Fault(text, "dated"))
    behind = unseen(terms_on(terms.dated).texts, texts) if not faults and not are_seen else ()
    if behind:
        names = choice((LANGUAGE_NAMES[code] for code in behind), last="og")
        text = _(
            "Den norske teksten er ny, men ikke den på %(names)s. Rett den, tøm feltet, eller "
            "kryss av for at den fortsatt stemmer."
        )
        faults.append(Fault(text % {"names": names}, "are_seen"))
    if faults:
        raise Refused(faults)
    before = StandardTerms.objects.filter(holds_from=terms.dated).first()
    row = before or StandardTerms(municipality_id=by.municipality_id, holds_from=terms.dated)
    row.organisation_number, row.texts = number, texts
    row.unit, row.set_by_id = " ".join(terms.unit.split())[:120], by.user_id
    if before is None:
        row.save(force_insert=True)
    else:
        row.save_version(
            expected=row.version, fields=("organisation_number", "unit", "texts", "set_by")
        )
    audit.record(
        municipality_id=by.municipality_id,
        actor_id=by.user_id,
        action="keep_terms",
        subject_kind="municipality",
        subject_id=by.municipality_id,
        changes={
            "holds_from": [before and before.holds_from.isoformat(), terms.dated.isoformat()],
            "version": [row.version - 1 or None, row.version],
        },
    )


def printed_on(case: PlacementCase, *, day: date) -> dict[str, Any]:
    """Return what an agreement of a case says beside its columns if signed on a day. Three queries.

    As ``AgreementVersion.printed`` keeps it.
    """
    terms = terms_on(day)
    numbers = EmployerCard.objects.filter(employer=case.employer_id)
    return {
        "municipality": Municipality.objects.get(pk=case.municipality_id).name,
        "organisation_number": terms.organisation_number,
        "unit": terms.unit,
        "employer_number": numbers.values_list("organisation_number", flat=True).first() or "",
        "terms": dict(terms.texts),
        "dated": terms.dated.isoformat(),
    }


def printed_of(case: PlacementCase, version: AgreementVersion, *, on: date) -> dict[str, Any]:
    """Return what a version's paper says beside its columns.

    What was signed before letterheads and standard terms were kept names the municipality alone.
    """
    if version.printed:
        signed: dict[str, Any] = version.printed
        return signed
    today = printed_on(case, day=on)
    is_signed = version.in_force_at is not None or version.signatures.filter(lifting=None).exists()
    if not is_signed:
        return today
    return {
        **dict.fromkeys(("organisation_number", "unit", "employer_number"), ""),
        "municipality": today["municipality"],
        "terms": {},
        "dated": today["dated"],
    }


def mark_of(printed: Mapping[str, Any]) -> str:
    """Return what tells one letterhead with its terms from another: 32 letters and figures.

    Example:
        >>> mark_of({"unit": "Integrering"}) == mark_of({"unit": "Voksenopplæring"})
        False
    """
    return sha256(json.dumps(printed, sort_keys=True).encode()).hexdigest()[:32]
