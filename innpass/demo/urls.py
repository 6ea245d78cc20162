"""The demo's front page, in place of ``innpass.web.home.urls``: sign in as any role by a click."""

from django.urls import path

from innpass.demo import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("bli/", views.sign_in_as, name="sign_in_as"),
]
