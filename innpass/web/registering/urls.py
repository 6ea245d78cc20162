"""Addresses of the registration in the national register."""

from django.urls import path

from innpass.web.registering import views

app_name = "registering"
urlpatterns = [
    path("", views.duties, name="duties"),
    path("merk/", views.tick, name="tick"),
    path("liste/", views.export, name="export"),
    path("for-slutt/", views.leaving, name="leaving"),
    path("koder/", views.codes, name="codes"),
]
