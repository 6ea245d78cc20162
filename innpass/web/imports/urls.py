"""Addresses of the import."""

from django.urls import path

from innpass.web.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.imports, name="imports"),
    path("ny/", views.upload, name="upload"),
    path("<uuid:pk>/", views.batch, name="batch"),
    path("<uuid:pk>/bruk/", views.apply, name="apply"),
    path("<uuid:pk>/eier/", views.owner, name="owner"),
    path("<uuid:pk>/angring/", views.undo_preview, name="undo_preview"),
    path("<uuid:pk>/forkast/", views.cancel, name="cancel"),
]
