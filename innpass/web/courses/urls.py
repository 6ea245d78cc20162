"""Addresses of the course models."""

from django.urls import path

from innpass.web.courses import editing, person, placing, views

app_name = "courses"
urlpatterns = [
    path("", views.models, name="models"),
    path("ny/", editing.new_model, name="new"),
    path("modell/<slug:key>/", views.model, name="model"),
    path("modell/<slug:key>/ramme/", editing.frame, name="frame"),
    path("modell/<slug:key>/rute/<slug:phase>/<slug:track>/", editing.cell, name="cell"),
    path("deltaker/<uuid:pk>/", person.person, name="person"),
    path("deltaker/<uuid:pk>/valg/", person.choice, name="choose"),
    path("deltaker/<uuid:pk>/valg/<uuid:row>/", person.choice, name="correct_choice"),
    path("deltaker/<uuid:pk>/avvik/", person.deviation, name="deviate"),
    path("deltaker/<uuid:pk>/avvik/<uuid:row>/", person.deviation, name="correct_deviation"),
    path("sett/", placing.placing, name="placing"),
    path("sett/<uuid:act>/", placing.placed, name="placed"),
    path("sett/<uuid:act>/tilbake/", placing.take_back, name="take_back"),
]
