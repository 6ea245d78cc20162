"""Addresses of the report for the state supervisor."""

from django.urls import path

from innpass.web.inspection import views

app_name = "inspection"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("<uuid:pk>/<slug:kind>/", views.download, name="download"),
]
