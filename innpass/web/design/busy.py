"""A database that is busy: on SQLite one import at a time writes, and the others wait for it."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_SECONDS = "10"
_LOCKED = "database is locked"  # as SQLite says it, having waited as long as the settings allow


class BusyMiddleware:
    """Ask whoever waited in vain for the database to try again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 with a sentence where the database was locked; leave other faults alone."""
        if not (isinstance(exception, OperationalError) and _LOCKED in str(exception)):
            return None
        answer = render(request, "503.html", status=503)
        answer["Retry-After"] = _SECONDS
        return answer
