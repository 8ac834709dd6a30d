"""The search index: an FTS5 table on SQLite, a table of tsvectors on PostgreSQL."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.web.publication import search_index


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    search_index.install(schema_editor)


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    search_index.remove_all(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
