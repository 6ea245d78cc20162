"""App configuration."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """What only a human can decide."""

    name = "innpass.web.questions"
    label = "web_questions"
