"""Addresses of a participant's history."""

from django.urls import path

from innpass.web.history import views

app_name = "history"
urlpatterns = [
    path("<uuid:pk>/historikk/", views.history, name="history"),
    path("<uuid:pk>/historikk/ta-tilbake/", views.take_back, name="take_back"),
    path("<uuid:pk>/innsyn/", views.readings, name="readings"),
]
