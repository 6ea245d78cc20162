"""Addresses of the questions."""

from django.urls import path

from innpass.web.questions import views

app_name = "questions"
urlpatterns = [
    path("", views.questions, name="questions"),
    path("svar/", views.answers, name="answers"),
    path("regler/<uuid:pk>/avslutt/", views.end, name="end_rule"),
    path("<uuid:pk>/", views.question, name="question"),
    path("<uuid:pk>/ta-tilbake/", views.take_back, name="take_back"),
    path("<uuid:pk>/regel/", views.rule, name="make_rule"),
]
