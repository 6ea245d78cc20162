"""App configuration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo municipality: invented people, sign-in by a click; not installed in production."""

    name = "innpass.demo"
    label = "demo"
