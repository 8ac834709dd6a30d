"""What an item must hold before it can be handed in."""

from __future__ import annotations

from .models import InformationItem, ItemKind


def what_is_missing(item: InformationItem) -> list[str]:
    """What is still missing, in words; empty when the item can be handed in."""
    version = item.version
    missing = []
    if not version.title.strip():
        missing.append("标题")
    if not version.body_html.strip() and not version.attachments.exists():
        missing.append("正文或者附件")
    if version.made_on is None:
        missing.append("成文日期（公开期限从这一天算）")
    if version.column == "statutory" and not version.statutory:
        missing.append("法定项目（第二十条、第二十一条哪一项）")
    if version.disclosure_class != "proactive":
        if not version.legal_basis:
            missing.append("不主动公开的依据")
        if not version.class_reason.strip():
            missing.append("不主动公开的理由")
    if item.kind == ItemKind.NORMATIVE_DOCUMENT and not version.document_number:
        missing.append("发文字号")
    if item.kind == ItemKind.INTERPRETATION and item.interprets is None:
        missing.append("解读的是哪份文件")
    missing += [
        f"图片“{attachment.name}”的文字说明"
        for attachment in version.attachments.filter(inline=True, alternative_text="")
    ]
    return missing
