"""Addresses: proposals for one participant, one place and everybody."""

from django.urls import URLPattern

app_name = "matching"
urlpatterns: list[URLPattern] = []
