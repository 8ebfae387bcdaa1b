"""On PostgreSQL, an index by which words that look alike are found. Without the extension the search still works."""

import logging

from django.db import DatabaseError, migrations, transaction

logger = logging.getLogger("academy.knowledge")
INDEX = "knowledge_searchword_likeness"


def add_likeness(apps, schema_editor):
    """``pg_trgm`` is trusted since PostgreSQL 13: whoever may create in the database may add it. Others are told how."""
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(
                f"CREATE INDEX IF NOT EXISTS {INDEX} ON knowledge_searchword USING gin (stem gin_trgm_ops)"
            )
    except DatabaseError as refused:
        logger.warning(
            "The extension pg_trgm is not there (%s). Typing errors are corrected more slowly until the owner of the "
            "database runs: CREATE EXTENSION pg_trgm",
            type(refused).__name__,
        )


def take_likeness_away(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):

    dependencies = [("knowledge", "0002_glossary_groups_search")]

    operations = [migrations.RunPython(add_likeness, take_likeness_away)]
