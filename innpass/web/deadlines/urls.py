"""Addresses of the deadlines."""

from django.urls import path

from innpass.web.deadlines import views

app_name = "deadlines"
urlpatterns = [path("", views.deadlines, name="deadlines")]
