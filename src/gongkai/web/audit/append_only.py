"""The database itself refuses to change or delete an audit entry, whoever asks.

``AuditEntry`` refuses in Python; these triggers refuse everything else that reaches the
table: a query set, a shell, another program.  Who may drop a trigger can still alter a row,
and is then found by ``chain.verify``.
"""

from __future__ import annotations

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "audit_auditentry"
_REFUSAL = "audit entries are append-only"

_INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER {TABLE}_no_{act} BEFORE {act} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
    ],
}
_REMOVE = {
    "sqlite": [f"DROP TRIGGER {TABLE}_no_{act}" for act in ("UPDATE", "DELETE")],
    "postgresql": [
        f"DROP TRIGGER {TABLE}_no_change ON {TABLE}",
        f"DROP FUNCTION {TABLE}_refuse()",
    ],
}
_FIND = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass"
    " AND NOT tgisinternal AND tgenabled = 'O'",
}


def installed() -> bool:
    """Whether the triggers stand, all of them."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [TABLE])
        found: int = cursor.fetchone()[0]
    return found == {"sqlite": 2, "postgresql": 1}[connection.vendor]


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers."""
    for statement in _INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers off: for the way back of the migration, and for emptying test tables."""
    for statement in _REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
