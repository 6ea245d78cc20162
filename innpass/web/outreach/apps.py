"""App configuration."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Campaigns, meetings and what was said with employers."""

    name = "innpass.web.outreach"
    label = "web_outreach"
