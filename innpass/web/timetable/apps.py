"""App configuration."""

from django.apps import AppConfig


class TimetableConfig(AppConfig):
    """Weeks as calendars: looked at, edited, proposed and put in force."""

    name = "innpass.web.timetable"
    label = "web_timetable"
