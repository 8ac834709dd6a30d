"""The forms of endings, and of what the requester handed in."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.web.form_fields import DateField

from ..models import DisclosureRequest, MessageKind, PaperKind
from .steps import PapersField, area, choose_from, enclosable, today_field, unkept

_CONTACT = ("phone", "mailbox", "address", "postcode")
_DAYS = {
    MessageKind.CORRECTION: "收到补正的日期",
    MessageKind.REASONS: "收到理由的日期",
    MessageKind.PAYMENT: "缴清的日期",
    MessageKind.WITHDRAWAL: "撤回的日期",
}


class ConcludeForm(forms.Form):
    """An ending that no letter of the law fits."""

    on = today_field("终止的日期")
    how_told = forms.CharField(
        label="怎样告知了申请人", max_length=300, widget=area(2), help_text="日期、方式、内容。"
    )


class PublicForm(forms.Form):
    """What of a reply becomes public for all (art. 44); never who asked."""

    title = forms.CharField(
        label="标题", max_length=300, help_text="写信息是什么，不写谁申请、哪一件申请。"
    )
    text = forms.CharField(
        label="正文", required=False, widget=area(8), help_text="一行一段；起草页上还可以改。"
    )
    papers = PapersField(label="作附件的材料", help_text="只能选提供给申请人的、不涉及身份的。")

    def __init__(self, case: DisclosureRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "papers", enclosable(case).filter(kind=PaperKind.INFORMATION))


class MessageForm(forms.Form):
    """Taking a message for what it is; or why it is only put to the file."""

    def __init__(
        self, kind: MessageKind, aside: bool, data: Any = None, *, description: str = ""
    ) -> None:
        super().__init__(data)
        if kind is MessageKind.CORRECTION:
            self.fields["corrected_description"] = forms.CharField(
                label="补正后的申请内容",
                required=False,
                initial=description,
                widget=area(5),
                help_text="照来件改成现在要的；答复书引用的是它，原来的留在卷里。",
            )
        if kind in _DAYS:
            self.fields["on"] = DateField(
                label=_DAYS[kind], required=False, help_text="不填，按提交的日期算。"
            )
        if kind is MessageKind.CONTACT:
            labels = ("联系电话", "电子邮箱", "通信地址", "邮政编码")
            for name, label in zip(_CONTACT, labels, strict=True):
                field = forms.EmailField if name == "mailbox" else forms.CharField
                self.fields[name] = field(
                    label=label, required=False, max_length=200, widget=unkept()
                )
        self.fields["reason"] = forms.CharField(
            label="不作处理的原因",
            required=aside,
            max_length=200,
            widget=area(2),
            help_text="只在存卷不处理时填，例如：没有要求过补正。",
        )

    def contact(self) -> dict[str, str] | None:
        """What of the contact is new; None where the message is of another kind."""
        given = {name: self.cleaned_data.get(name, "") for name in _CONTACT}
        return {name: text for name, text in given.items() if text} or None
