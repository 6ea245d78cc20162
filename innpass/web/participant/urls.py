"""Addresses of a participant."""

from django.urls import path

from innpass.web.participant import views

app_name = "participant"
urlpatterns = [
    path("<uuid:pk>/", views.participant, name="participant"),
    path("<uuid:pk>/nummer/", views.reveal_identifier, name="reveal_identifier"),
    path("<uuid:pk>/regelverk/", views.rules, name="rules"),
]
