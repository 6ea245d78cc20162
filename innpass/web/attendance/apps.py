"""App configuration."""

from django.apps import AppConfig


class AttendanceScreensConfig(AppConfig):
    """Who came."""

    name = "innpass.web.attendance"
    label = "web_attendance"
