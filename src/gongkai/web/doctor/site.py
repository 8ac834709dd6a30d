"""The baked site: that its files are those which the database says, no more and no fewer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from gongkai.web import filestore
from gongkai.web.public import bake_sources
from gongkai.web.public.bake_progress import Progress, looks_now
from gongkai.web.public.bake_site import Site, page_of
from gongkai.web.publication.models import Change, PublishedFile

from .condition import Condition, good, notice, wrong

# A change is in the files after a few seconds.
_LONGEST_WAIT = timedelta(seconds=60)
_NAMED = 3


def conditions() -> Iterator[Condition]:
    """What waits, what is missing or too much, what the file store has lost."""
    yield _waiting()
    yield _files()
    yield _store()


def _waiting() -> Condition:
    oldest = Change.objects.order_by("made_at").first()
    if oldest is None:
        return good("outbox", "待写网页", "没有")
    waited = timezone.now() - oldest.made_at
    text = f"{Change.objects.count()} 项变化还没有写进网页，最早的等了 {int(waited.total_seconds())} 秒"
    if waited > _LONGEST_WAIT:
        return wrong("outbox", "待写网页", text, "看后台任务在不在运行，它的输出里有原因。")
    return good("outbox", "待写网页", text)


def _files() -> Condition:
    site = Site.current()
    if not Progress(site.folder, looks_now()).whole():
        return notice(
            "site", "静态网页", "还没有写全，或者换了版本、设置",
            "后台任务会写；也可以运行 gongkai bake。",
        )  # fmt: skip
    expected = set(bake_sources.paths())
    there = set(site.files())
    # Asked afterwards: what changed meanwhile is no fault.
    pending = Change.objects.exists()
    missing = sorted(expected - there)
    strays = sorted(name for name in there if page_of(name, expected) is None)
    if (missing or strays) and not pending:
        text = "".join(
            f"{label} {len(names)} 个（{'、'.join(names[:_NAMED])}）"
            for label, names in (("缺", missing), ("多", strays))
            if names
        )
        return wrong("site", "静态网页", f"和数据库不一致：{text}", "运行 gongkai bake。")
    return good("site", "静态网页", f"{len(expected)} 个，和数据库一致")


def _store() -> Condition:
    digests = PublishedFile.objects.values_list("digest", flat=True).distinct()
    lost = [digest for digest in digests.iterator() if not filestore.path_of(digest).exists()]
    if lost:
        return wrong(
            "store", "文件", f"公开的附件丢了 {len(lost)} 个（{lost[0][:12]}…）",
            "从备份恢复数据文件夹里的 files，见 docs/howto/backup.md。",
        )  # fmt: skip
    return good("store", "文件", "公开的附件都在")
