"""The console command ``innpass``: Django's own command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from innpass.config.environment import UnsafeSettings


def main() -> None:
    """Run a command; tell in sentences, without a traceback, why the settings do not allow it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innpass.config.settings.prod")
    module = os.environ["DJANGO_SETTINGS_MODULE"]
    try:
        execute_from_command_line(sys.argv)
    except UnsafeSettings as error:
        print("Innpass does not start with these settings:", file=sys.stderr)
        for sentence in error.sentences:
            print(f"- {sentence}", file=sys.stderr)
        sys.exit(1)
    except ModuleNotFoundError as error:
        if not module.startswith(error.name or "-"):
            raise
        print(f"DJANGO_SETTINGS_MODULE names {module}, which is not there.", file=sys.stderr)
        sys.exit(1)
    except ImproperlyConfigured as error:
        print(f"Innpass cannot start: {error}", file=sys.stderr)
        sys.exit(1)
