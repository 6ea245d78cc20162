"""Addresses: campaigns, meetings and what was said with employers."""

from django.urls import URLPattern

app_name = "outreach"
urlpatterns: list[URLPattern] = []
