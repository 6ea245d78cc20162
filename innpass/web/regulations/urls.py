"""Addresses of the law."""

from django.urls import path

from innpass.web.regulations import views

app_name = "regulations"
urlpatterns = [
    path("", views.register, name="register"),
    path("fortolkninger/", views.readings, name="readings"),
    path("fortolkninger/<str:name>/", views.reading, name="reading"),
    path("tema/<slug:name>/", views.topic, name="topic"),
]
