"""Addresses of the front page. The demo has its own in their place (``innpass.demo.urls``)."""

from django.urls import path

from innpass.web.home import views

app_name = "home"
urlpatterns = [path("", views.front, name="front")]
