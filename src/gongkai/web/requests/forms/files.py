"""Files that come with a form: several at once, none of them too large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """None, one or several files; gives a list."""

    widget = _Files

    def __init__(self, *, most: int | None = None, **kwargs: Any) -> None:
        self.most = most or settings.ATTACHMENT_MAX_BYTES
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by itself; what is too large is named with its size."""
        files: Sequence[UploadedFile[Any]] = [f for f in _listed(data) if f]
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        for file in files:
            size = file.size or 0
            if size > self.most:
                raise forms.ValidationError(
                    f"“{file.name}”有 {size / 2**20:.1f} MB，最多 {self.most // 2**20} MB。"
                    "文件没有收，其他内容还在。"
                )
        return [super(FilesField, self).clean(file, initial) for file in files]


def _listed(data: Any) -> list[Any]:
    return list(data) if isinstance(data, list | tuple) else [data]
