"""The employer pack of a placement, to show and to print. It names no participant."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.doors.showing import Contact, shown_of, told_about
from innpass.domain.law.scheme_limits import scheme_numbers
from innpass.domain.placing.expectations import Section
from innpass.domain.placing.pack import pack_text
from innpass.domain.placing.resources import Audience, Resource, resources_for
from innpass.domain.placing.schemes import SchemeKind, scheme_name, told
from innpass.exchange.pdf.printing import render_pdf


@dataclass(frozen=True, slots=True)
class SchemeTold:
    """What a scheme may give, in sentences, with where it stands."""

    kind: SchemeKind
    name: str
    lines: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Pack:
    """The pack of one placement on a day."""

    title: str
    intro: str
    employer: str
    contact_title: str
    contact: Contact
    sections: tuple[Section, ...]
    schemes_title: str
    schemes_intro: str
    schemes: tuple[SchemeTold, ...]
    links_title: str
    links: tuple[Resource, ...]


def schemes_told(*, on: date) -> tuple[SchemeTold, ...]:
    """Return what Nav's schemes may give, as the regulation stands on a day."""
    found = []
    for kind in SchemeKind:
        set_by = scheme_numbers(kind, on=on)
        name = scheme_name(kind)
        lines = told(kind, set_by.numbers)
        found.append(SchemeTold(kind, name[0].upper() + name[1:], lines, set_by.source))
    return tuple(found)


def pack_of(case: PlacementCase, *, on: date) -> Pack:
    """Return the pack for the employer of a placement."""
    text = pack_text()
    return Pack(
        title=text.title,
        intro=text.intro,
        employer=case.employer.name,
        contact_title=text.contact,
        contact=shown_of(case, told_about(case)).contact,
        sections=text.sections,
        schemes_title=text.schemes,
        schemes_intro=text.schemes_intro.format(day=formats.date_format(on, "j. F Y")),
        schemes=schemes_told(on=on),
        links_title=text.links,
        links=resources_for(Audience.EMPLOYER, Audience.PARTICIPANT),
    )


def pdf_of_pack(pack: Pack, *, made_at: datetime) -> bytes:
    """Return the pack as tagged PDF."""
    contact = [pack.contact.name or _("Servicetorget i kommunen")]
    contact += filter(None, (pack.contact.phone, pack.contact.email))
    document = {
        "title": pack.title,
        "for": pack.employer,
        "intro": pack.intro,
        "contact": {"title": pack.contact_title, "lines": contact},
        "sections": [{"title": s.title, "lines": list(s.lines)} for s in pack.sections],
        "schemes": {
            "title": pack.schemes_title,
            "intro": pack.schemes_intro,
            "rows": [
                {"name": s.name, "lines": list(s.lines), "source": s.source} for s in pack.schemes
            ],
        },
        "links": {
            "title": pack.links_title,
            "rows": [{"title": r.title, "url": r.url, "what": r.what} for r in pack.links],
        },
        "footer": _("Arbeidsgiverpakke, laget %(day)s")
        % {"day": formats.date_format(made_at, "j. F Y")},
        "page_word": _("Side"),
    }
    return render_pdf("employer_pack", document, made_at=made_at)
