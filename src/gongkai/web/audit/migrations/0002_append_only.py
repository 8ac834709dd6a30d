"""Triggers that keep the trail append-only."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.web.audit import append_only


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    append_only.install(schema_editor)


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    append_only.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
