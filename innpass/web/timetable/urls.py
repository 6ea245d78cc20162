"""Addresses of the timetables."""

from django.urls import path

from innpass.web.timetable import editing, everybody, places, proposals, views, withdrawing

app_name = "timetable"
urlpatterns = [
    path("", everybody.caseload, name="caseload"),
    path("sok/", everybody.search, name="search"),
    path("foresla/", proposals.propose_all, name="propose_all"),
    path("forslag/<uuid:pk>/", proposals.proposal, name="proposal"),
    path("forslag/<uuid:pk>/stopp/", proposals.stop, name="stop"),
    path("forslag/<uuid:pk>/ta/", proposals.take_many, name="take"),
    path("forslag/uke/<uuid:pk>/", proposals.proposed_week, name="proposed_week"),
    path("forslag/uke/<uuid:pk>/ta/", proposals.take_week, name="take_week"),
    path("deltaker/<uuid:pk>/", views.week, name="week"),
    path("deltaker/<uuid:pk>/endre/", editing.edit, name="edit"),
    path("deltaker/<uuid:pk>/foresla/", proposals.propose, name="propose"),
    path("trekk/<uuid:pk>/", withdrawing.withdraw_timetable, name="withdraw"),
    path("gruppe/<uuid:pk>/", places.group, name="group"),
    path("arbeidssted/<uuid:pk>/", places.workplace, name="workplace"),
]
