"""Addresses of the intake."""

from django.urls import path

from innpass.web.intake import group_views, session_views, views

app_name = "intake"
urlpatterns = [
    path("", views.board, name="board"),
    path("ny/", views.new_term, name="new_term"),
    path("sett/", session_views.seen, name="seen"),
    path("tolk/", session_views.interpreters, name="interpreters"),
    path("sporsmal/", session_views.questions, name="questions"),
    path("person/<uuid:pk>/", views.person, name="person"),
    path("samtale/<uuid:pk>/", session_views.session, name="session"),
    path("samtale/<uuid:pk>/endre/", session_views.edit_session, name="edit_session"),
    path("samtale/<uuid:pk>/liste/", session_views.name_list, name="list"),
    path("samtale/<uuid:pk>/brev/", session_views.letters, name="letters"),
    path("<uuid:pk>/", views.term, name="term"),
    path("<uuid:pk>/endre/", views.edit_term, name="edit_term"),
    path("<uuid:pk>/legg-til/", views.add, name="add"),
    path("<uuid:pk>/grupper/", group_views.groups, name="groups"),
    path("<uuid:pk>/klasser/", group_views.classes, name="classes"),
    path("<uuid:pk>/samtale/ny/", session_views.new_session, name="new_session"),
]
