"""Addresses of calendars. That of a subscription is secret: no log may hold it (config.hushing)."""

from django.urls import path, register_converter

from innpass.casework.timetable.tongues import TONGUES
from innpass.web.calendars import printing, views


class Language:
    """A language that a week is printed in."""

    regex = "|".join(TONGUES)

    def to_python(self, value: str) -> str:
        """Return the code as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the code as it is."""
        return value


class Whose:
    """Whose weeks: a person's, a group's, a workplace's."""

    regex = "deltaker|gruppe|arbeidssted"

    def to_python(self, value: str) -> str:
        """Return the word as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the word as it is."""
        return value


register_converter(Language, "tongue")
register_converter(Whose, "whose")

app_name = "calendars"
urlpatterns = [
    path("abonnement/<slug:secret>.ics", views.subscription, name="subscription"),
    path("<whose:whose>/<uuid:pk>/", views.calendar, name="calendar"),
    path("<whose:whose>/<uuid:pk>/timeplan.ics", views.file, name="file"),
    path("<whose:whose>/<uuid:pk>/adresse/", views.make, name="make"),
    path("<whose:whose>/<uuid:pk>/adresse/<uuid:address>/", views.revoke, name="revoke"),
    path("deltaker/<uuid:pk>/utskrift/<tongue:language>/", printing.paper, name="paper"),
    path("deltaker/<uuid:pk>/utskrift/<tongue:language>/pdf/", printing.pdf, name="pdf"),
]
