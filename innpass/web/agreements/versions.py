"""The versions of an agreement on the page: what is new in each, and who signed."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from innpass.casework.agreements.comparing import differences
from innpass.casework.agreements.queries import AgreementVersion, Signature, standing_of
from innpass.casework.agreements.refusing import roles_of
from innpass.domain.access.policy import may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.placing.agreement import Party, VersionKind, Way, parties
from innpass.domain.placing.moves import Move, refusal
from innpass.domain.placing.sentences import say
from innpass.web.agreements.finding import Found
from innpass.web.agreements.pages import Change, SignatureLine, VersionCard
from innpass.web.agreements.words import COLUMN_LABELS, facts_of, signed_text, value_text
from innpass.web.design.pages import Link
from innpass.web.design.templatetags.design import day, moment
from innpass.web.design.words import capitalised


def version_cards(
    found: Found, versions: Sequence[AgreementVersion], *, actor: Actor, on: date
) -> dict[int, VersionCard]:
    """Return the versions as they are shown, by number, the latest first."""
    new = differences(versions)
    return {
        version.number: VersionCard(
            number=version.number,
            title=_("Versjon %(n)s, %(kind)s")
            % {"n": version.number, "kind": say(f"version.{version.kind}")},
            state=_state(version)[0],
            colour=_state(version)[1],
            made=_made(version),
            reason=version.reason,
            facts=facts_of(version),
            changes=tuple(
                Change(
                    str(COLUMN_LABELS[each.name]),
                    value_text(each.name, each.before) or _("ikke skrevet"),
                    value_text(each.name, each.after) or _("ikke skrevet"),
                )
                for each in new.get(version.number, ())
            ),
            signatures=tuple(_signatures(found, version, actor=actor, on=on)),
            liftings=tuple(_liftings(version, actor)),
            paper_href=reverse("agreements:paper", args=[found.case.pk])
            + f"?versjon={version.number}",
        )
        for version in versions
    }


def _state(version: AgreementVersion) -> tuple[str, str]:
    if version.discarded_at is not None:
        return _("Forkastet"), "neutral"
    if version.in_force_at is None:
        return _("Venter på underskrift"), "warning"
    return _("Underskrevet av alle") if version.kind != VersionKind.ENDED else _("Avsluttet"), (
        "success" if version.kind != VersionKind.ENDED else "neutral"
    )


def _made(version: AgreementVersion) -> str:
    told = {"day": day(version.made_on), "by": version.made_by}
    text = _("Laget %(day)s av %(by)s") if version.made_by_id else _("Laget %(day)s")
    return text % told


def _signatures(
    found: Found, version: AgreementVersion, *, actor: Actor, on: date
) -> Iterator[SignatureLine]:
    if not may_read(actor, "agreement.signature") or version.kind == VersionKind.ENDED:
        return
    rows = [each for each in version.signatures.all() if each.lifting_id is None]
    signed = {Party(each.party): each for each in rows}
    is_open = version.in_force_at is None and version.discarded_at is None
    for party in parties(has_second_signer=version.has_second_signer):
        mine = signed.get(party)
        name = capitalised(say(f"party.{party}"))
        if mine is not None:
            yield SignatureLine(name, True, signed_text(mine), scan_href=_scan(found, mine))
            continue
        href, why = _where(found, party, actor=actor, on=on) if is_open else ("", "")
        told = _("Ikke underskrevet")
        yield SignatureLine(name, False, told, href=href, why_not=why, ways=_ways(party, href))


def _where(found: Found, party: Party, *, actor: Actor, on: date) -> tuple[str, str]:
    """Return where a party signs, or why not now."""
    if not may_write(actor, "agreement.signature"):
        return "", ""
    move = Move.CLOSE if party is Party.SUPERVISOR else Move.SIGN
    standing = standing_of(found.case, found.told, on=on, party=party)
    why = refusal(move, standing, roles_of(actor))
    return ("", why) if why else (reverse("agreements:sign", args=[found.case.pk, party]), "")


def _ways(party: Party, href: str) -> tuple[Link, ...]:
    """Return the ways beside the one at the table, whose page leads nowhere but to itself."""
    if not href or party is Party.SUPERVISOR:
        return ()
    others = (Way.ON_PAPER, Way.ON_BEHALF)
    return tuple(Link(capitalised(say(f"way.{way}")), f"{href}?maate={way}") for way in others)


def _scan(found: Found, signature: Signature) -> str:
    if signature.way != Way.ON_PAPER:
        return ""
    return reverse("agreements:scan", args=[found.case.pk, signature.pk])


def _liftings(version: AgreementVersion, actor: Actor) -> Iterator[str]:
    if not may_read(actor, "agreement.signature"):
        return
    for each in version.liftings.all():
        told = {"at": moment(each.lifted_at), "by": each.by or "", "reason": each.reason}
        yield _("Åpnet igjen %(at)s av %(by)s: %(reason)s") % told
