"""Addresses of the course models."""

from django.urls import path

from innpass.web.courses import views

app_name = "courses"
urlpatterns = [
    path("", views.models, name="models"),
]
