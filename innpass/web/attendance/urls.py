"""Addresses of attendance."""

from datetime import date

from django.urls import path, register_converter

from innpass.web.attendance import views

_YEARS = range(2000, 2100)


class IsoDay:
    """A day as ``2026-06-30``, of the years in which anybody can have a timetable."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Read it; what is no day is no such address."""
        day = date.fromisoformat(value)
        if day.year not in _YEARS:
            raise ValueError
        return day

    def to_url(self, value: date) -> str:
        """Write it."""
        return value.isoformat()


class ClockTime:
    """A time of the day as ``0830``, in minutes after midnight."""

    regex = r"[01]\d[0-5]\d|2[0-3][0-5]\d"

    def to_python(self, value: str) -> int:
        """Read it."""
        return int(value[:2]) * 60 + int(value[2:])

    def to_url(self, value: int) -> str:
        """Write it."""
        return f"{value // 60:02d}{value % 60:02d}"


register_converter(IsoDay, "iso_day")
register_converter(ClockTime, "clock_time")

app_name = "attendance"
urlpatterns = [
    path("", views.day, name="day"),
    path("oppfolging/", views.follow_up, name="follow_up"),
    path("gruppe/<uuid:pk>/<iso_day:on>/<clock_time:start>/", views.group, name="group"),
    path("arbeidssted/<uuid:pk>/<iso_day:on>/", views.workplace, name="workplace"),
    path("deltaker/<uuid:pk>/", views.person, name="person"),
    path("deltaker/<uuid:pk>/fravaer/", views.suggest_absence, name="suggest_absence"),
]
