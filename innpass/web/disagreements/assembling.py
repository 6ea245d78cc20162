"""Filling the pages about disagreements."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.reconciliation import disagreements as queries
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import MayNot, check_may_write
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.proposing import proposal_sentence
from innpass.domain.sheets.records import Owner
from innpass.web.design.pages import paging
from innpass.web.design.words import BODIES, capitalised, field_label, in_words
from innpass.web.disagreements.pages import (
    DecidedPage,
    Decision,
    Disagreement,
    DisagreementPage,
    DisagreementsPage,
    Group,
    Source,
    Stand,
    Tab,
)

PAGE_SIZE = 25
OWNERS = (Owner.REFUGEE, Owner.NAV, Owner.LEARNING)
_NO_VALUE = gettext_lazy("ingen verdi")


def owners_for(actor: Actor) -> list[Owner]:
    """Return the bodies whose fields there are, the viewer's own first."""
    return sorted(OWNERS, key=lambda owner: (str(owner) != actor.body, OWNERS.index(owner)))


def list_page(*, actor: Actor, owner: Owner | None, number: int) -> DisagreementsPage:
    """Return what waits, by whose field it is. A fixed number of queries."""
    owners = owners_for(actor)
    counts = queries.count_by_owner(actor)
    total = counts.get(owner, 0) if owner else sum(counts.values())
    pages = paging(
        number=number, size=PAGE_SIZE, total=total, href=lambda page: list_href(owner, page)
    )
    found = queries.page_of(
        actor, owners=owners, owner=owner, start=max(pages.first - 1, 0), size=PAGE_SIZE
    )
    shown = {
        each: tuple(_disagreement(one, actor) for one in found if one.owner is each)
        for each in owners
    }
    return DisagreementsPage(
        tabs=_tabs(actor, counts, current=owner or "all"),
        groups=tuple(
            Group(
                key=str(each),
                label=str(BODIES[each]),
                is_mine=str(each) == actor.body,
                disagreements=some,
                total=counts[each],
            )
            for each, some in shown.items()
            if some
        ),
        paging=pages,
        total=total,
    )


def decided_page(*, actor: Actor, number: int) -> DecidedPage:
    """Return what was decided, the newest first."""
    total = queries.decisions(actor).count()
    pages = paging(
        number=number,
        size=PAGE_SIZE,
        total=total,
        href=lambda page: reverse("disagreements:decided") + (f"?side={page}" if page > 1 else ""),
    )
    found = queries.decided(actor, start=max(pages.first - 1, 0), size=PAGE_SIZE)
    return DecidedPage(
        tabs=_tabs(actor, queries.count_by_owner(actor), current="decided", decided=total),
        decisions=tuple(_decision(each) for each in found),
        paging=pages,
    )


def one_page(
    dispute: queries.Dispute, *, actor: Actor, sent: dict[str, str] | None = None, **problems: str
) -> DisagreementPage:
    """Return the page on which one is decided; ``sent`` is what the form sent, to be kept."""
    shown = _disagreement(dispute, actor)
    kept = sent or {}
    return DisagreementPage(
        disagreement=shown,
        list_href=reverse("disagreements:disagreements"),
        choice=kept.get("choice", shown.accepts),
        typed=kept.get("value", ""),
        reason=kept.get("reason", ""),
        **problems,
    )


def list_href(owner: Owner | None, page: int = 1) -> str:
    """Return the address of the list, of one body's fields where it is given."""
    parts = ([f"eier={owner}"] if owner else []) + ([f"side={page}"] if page > 1 else [])
    return reverse("disagreements:disagreements") + (f"?{'&'.join(parts)}" if parts else "")


def _tabs(
    actor: Actor, counts: dict[Owner, int], *, current: str, decided: int | None = None
) -> tuple[Tab, ...]:
    tabs = [Tab(_("Alle"), list_href(None), sum(counts.values()), current == "all")]
    tabs += [
        Tab(str(BODIES[owner]), list_href(owner), counts.get(owner, 0), current == owner)
        for owner in owners_for(actor)
    ]
    count = queries.decisions(actor).count() if decided is None else decided
    tabs.append(Tab(_("Avgjort"), reverse("disagreements:decided"), count, current == "decided"))
    return tuple(tabs)


def _disagreement(dispute: queries.Dispute, actor: Actor) -> Disagreement:
    stands = tuple(
        Stand(
            choice=str(number),
            value=capitalised(in_words(dispute.field, each.value)) or str(_NO_VALUE),
            sources=tuple(_source(one) for one in each.sources),
            holds=each.holds,
            is_proposed=each.is_proposed,
            is_new=each.is_new,
        )
        for number, each in enumerate(dispute.stands)
    )
    return Disagreement(
        id=dispute.id,
        version=dispute.version,
        name=dispute.name,
        person_href=_person(dispute.participant),
        field=capitalised(field_label(dispute.field)),
        owner=str(BODIES[dispute.owner]),
        stands=stands,
        proposal=why(dispute),
        accepts=next((each.choice for each in stands if each.is_proposed), ""),
        may_decide=dispute.may_decide,
        who_may="" if dispute.may_decide else _who_may(dispute.field, actor),
        has_news=any(each.is_new for each in stands),
    )


def why(dispute: queries.Dispute) -> str:
    """Say why a value is proposed, or that none can be."""
    proposal = dispute.proposal
    return proposal_sentence(
        proposal,
        field=field_label(dispute.field),
        owner=str(BODIES[dispute.owner]),
        source=_body(proposal.said.owner) if proposal else "",
        only=_body(dispute.only_source) if dispute.only_source else "",
    )


def _who_may(name: str, actor: Actor) -> str:
    try:
        check_may_write(actor, access_name(name))
    except MayNot as no:
        return str(no)
    return ""


def _body(owner: Owner) -> str:
    return str(BODIES.get(owner, _("Ført i Innpass")))


def _source(source: queries.Source) -> Source:
    if source.owner is Owner.HAND:
        return Source(_body(source.owner), source.by, source.at, source.reason)
    place = ", ".join(part for part in (source.file, source.sheet) if part)
    return Source(
        body=_body(source.owner),
        place=f"{place} {source.cell}".strip(),
        at=source.at,
        note=_("ikke lenger i filen") if source.is_gone else "",
    )


def _decision(said: queries.Decision) -> Decision:
    return Decision(
        act=said.act,
        name=said.name,
        person_href=_person(said.participant),
        field=capitalised(field_label(said.field)),
        value=capitalised(in_words(said.field, said.value)) or str(_NO_VALUE),
        others=_others(said.field, said.others),
        by=said.by,
        at=said.at,
        reason=said.reason,
        may_reopen=said.may_reopen,
    )


def _others(name: str, others: Sequence[tuple[Owner, Any]]) -> tuple[str, ...]:
    return tuple(
        _("%(body)s: %(value)s") % {"body": _body(owner), "value": in_words(name, value)}
        for owner, value in others
    )


def _person(pk: UUID) -> str:
    return reverse("participant:participant", args=[pk])
