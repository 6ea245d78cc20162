"""App configuration."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Enrolment, hours, leave and the statutory status of every week."""

    name = "innpass.casework.programme"
    label = "programme"
