"""Addresses: placement cases and their agreements."""

from django.urls import path

from innpass.web.agreements import (
    acting,
    board,
    case,
    papers,
    proposing,
    schemes,
    signing,
    terms,
    writing,
)

app_name = "agreements"
urlpatterns = [
    path("", board.board, name="board"),
    path("ny/", proposing.propose, name="propose"),
    path("vilkar/", terms.terms, name="terms"),
    path("hent/", proposing.adopt, name="adopt"),
    path("<uuid:pk>/", case.case, name="case"),
    path("<uuid:pk>/steg/<slug:step>/", acting.step, name="step"),
    path("<uuid:pk>/krav/", acting.demand, name="demand"),
    path("<uuid:pk>/forventninger/", acting.expectations, name="expectations"),
    path("<uuid:pk>/avslutt/", acting.end, name="end"),
    path("<uuid:pk>/rett-avslutning/", acting.correct_end, name="correct_end"),
    path("<uuid:pk>/trekk/", acting.withdraw, name="withdraw"),
    path("<uuid:pk>/avtale/", writing.write, name="write"),
    path("<uuid:pk>/forkast/", writing.discard, name="discard"),
    path("<uuid:pk>/apne/", signing.lift, name="lift"),
    path("<uuid:pk>/skriv-under/<slug:party>/", signing.sign, name="sign"),
    path("<uuid:pk>/ordninger/", schemes.schemes, name="schemes"),
    path("<uuid:pk>/ordninger/<slug:kind>/", schemes.move, name="scheme"),
    path("<uuid:pk>/takk/", signing.thanks, name="thanks"),
    path("<uuid:pk>/avtale.pdf", papers.paper, name="paper"),
    path("<uuid:pk>/skann/<uuid:signature>/", papers.scan, name="scan"),
]
