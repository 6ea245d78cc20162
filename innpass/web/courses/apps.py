"""App configuration."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """The course models: phases, tracks and weeks."""

    name = "innpass.web.courses"
    label = "web_courses"
