"""Addresses: proposals for one participant, one place and everybody."""

from django.urls import path

from innpass.web.matching import everybody, presenting, profile, travel, views

app_name = "matching"
urlpatterns = [
    path("", everybody.start, name="start"),
    path("reisetid/", travel.travel, name="travel"),
    path("alle/", everybody.ask, name="ask"),
    path("alle/<uuid:pk>/", everybody.run, name="run"),
    path("alle/<uuid:pk>/stopp/", everybody.stop, name="stop"),
    path("alle/<uuid:pk>/ta/", everybody.take, name="take"),
    path("deltaker/<uuid:pk>/", views.person, name="person"),
    path("deltaker/<uuid:pk>/velg/<uuid:place>/", views.choose_place, name="choose"),
    path("deltaker/<uuid:pk>/las/<uuid:place>/", views.lock_place, name="lock"),
    path("deltaker/<uuid:pk>/las-opp/", views.unlock_place, name="unlock"),
    path("deltaker/<uuid:pk>/nei/<uuid:place>/", views.refuse, name="refuse"),
    path("deltaker/<uuid:pk>/profil/", profile.profile, name="profile"),
    path("deltaker/<uuid:pk>/cv/", profile.cv, name="cv"),
    path("plass/<uuid:pk>/", views.place, name="place"),
    path("lop/<uuid:pk>/presentasjon/", presenting.presentation, name="presentation"),
    path("lop/<uuid:pk>/sendt/<uuid:sending>/", presenting.sent, name="sent"),
    path("lop/<uuid:pk>/rad/", presenting.advice, name="advice"),
]
