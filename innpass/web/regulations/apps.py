"""App configuration."""

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    """The law as Innpass holds it: topics, texts, numbers, readings, and what if."""

    name = "innpass.web.regulations"
    label = "web_regulations"
