"""The trail is whole whoever writes at once, and nobody changes a line of it."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.web.audit import append_only
from gongkai.web.audit.chain import verify_all
from gongkai.web.audit.models import AuditEntry, Unalterable
from gongkai.web.audit.record import SYSTEM, Subject, Who, record


def write(act: str = "item.draft", number: str = "1", **facts: object) -> AuditEntry:
    with transaction.atomic():
        return record(act, Subject("item", number, "某条信息"), SYSTEM, after=facts)


@pytest.mark.django_db
def test_an_entry_needs_the_transaction_of_its_act(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record("item.draft", Subject("item", "1", "某条信息"), SYSTEM)


@pytest.mark.django_db
def test_only_what_differs_is_kept() -> None:
    entry = record(
        "item.edit",
        Subject("item", "1", "某条信息"),
        SYSTEM,
        before={"title": "旧", "theme": "教育", "made_on": date(2026, 1, 2)},
        after={"title": "新", "theme": "教育", "made_on": date(2026, 1, 3)},
    )
    entry.refresh_from_db()
    assert entry.before == {"title": "旧", "made_on": "2026-01-02"}
    assert entry.after == {"title": "新", "made_on": "2026-01-03"}


@pytest.mark.django_db
def test_what_the_database_gives_back_is_what_was_sealed() -> None:
    who = Who("limin", "李敏", "author", "QH0401", "听泉街道", "::FFFF:10.1.2.3")
    facts = {"数": 1, 2: ("a", "b"), "小数": 0.1, "日": date(2026, 1, 2), "无": None}
    record("item.edit", Subject("item", "1", "一" * 400), who, reason="因“故”\n改", after=facts)
    record("item.edit", Subject("item", "1", "二"), Who(address="2001:DB8::1"))
    record("item.edit", Subject("item", "1", "三"), Who(address=""))
    addresses = list(AuditEntry.objects.order_by("number").values_list("address", flat=True))
    assert addresses == ["10.1.2.3", "2001:db8::1", None]
    found = verify_all()
    assert (found.number, found.broken) == (3, None)


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_keep_the_chain_whole() -> None:
    failed: list[BaseException] = []
    together = threading.Barrier(4)

    def work(name: str) -> None:
        try:
            together.wait(timeout=20)
            for turn in range(15):
                write(number=f"{name}-{turn}", turn=turn)
        except (DatabaseError, threading.BrokenBarrierError) as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert failed == []
    found = verify_all()
    assert (found.number, found.broken) == (60, None)
    assert AuditEntry.objects.values("subject").distinct().count() == 60


@pytest.mark.django_db
def test_the_model_refuses_change_and_deletion() -> None:
    entry = write()
    entry.reason = "改"
    with pytest.raises(Unalterable):
        entry.save()
    with pytest.raises(Unalterable):
        entry.delete()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET reason = 'x' WHERE number = 1",
        "DELETE FROM audit_auditentry WHERE number = 1",
        "DELETE FROM audit_auditentry",
    ],
)
def test_the_database_refuses_change_and_deletion(statement: str) -> None:
    write()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().update(reason="x")
    assert AuditEntry.objects.get().reason == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_auditentry SET reason = 'x' WHERE number = 2", (2, "内容被改动过")),
        ("DELETE FROM audit_auditentry WHERE number = 2", (2, "缺少这一条")),
        ("DELETE FROM audit_auditentry WHERE number = 1", (1, "缺少这一条")),
        ("UPDATE audit_auditentry SET previous = '0' WHERE number = 3", (3, "与上一条接不上")),
    ],
)
def test_without_the_trigger_a_change_is_found(statement: str, broken: tuple[int, str]) -> None:
    for number in range(4):
        write(number=str(number))
    assert append_only.installed()
    with connection.schema_editor() as editor:
        append_only.remove(editor)
    assert not append_only.installed()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    with connection.schema_editor() as editor:
        append_only.install(editor)
    found = verify_all().broken
    assert found is not None
    assert (found.number, found.what) == broken
