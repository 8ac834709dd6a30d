"""The data folder: that it is there, whose it is, who else can read it, how much room is left."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from gongkai.web.vital_signs import LEAST_FREE_BYTES

from .condition import Condition, good, notice, wrong

_ENOUGH_BYTES = 5 * 2**30
# Only these may be read by others: they are public.
_PUBLIC = ("site", "site.made", "static")


def is_begun(data: Path) -> bool:
    """Whether a platform has been started here."""
    return (data / "secret.key").exists()


def conditions(data: Path) -> Iterator[Condition]:
    """The folder and what lies open in it."""
    if not data.is_dir():
        yield wrong(
            "folder", "数据文件夹", f"{data} 还没有", "运行 gongkai up 建好，或者用 --data 指定。"
        )
        return
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        yield wrong(
            "folder", "数据文件夹", f"{data}：当前用户不能读写",
            f"用运行平台的用户来查，或者 chown -R 用户 {data}",
        )  # fmt: skip
        return
    if not is_begun(data):
        yield wrong(
            "folder",
            "数据文件夹",
            f"{data} 里没有平台的数据",
            "运行 gongkai up，或者用 --data 指定。",
        )
        return
    yield good("folder", "数据文件夹", str(data))
    yield _space(data)
    yield from _keys(data)
    yield _rights(data)


def _space(data: Path) -> Condition:
    free = shutil.disk_usage(data).free
    text = f"剩 {free / 2**30:.1f} GB"
    if free < LEAST_FREE_BYTES:
        return wrong("space", "磁盘", text, "腾出空间；写不下时发布会失败，数据不会丢。")
    if free < _ENOUGH_BYTES:
        return notice("space", "磁盘", text, "不多了，早些扩容。")
    return good("space", "磁盘", text)


# Each key, what it does, and what to do once somebody else has read it.
_KEYS = {
    "secret.key": ("secret_key", "密钥", "如果已经有人读过，删去它再启动，所有人重新登录。"),
    "identity.keys": (
        "identity_keys", "身份信息密钥", "如果已经有人读过，在文件末尾加一行新密钥，旧的不要删。",
    ),
}  # fmt: skip


def _keys(data: Path) -> Iterator[Condition]:
    for name, (slug, label, then) in _KEYS.items():
        path = data / name
        if not path.exists():
            yield notice(slug, label, f"没有 {name}", "下次启动时生成；密钥从环境给的，不需要它。")
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            yield wrong(slug, label, f"{name} 别人也能读（{mode:o}）", f"chmod 600 {path}；{then}")
        else:
            yield good(slug, label, "只有运行平台的用户能读")


def _rights(data: Path) -> Condition:
    """Whether others can read what is not public: originals, drafts, the database."""
    if not _others_may(data, stat.S_IXOTH):
        return good("rights", "文件权限", "别的用户进不了数据文件夹")
    open_ones = [
        path.name
        for path in sorted(data.iterdir())
        if path.name not in _PUBLIC
        and _others_may(path, stat.S_IXOTH if path.is_dir() else stat.S_IROTH)
    ]
    if open_ones:
        names = "、".join(open_ones[:5])
        return wrong(
            "rights", "文件权限", f"这台机器上别的用户也能读：{names}",
            f"chmod -R o-rwx {' '.join(str(data / name) for name in open_ones[:5])}",
        )  # fmt: skip
    return good("rights", "文件权限", "别的用户只能读已公开的网页")


def _others_may(path: Path, bit: int) -> bool:
    return bool(path.stat().st_mode & bit)
