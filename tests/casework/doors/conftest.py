from tests.web.conftest import populated_town, town

__all__ = ["populated_town", "town"]
