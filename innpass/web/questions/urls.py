"""Addresses of the questions."""

from django.urls import path

from innpass.web.questions import views

app_name = "questions"
urlpatterns = [path("", views.questions, name="questions")]
