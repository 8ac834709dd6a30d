"""The words of our own pages, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_WORDS: dict[str, tuple[str, str]] = {
    "skip": ("跳到正文", "Skip to the report"),
    "agency": ("机关", "Agency"),
    "year": ("年度", "Year"),
    "period": ("报告期", "Period"),
    "until": ("至", "to"),
    "form": ("格式", "Form"),
    "edition": ("{edition} 年版格式", "the form of {edition}"),
    "mixed": ("，用了另一版的行", ", with rows of another edition"),
    "free_form": ("自由格式，没有官方表格", "free form, no official tables"),
    "not_told": ("文中没有写明", "not told in the text"),
    "review": ("核对", "Review"),
    "review_of": ("核对：{title}", "Review: {title}"),
    "file": ("文件", "File"),
    "kind": ("文件格式", "Kind of file"),
    "sha256": ("SHA-256", "SHA-256"),
    "cells": ("读出的数字", "Cells read"),
    "cells_read": ("{read} 格，未读 {unread} 格", "{read}, not read {unread}"),
    "error": ("差错", "Error"),
    "warning": ("提示", "Warning"),
    "note": ("说明", "Note"),
    "clean": ("没有差错，也没有提示。", "No error and no warning."),
    "list": ("全部问题", "All findings"),
    "number": ("序号", "No."),
    "severity": ("级别", "Severity"),
    "what": ("问题", "Finding"),
    "where": ("位置", "Place"),
    "findings_of": ("{section}：问题 {count} 项", "{section}: findings, {count}"),
    "whole": ("整份报告", "The whole report"),
    "finding_no": ("号问题", "(finding)"),
    "cells_meant": ("涉及的格", "Cells meant"),
    "more_cells": ("其余 {count} 格", "{count} more cells"),
    "basis": ("依据：{basis}", "Basis: {basis}"),
    "blank": ("空白", "blank"),
    "stood": ("原件：{place}", "In the document: {place}"),
    "page_at": ("第 {n} 页", "page {n}"),
    "sheet_at": ("工作表“{n}”", "sheet “{n}”"),
    "table_at": ("第 {n} 个表", "table {n}"),
    "row_at": ("第 {n} 行", "row {n}"),
    "column_at": ("第 {n} 列", "column {n}"),
    "line_at": ("文本第 {n} 行", "line {n}"),
    "back": ("回到问题列表", "Back to the list"),
    "help": (
        "表中标了号的格有问题：点号看说明，点说明里的格名回到表中。"
        "空白写“空白”，没有读出的写“未读”，都不是 0。",
        "A numbered cell has a finding: its number leads to the words, the cell's name leads back. "
        "空白 is a blank, 未读 a cell that could not be read; neither is 0.",
    ),
}  # fmt: skip


@lru_cache(maxsize=2)
def words(language: str) -> Mapping[str, str]:
    """Every phrase by name, in Chinese unless ``language`` is ``"en"``."""
    return {name: pair[language == "en"] for name, pair in _WORDS.items()}
