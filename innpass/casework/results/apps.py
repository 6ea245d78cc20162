"""App configuration."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Figures with their definitions and the people behind them."""

    name = "innpass.casework.results"
    label = "results"
