"""What is handed in on a case: words, papers, or both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from ...models import MessageKind

MOST_CHARACTERS = 5000
_LABELS = {
    MessageKind.CORRECTION: "补正的内容",
    MessageKind.REASONS: "理由",
    MessageKind.PAYMENT: "缴费的说明",
    MessageKind.SUPPLEMENT: "补充的内容",
    MessageKind.WITHDRAWAL: "撤回的原因",
}
# Papers alone do not say it.
_WORDS_NEEDED = frozenset({MessageKind.REASONS})


class Papers(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class HandInForm(forms.Form):
    """``papers``: how many were taken; ``refused`` says by field why one was not."""

    text = forms.CharField(
        label="内容", required=False, max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    papers = forms.FileField(
        label="材料", required=False, widget=Papers,
        help_text="可以一次选几个：pdf、jpg、png、doc、docx，一个不超过 10 MB。",
    )  # fmt: skip
    identity = forms.FileField(
        label="身份证明", required=False, help_text="要您补身份证明的，交在这里：jpg、png、pdf。"
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kind: MessageKind,
        papers: int = 0,
        refused: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data)
        self.kind, self.count, self.refused = kind, papers, refused or {}
        self.fields["text"].label = _LABELS[kind]
        self.fields["text"].error_messages["max_length"] = (
            "写了 %(show_value)d 个字，最多 %(limit_value)d 个。长的，写成文件附上。"
        )
        if kind is not MessageKind.CORRECTION:
            del self.fields["identity"]
        if kind is MessageKind.WITHDRAWAL:
            del self.fields["papers"]
        self.notes = {"text": "" if kind in _WORDS_NEEDED else "可不填"}
        if kind in (MessageKind.CORRECTION, MessageKind.SUPPLEMENT, MessageKind.PAYMENT):
            self.notes |= {"text": "内容、材料至少交一样", "papers": ""}

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).strip()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for field, why in self.refused.items():
            self.add_error(field, why)
        if self.errors or self.kind is MessageKind.WITHDRAWAL:
            return told
        if not told.get("text") and self.kind in _WORDS_NEEDED:
            self.add_error("text", "写明理由。")
        elif not told.get("text") and not self.count:
            self.add_error("text", "没有内容，也没有材料：至少交一样。")
        return told
