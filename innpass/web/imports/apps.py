"""App configuration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Handing in workbooks: progress, preview, apply."""

    name = "innpass.web.imports"
    label = "web_imports"
