"""Addresses of what weeks are planned of."""

from django.urls import path

from innpass.web.teaching import groups, places, ties, workplaces

app_name = "teaching"
urlpatterns = [
    path("", groups.groups, name="groups"),
    path("ny/", groups.new_group, name="new_group"),
    path("gruppe/<uuid:pk>/", groups.group, name="group"),
    path("gruppe/<uuid:pk>/avslutt/", groups.end, name="end_group"),
    path("arbeidssteder/", workplaces.workplaces, name="workplaces"),
    path("arbeidssteder/<uuid:pk>/", workplaces.workplace, name="workplace"),
    path("rom/", places.rooms, name="rooms"),
    path("steder/", places.localities, name="places"),
    path("ferier/", places.breaks, name="breaks"),
    path("regler/", places.rules, name="rules"),
    path("deltaker/<uuid:pk>/", ties.ties, name="ties"),
]
