"""Addresses of the overview."""

from django.urls import path

from innpass.web.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("sok/", views.search, name="search"),
    path("eksport/", views.export, name="export"),
]
