"""On the way to being hired: what is missing, answers to applications, contracts."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from innpass.casework.follow_up import services
from innpass.casework.follow_up.contracts import contracts_seen_by, known, why_it_goes_on
from innpass.casework.follow_up.queries import (
    find_contract,
    find_job_seeking,
    find_missing,
    told_of_person,
)
from innpass.casework.participants.queries import owner_of
from innpass.casework.participants.services import note_reading
from innpass.domain.access.policy import (
    check_may_read,
    check_may_write,
    may_read,
    may_write,
)
from innpass.domain.following.hiring import Helper, JobSeeking, Lack
from innpass.exchange.clock import today
from innpass.web.design.gate import actor_of
from innpass.web.design.pages import page_number, paging
from innpass.web.design.templatetags.design import day as day_text
from innpass.web.design.words import capitalised, listed
from innpass.web.follow_up import words
from innpass.web.follow_up.assembling import contract_card, missing_line, trail_to
from innpass.web.follow_up.board import person_href
from innpass.web.follow_up.forms import (
    CloseForm,
    ContractForm,
    OwnerForm,
    ReplyForm,
    TakeBackForm,
)
from innpass.web.follow_up.pages import ContractsPage, FormPage
from innpass.web.follow_up.people import person_or_404
from innpass.web.follow_up.saving import answer, expected, posted

if TYPE_CHECKING:
    from innpass.casework.agreements.models import PlacementCase
    from innpass.casework.follow_up.queries import PersonTold

_FORM = "follow_up/form.html"
_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody else see to what is missing, by another day; or say that it is over, and how."""
    actor, on = actor_of(request), today()
    check_may_write(actor, "follow_up.missing")
    row = find_missing(pk, actor=actor)
    if row is None:
        raise Http404
    person = owner_of(row.participant)
    closes = request.POST.get("act") == "close"
    initial = {
        "owner": row.owner,
        "owner_name": row.owner_name,
        "due": f"{row.due:%d.%m.%Y}" if row.due else "",
    }
    owner = OwnerForm(None if closes else posted(request), initial=initial)
    closing = CloseForm(posted(request) if closes else None, is_needed=True, prefix="close")

    def save() -> str:
        if closes and closing.how is not None:
            services.close_missing(
                row,
                closing.how,
                text=closing.cleaned_data["closed_text"],
                by=actor,
                on=on,
                expected=expected(request),
            )
        else:
            said = owner.cleaned_data
            services.change_missing(row, **_with_owner(said), by=actor, expected=expected(request))
        return f"{person_href(person.pk)}#mangler"

    def page(note: str, version: int) -> FormPage:
        line = missing_line(row, told_of_person(person, actor=actor, on=on), on=on)
        return FormPage(
            title=line.what,
            name=person.name,
            trail=trail_to(person, line.what),
            lead=". ".join(filter(None, (line.text, capitalised(line.since), line.closed))),
            form=owner,
            submit=_("Lagre"),
            back_href=f"{person_href(person.pk)}#mangler",
            version=version,
            note=note,
            was_posted=request.method == "POST",
            extra=closing if row.closed_on is None else None,
            parts=(owner, closing),
        )

    if request.method != "POST":
        note_reading(participant=person, page="missing", by=actor)
    elif row.closed_on is not None and not closes:
        raise Http404
    parts: list[Any] = [closing if closes else owner]
    return answer(
        request,
        "follow_up/missing.html",
        parts,
        save,
        page,
        version=row.version,
        said=_("Lagret."),
    )


def _with_owner(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "owner": Helper(said["owner"]),
        "owner_name": said["owner_name"],
        "due": said["due"],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what became of an application."""
    actor = actor_of(request)
    check_may_write(actor, "follow_up.job_seeking")
    line = find_job_seeking(pk, actor=actor)
    if line is None:
        raise Http404
    person = owner_of(line.participant)
    form = ReplyForm(posted(request), initial={"reply": line.reply})

    def save() -> str:
        services.note_reply(line, form.answer, by=actor, on=today(), expected=expected(request))
        return f"{person_href(person.pk)}#jobb"

    def page(note: str, version: int) -> FormPage:
        title = _("Svar på %s") % words.JOB_SEEKING[JobSeeking(line.kind)]
        return FormPage(
            title=title,
            name=person.name,
            trail=trail_to(person, title),
            lead=" · ".join(filter(None, (line.employer, day_text(line.on)))),
            form=form,
            submit=_("Lagre"),
            back_href=f"{person_href(person.pk)}#jobb",
            version=version,
            note=note,
        )

    if request.method != "POST":
        note_reading(participant=person, page="reply", by=actor)
    return answer(
        request, _FORM, [form], save, page, version=line.version, said=_("Svaret er ført.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contract(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a contract of employment, and end the placement it came of."""
    actor, on = actor_of(request), today()
    check_may_write(actor, "contract.terms")
    person = person_or_404(pk, actor=actor)
    told = told_of_person(person, actor=actor, on=on)
    case = _latest_case(told, on=on)
    goes_on = why_it_goes_on(case, by=actor, on=on) if case else ""
    form = ContractForm(
        posted(request),
        has_case=case is not None and not goes_on,
        initial={"employer": case.employer.name if case else ""},
    )

    def save() -> str:
        services.note_contract(
            person,
            form.terms,
            case=case,
            ends_case=form.ends,
            told=form.cleaned_data.get("told", ""),
            by=actor,
            on=on,
        )
        return f"{person_href(person.pk)}#kontrakter"

    def page(note: str, version: int) -> FormPage:
        title = _("Arbeidskontrakt")
        return FormPage(
            title=title,
            name=person.name,
            trail=trail_to(person, title),
            lead=_lead(case, told, goes_on=goes_on),
            form=form,
            submit=_("Før kontrakten"),
            back_href=person_href(person.pk),
            version=version,
            note=note,
        )

    if request.method != "POST":
        note_reading(participant=person, page="contract", by=actor)
    return answer(
        request,
        _FORM,
        [form],
        save,
        page,
        version=0,
        said=_("Kontrakten er ført. Etter 3, 6 og 12 måneder spør vi om jobben varer."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a contract was noted by mistake, and why; it is kept and counts nowhere."""
    actor = actor_of(request)
    check_may_write(actor, "contract.terms")
    row = find_contract(pk, actor=actor)
    if row is None:
        raise Http404
    person = owner_of(row.participant)
    form = TakeBackForm(posted(request))

    def save() -> str:
        services.take_contract_back(
            row,
            because=form.cleaned_data["because"],
            by=actor,
            on=today(),
            expected=expected(request),
        )
        return f"{person_href(person.pk)}#kontrakter"

    def page(note: str, version: int) -> FormPage:
        title = _("Ta tilbake arbeidskontrakten")
        lead = _(
            "%(employer)s fra %(day)s. Kontrakten blir stående med begrunnelsen, men teller ikke "
            "lenger. Er praksisen avsluttet med «fikk jobb», retter du avslutningen etterpå. Det "
            "som ble lukket som mangel, melder du på nytt."
        )
        return FormPage(
            title=title,
            name=person.name,
            trail=trail_to(person, title),
            lead=lead % {"employer": row.employer_name, "day": day_text(row.first_day)},
            form=form,
            submit=_("Ta tilbake kontrakten"),
            back_href=f"{person_href(person.pk)}#kontrakter",
            version=version,
            note=note,
        )

    if request.method != "POST":
        note_reading(participant=person, page="contract", by=actor)
    said = _("Kontrakten er tatt tilbake.")
    return answer(request, _FORM, [form], save, page, version=row.version, said=said)


def _lead(case: "PlacementCase | None", told: "PersonTold", *, goes_on: str) -> str:
    """Say what the contract comes of, why that is not ended here, and what is closed."""
    lead = _("Kontrakten er ikke knyttet til en praksis.")
    if case is not None:
        lead = _("Praksis hos %s. Kontrakten kan være med en annen arbeidsgiver.")
        lead %= case.employer.name
        if goes_on and not hasattr(case, "ending"):
            lead = f"{lead} {goes_on}"
    lacking = [str(words.LACKS[Lack(row.kind)]) for row in told.missing if row.closed_on is None]
    if not lacking:
        return lead
    closed = _("Når kontrakten er ført, lukkes det som mangler for å bli ansatt: %s.")
    return f"{lead} {closed % listed(list(dict.fromkeys(lacking)))}"


def _latest_case(told: "PersonTold", *, on: date) -> "PlacementCase | None":
    """Return the case of the latest placement that has begun; ``None`` where there is none."""
    for one in told.stays:
        if one.stay.first_day <= on and one.case in told.cases:
            return told.cases[one.case]
    return None


@require_GET
def contracts(request: HttpRequest) -> HttpResponse:
    """List the contracts, those first where somebody is to be asked whether they last."""
    actor, on = actor_of(request), today()
    check_may_read(actor, "contract.terms")
    seen = contracts_seen_by(actor)
    every = known(list(seen), on=on)
    number = page_number(request.GET.get("side", ""))
    kinds = Counter(each.contract.kind for each in every)
    first = _SIZE * (min(max(number, 1), max(1, -(-len(every) // _SIZE))) - 1)
    here = reverse("follow_up:contracts")

    may_open = may_read(actor, "follow_up.visit")

    may_take_back = may_write(actor, "contract.terms")

    def card(each: Any) -> Any:
        href = person_href(each.owner) if may_open else ""
        name = owner_of(each.contract.participant).name
        return contract_card(each, name, href=href, may_take_back=may_take_back)

    page = ContractsPage(
        counts=(
            (_("Kontrakter"), len(every)),
            *(
                (capitalised(str(label)), kinds[kind.value])
                for kind, label in words.CONTRACTS.items()
            ),
        ),
        due=tuple(card(each) for each in every if each.due is not None),
        contracts=tuple(card(each) for each in every[first : first + _SIZE]),
        paging=paging(
            number=number, size=_SIZE, total=len(every), href=lambda n: f"{here}?side={n}"
        ),
        may_answer=may_write(actor, "contract.still_there"),
    )
    return render(request, "follow_up/contracts.html", {"page": page})
