"""The database: that it opens, is of this release, keeps what it says; the audit chain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from gongkai.web.audit.chain import verify_all
from gongkai.web.audit.models import AuditEntry

from .condition import Condition, good, wrong

# Clocks of two machines may differ so much.
_TOLERANCE = timedelta(seconds=60)


def conditions() -> Iterator[Condition]:
    """Asked in order; what does not open is not asked further."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        yield wrong(
            "database", "数据库", f"打不开：{error}",
            "核对 GONGKAI_DATABASE_URL 和数据库服务；SQLite 的，看文件权限和磁盘。",
        )  # fmt: skip
        return
    executor = MigrationExecutor(connection)
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        yield wrong(
            "database", "数据库", f"不是这一版的，还差 {steps} 步", "运行 gongkai up，它会更新。"
        )
        return
    yield _kept_safely()
    yield _audit_chain()
    yield _time_order()


def _kept_safely() -> Condition:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SHOW server_version")
            return good("database", "数据库", f"PostgreSQL {cursor.fetchone()[0]}")
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
        cursor.execute("PRAGMA quick_check")
        check = cursor.fetchone()[0]
    if check != "ok":
        return wrong(
            "database", "数据库", f"文件已损坏：{check}", "停止平台，按 docs/howto/backup.md 恢复。"
        )
    if mode != "wal":
        return wrong(
            "database", "数据库", f"日志方式是 {mode}，不是 WAL：有人写的时候别人读不了",
            "数据文件夹要在本机磁盘上，不能在网络盘（NFS、SMB）。",
        )  # fmt: skip
    return good("database", "数据库", "SQLite，WAL，文件完好")


def _audit_chain() -> Condition:
    found = verify_all()
    if found.broken is not None:
        return wrong(
            "audit", "操作记录", f"第 {found.broken.number} 条起不完整：{found.broken.what}",
            "记录被动过，或者数据库损坏。保留现场，告诉审计管理员，和备份比对。",
        )  # fmt: skip
    return good("audit", "操作记录", f"{found.number} 条，前后相接，没有改动")


def _time_order() -> Condition:
    last = AuditEntry.objects.order_by("-number").first()
    now = timezone.now()
    if last is not None and last.at > now + _TOLERANCE:
        return wrong(
            "time", "时间", f"最后一条操作记录是 {timezone.localtime(last.at):%Y-%m-%d %H:%M}，比现在还晚",
            "时钟走慢了，或者被调回过。校准时钟，打开自动对时。",
        )  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            there = cursor.fetchone()[0]
        if abs(there - now) > _TOLERANCE:
            return wrong(
                "time", "时间", f"数据库服务器的时间和本机差 {abs(there - now).seconds} 秒",
                "两台机器都打开自动对时。",
            )  # fmt: skip
    return good("time", "时间", "和已有的记录一致")
