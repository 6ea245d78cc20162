"""App configuration."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """What the screens share: the look, the components, the icons."""

    name = "innpass.web.design"
    label = "web_design"
