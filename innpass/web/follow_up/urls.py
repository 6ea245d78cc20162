"""Addresses: following up those at a workplace."""

from django.urls import path

from innpass.web.follow_up import attest_signing, attests, board, hiring, people, rhythm, visits

app_name = "follow_up"
urlpatterns = [
    path("", board.board, name="board"),
    path("liste/<slug:slug>/", board.board, name="list"),
    path("kontrakter/", hiring.contracts, name="contracts"),
    path("hvor-ofte/", rhythm.rhythm, name="rhythm"),
    path("deltaker/<uuid:pk>/", people.person, name="person"),
    path("deltaker/<uuid:pk>/kort/", people.panel, name="panel"),
    path("deltaker/<uuid:pk>/kontakt/", people.contact, name="contact"),
    path("deltaker/<uuid:pk>/jobbsok/", people.job_seeking, name="job_seeking"),
    path("deltaker/<uuid:pk>/mangel/", people.name_missing, name="name_missing"),
    path("deltaker/<uuid:pk>/besok/<uuid:place>/<slug:slug>/", visits.new_visit, name="new_visit"),
    path("deltaker/<uuid:pk>/kontrakt/", hiring.contract, name="contract"),
    path("besok/<uuid:pk>/", visits.visit, name="visit"),
    path("besok/<uuid:pk>/avlys/", visits.call_off, name="call_off"),
    path("mangel/<uuid:pk>/", hiring.missing, name="missing"),
    path("jobbsok/<uuid:pk>/", hiring.reply, name="reply"),
    path("kontrakt/<uuid:pk>/ta-tilbake/", hiring.take_back, name="take_contract_back"),
    path("kontrakt/<uuid:pk>/svar/", people.check, name="check"),
    path("lop/<uuid:pk>/attest/", attests.attest, name="attest"),
    path("lop/<uuid:pk>/attest/underskrift/", attest_signing.sign, name="sign_attest"),
    path("lop/<uuid:pk>/attest/takk/", attest_signing.thanks, name="attest_thanks"),
    path("attest/<uuid:pk>/pdf/", attests.attest_pdf, name="attest_pdf"),
    path("attest/<uuid:pk>/skann/", attests.attest_scan, name="attest_scan"),
]
