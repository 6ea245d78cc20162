"""Addresses of the law."""

from django.urls import path

from innpass.web.regulations import supposing, views

app_name = "regulations"
urlpatterns = [
    path("", views.register, name="register"),
    path("fortolkninger/", views.readings, name="readings"),
    path("fortolkninger/<str:name>/", views.reading, name="reading"),
    path("hva-om/", supposing.suppose, name="suppose"),
    path("hva-om/<uuid:pk>/", supposing.outcome, name="outcome"),
    path("hva-om/<uuid:pk>/xlsx/", supposing.outcome_workbook, name="outcome_workbook"),
    path("tema/<slug:name>/", views.topic, name="topic"),
    path("tema/<slug:name>/hvem/", views.standings, name="standings"),
]
