"""Addresses of undoing an import."""

from django.urls import path

from innpass.web.undoing import views

app_name = "undoing"
urlpatterns = [path("<uuid:pk>/angre/", views.undo, name="undo")]
