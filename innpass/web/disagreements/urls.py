"""Addresses of the disagreements."""

from django.urls import path

from innpass.web.disagreements import views

app_name = "disagreements"
urlpatterns = [
    path("", views.disagreements, name="disagreements"),
    path("avgjort/", views.decided, name="decided"),
    path("avgjort/<uuid:act>/apne/", views.reopen, name="reopen"),
    path("<uuid:pk>/", views.disagreement, name="disagreement"),
]
