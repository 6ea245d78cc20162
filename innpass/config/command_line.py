"""The console command ``innpass``: Django's own command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.db.migrations.executor import MigrationExecutor

from innpass.config.environment import UnsafeSettings

NOT_MIGRATED = "Databasen mangler tabeller. Kjør «innpass migrate» først."
NO_ANSWER = "Databasen svarer ikke. Se etter at INNPASS_DATABASE_URL stemmer, og at den er i gang."


def main() -> None:
    """Run a command; tell in sentences, without a traceback, what the operator can put right."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innpass.config.settings.prod")
    module = os.environ["DJANGO_SETTINGS_MODULE"]
    # A command of several words is written with hyphens: ``innpass load-reference``.
    words = [word.replace("-", "_") if not word.startswith("-") else word for word in sys.argv[1:2]]
    try:
        execute_from_command_line([*sys.argv[:1], *words, *sys.argv[2:]])
    except UnsafeSettings as error:
        print("Innpass kan ikke starte med disse innstillingene:", file=sys.stderr)
        for sentence in error.sentences:
            print(f"- {sentence}", file=sys.stderr)
        sys.exit(1)
    except ModuleNotFoundError as error:
        if not module.startswith(error.name or "-"):
            raise
        print(f"DJANGO_SETTINGS_MODULE peker på {module}, som ikke finnes.", file=sys.stderr)
        sys.exit(1)
    except ImproperlyConfigured as error:
        print(f"Innpass kan ikke starte: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read along has enough, as `head` does. Let nothing be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (DatabaseError, InterfaceError):
        if not (sentence := database_trouble()):
            raise
        print(sentence, file=sys.stderr)
        sys.exit(1)


def database_trouble() -> str:
    """Say why the database cannot be worked with; empty when nothing is wrong with it.

    Asked after a command failed: a fault of ours must not be taken for the operator's.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        connection.close()
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return NO_ANSWER
    return NOT_MIGRATED if behind else ""
