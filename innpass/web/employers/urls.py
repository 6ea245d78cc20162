"""Addresses: the map of employers and each employer's page."""

from django.urls import URLPattern

app_name = "employers"
urlpatterns: list[URLPattern] = []
