"""Addresses of the area."""

from django.urls import URLPattern

app_name = "participant"
urlpatterns: list[URLPattern] = []
