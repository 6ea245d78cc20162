"""Addresses of the columns."""

from django.urls import path

from innpass.web.mapping import views

app_name = "mapping"
urlpatterns = [path("<uuid:pk>/", views.columns, name="columns")]
