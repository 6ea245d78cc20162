"""Addresses of the administration."""

from django.urls import path

from innpass.web.administration import files, intakes, views

app_name = "administration"
urlpatterns = [
    path("felter/", views.fields, name="fields"),
    path("beskyttet-adresse/", views.protection, name="protection"),
    path("filer/", files.files, name="files"),
    path("inntak/", intakes.intakes, name="intakes"),
]
