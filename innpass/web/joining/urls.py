"""Addresses of joining and parting participants."""

from django.urls import path

from innpass.web.joining import views

app_name = "joining"
urlpatterns = [
    path("<uuid:pk>/sla-sammen/", views.join, name="join"),
    path("<uuid:pk>/skill-ut/", views.part, name="part"),
]
