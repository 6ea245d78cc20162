"""Addresses of the crosswalk."""

from django.urls import path

from innpass.web.crosswalk import views

app_name = "crosswalk"
urlpatterns = [path("", views.crosswalk, name="crosswalk")]
