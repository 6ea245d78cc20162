"""What only a human can decide: the inbox, one question, what was answered, and the rules."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from innpass.casework.reconciliation.answering import (
    AnsweredAlready,
    check_may_answer,
    take_answer_back,
)
from innpass.casework.reconciliation.ruling import end_rule, make_rule, reading_rules
from innpass.casework.reconciliation.taking_back import CannotTakeBack
from innpass.domain.access.policy import check_may_see_questions
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.typed import LONGEST_TYPED, as_text
from innpass.web.design.gate import actor_of
from innpass.web.questions.answering import Unclear, find_people, is_search, store_answer
from innpass.web.questions.assembling import assemble
from innpass.web.questions.closing import answers_page, closed_questions
from innpass.web.questions.one import assemble_one, find_question
from innpass.web.questions.pages import Done
from innpass.web.questions.queue import after, queue

AFTER = "etter"  # the question just answered, so that the next page can say what became of it


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """Show the questions that wait, by who should answer."""
    actor = _who(request)
    page = assemble(actor=actor, done=_done(request, actor))
    return render(request, "questions/questions.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one question and take an answer to it."""
    actor = _who(request)
    found = find_question(pk, actor=actor)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _answer(request, pk, actor)
    page = assemble_one(found, actor=actor, done=_done(request, actor))
    return render(request, "questions/question.html", {"page": page})


def _answer(request: HttpRequest, pk: UUID, actor: Actor) -> HttpResponse:
    found = find_question(pk, actor=actor)
    if found is None:
        raise Http404
    check_may_answer(actor, found)
    typed = as_text(request.POST.get("text", ""))[:LONGEST_TYPED]
    waiting = queue(actor)
    cells = next((each.cells for each in waiting if pk in each.cells), (pk,))
    try:
        if found.closed_at is None and is_search(found, request.POST):
            people = find_people(found, typed, by=actor)
            page = assemble_one(found, actor=actor, typed=typed, found=people)
            return render(request, "questions/question.html", {"page": page})
        store_answer(
            found, request.POST, cells=cells, municipality_id=actor.municipality_id, by=actor
        )
    except Unclear as unclear:
        page = assemble_one(found, actor=actor, typed=typed, problem=str(unclear))
        return render(request, "questions/question.html", {"page": page}, status=422)
    except AnsweredAlready as late:
        found = find_question(pk, actor=actor) or found
        page = assemble_one(found, actor=actor, typed=typed, refused=str(late))
        return render(request, "questions/question.html", {"page": page}, status=409)
    still = {cell for each in queue(actor) for cell in each.cells}
    following = after([each for each in waiting if pk in each.cells or each.cells[0] in still], pk)
    target = (
        reverse("questions:question", args=[following.cells[0]])
        if following
        else reverse("questions:questions")
    )
    return HttpResponseRedirect(f"{target}?{AFTER}={pk}")


@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """Show what was answered, and the rules of reading."""
    actor = _who(request)
    page = answers_page(actor=actor, is_mine=request.GET.get("vis") != "alle")
    return render(request, "questions/answers.html", {"page": page})


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the answer to a question back, and show the question again."""
    actor = _who(request)
    found = find_question(pk, actor=actor)
    if found is None:
        raise Http404
    try:
        take_answer_back(pk, municipality_id=actor.municipality_id, by=actor)
    except CannotTakeBack as cannot:
        messages.warning(request, str(cannot))
    else:
        found.refresh_from_db(fields=["closed_at"])
        messages.success(
            request,
            _("Svaret er tatt tilbake. Noe annet avklarer cellen.")
            if found.closed_at
            else _("Svaret er tatt tilbake. Spørsmålet venter på svar igjen."),
        )
    return HttpResponseRedirect(reverse("questions:question", args=[pk]))


@require_POST
def rule(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the answer to a question be a rule from now on."""
    actor = _who(request)
    found = find_question(pk, actor=actor)
    if found is None:
        raise Http404
    try:
        settled = make_rule(
            pk, request.POST.get("value", ""), municipality_id=actor.municipality_id, by=actor
        )
    except LookupError as gone:
        messages.warning(request, str(gone.args[0]))
    else:
        told = ngettext(
            "Regelen er lagret. Den avklarte ett spørsmål til.",
            "Regelen er lagret. Den avklarte %(count)s spørsmål til.",
            settled,
        )
        messages.success(request, told % {"count": settled})
    return HttpResponseRedirect(reverse("questions:questions"))


@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a rule of reading."""
    actor = _who(request)
    if not reading_rules().filter(pk=pk).exists():
        raise Http404
    try:
        end_rule(pk, municipality_id=actor.municipality_id, by=actor)
    except LookupError as gone:
        messages.warning(request, str(gone.args[0]))
    else:
        messages.success(request, _("Regelen er avsluttet. Det den leste, er spørsmål igjen."))
    return HttpResponseRedirect(reverse("questions:answers"))


def _who(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    check_may_see_questions(actor)
    return actor


def _done(request: HttpRequest, actor: Actor) -> Done | None:
    """Return the question just answered, where the address names one."""
    try:
        pk = UUID(request.GET.get(AFTER, ""))
    except ValueError:
        return None
    return closed_questions([pk], actor=actor, offers_for=pk).get(pk)
