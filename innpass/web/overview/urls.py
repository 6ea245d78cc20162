"""Addresses of the overview."""

from django.urls import path

from innpass.web.overview import arranging, bulk, changes, editing, pasting, viewing, views

app_name = "overview"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("sok/", views.search, name="search"),
    path("eksport/", views.export, name="export"),
    path("rad/<uuid:pk>/", editing.cell, name="row"),
    path("rad/<uuid:pk>/<slug:column>/", editing.cell, name="cell"),
    path("navn/", editing.names, name="names"),
    path("celler/", editing.save_cells, name="save_cells"),
    path("lim-inn/", pasting.paste, name="paste"),
    path("endre-flere/", bulk.bulk, name="bulk"),
    path("ta-i-bruk/", bulk.apply, name="apply"),
    path("angre/", editing.undo, name="undo"),
    path("endret/", changes.changes, name="changes"),
    path("kolonner/", arranging.columns, name="columns"),
    path("visninger/", viewing.views, name="views"),
    path("visninger/ny/", viewing.new_view, name="new_view"),
    path("visninger/start/", viewing.start, name="start"),
    path("visninger/<uuid:pk>/", viewing.view, name="view"),
    path("visninger/<uuid:pk>/slett/", viewing.delete, name="delete_view"),
    path("visninger/<uuid:pk>/oppdater/", viewing.update, name="update_view"),
]
