"""Addresses of the round trip."""

from django.urls import path

from innpass.web.round_trip import views

app_name = "round_trip"
urlpatterns = [
    path("", views.form, name="form"),
    path("hent/", views.export, name="export"),
    path("<uuid:pk>/", views.returned, name="returned"),
    path("<uuid:pk>/bruk/", views.apply, name="apply"),
    path("<uuid:pk>/stopp/", views.stop, name="stop"),
    path("angre/<uuid:pk>/", views.take_back, name="take_back"),
]
