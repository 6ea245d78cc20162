"""App configuration."""

from django.apps import AppConfig


class TimetableConfig(AppConfig):
    """Weekly timetables: what they are made of, the weeks as planned, and who came."""

    name = "innpass.casework.timetable"
    label = "timetable"
