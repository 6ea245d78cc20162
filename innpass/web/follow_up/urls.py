"""Addresses: following up those at a workplace."""

from django.urls import URLPattern

app_name = "follow_up"
urlpatterns: list[URLPattern] = []
