"""Addresses: the map of employers and each employer's page."""

from django.urls import path

from innpass.web.employers import changing, organising, views

app_name = "employers"
urlpatterns = [
    path("", views.the_map, name="map"),
    path("blir-ledige/", views.endings, name="endings"),
    path("spor-igjen/", views.ask_again, name="ask_again"),
    path("omrader/", organising.areas, name="areas"),
    path("flytt/", organising.move, name="move"),
    path("regler/", organising.rules, name="rules"),
    path("ny/", changing.new_employer, name="new"),
    path("<uuid:pk>/", views.employer, name="employer"),
    path("<uuid:pk>/endre/", changing.edit, name="edit"),
    path("<uuid:pk>/bekreft/", views.confirm, name="confirm"),
    path("<uuid:pk>/samme/", changing.join, name="join"),
    path("<uuid:pk>/skill/", views.part, name="part"),
    path("<uuid:pk>/var-kontakt/", changing.municipal_contact, name="municipal_contact"),
    path("<uuid:pk>/kontakt/ny/", changing.contact, name="new_contact"),
    path("<uuid:pk>/kontakt/<uuid:person>/", changing.contact, name="contact"),
    path("<uuid:pk>/plass/ny/", changing.place, name="new_place"),
    path("<uuid:pk>/plass/<uuid:place>/", changing.place, name="place"),
    path("<uuid:pk>/plass/<uuid:place>/avslutt/", changing.end_place, name="end_place"),
]
