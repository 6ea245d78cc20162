"""App configuration."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """The guide's own table of results, and the people behind it."""

    name = "innpass.web.results"
    label = "web_results"
