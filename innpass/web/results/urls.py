"""Addresses of the results."""

from django.urls import path

from innpass.web.results import views

app_name = "results"
urlpatterns = [
    path("", views.results, name="results"),
    path("<slug:key>/", views.people, name="people"),
]
