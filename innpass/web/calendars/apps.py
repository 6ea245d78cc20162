"""App configuration."""

from django.apps import AppConfig


class CalendarScreensConfig(AppConfig):
    """Weeks taken out of Innpass."""

    name = "innpass.web.calendars"
    label = "web_calendars"
