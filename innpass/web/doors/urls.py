"""Addresses: the employer's page without an account."""

from django.urls import URLPattern

app_name = "doors"
urlpatterns: list[URLPattern] = []
