"""Prose as one run of comparable characters that remembers where each stood."""

from __future__ import annotations

from collections.abc import Sequence

from ...forms import editions
from ...forms.label import normalise
from ...report import Where
from ..document import Paragraph
from .lines import Flow, TableMark


class Stream:
    """The prose as one run of comparable characters that remembers where each stood."""

    def __init__(self, flow: Sequence[Flow]) -> None:
        self.flow = flow
        self.parts: list[int] = []
        self.places: list[int] = []
        self.after_space: list[bool] = []
        self.taken: list[tuple[int, int, str]] = []
        letters: list[str] = []
        for at, part in enumerate(flow):
            if not isinstance(part, Paragraph):
                continue
            space = True
            for place, letter in enumerate(part.text):
                plain = normalise(letter) if ord(letter) > 0x7F else letter.strip()
                if not plain:
                    space = True
                    continue
                for one in plain:
                    letters.append(one)
                    self.parts.append(at)
                    self.places.append(place)
                    self.after_space.append(space)
                    space = False
        self.text = "".join(letters)

    def edition(self) -> str:
        """The edition whose marks stand in the prose next to the items of article 20."""
        counts = {
            name: sum(normalise(mark) in self.text for mark in form.marks)
            for name, form in editions().items()
        }
        best = max(counts, key=lambda name: counts[name])
        if counts[best]:
            return best
        if "第二十条第(" in self.text or "本年新收政府信息公开申请数量" in self.text:
            return "2021" if "不再处理其政府信息公开申请" in self.text else "2019"
        return ""

    def pieces(self, start: int, end: int) -> list[str]:
        """The characters of ``start:end``, apart where white space stood."""
        found: list[str] = []
        for at in range(start, end):
            if self.after_space[at] or not found:
                found.append("")
            found[-1] += self.text[at]
        return found

    def where(self, at: int) -> Where:
        part = self.flow[self.parts[at]]
        return part.where if isinstance(part, Paragraph) else Where()

    def without_tables(self) -> list[Flow]:
        """The flow with what was taken cut out, a mark in its place."""
        cuts: dict[int, list[tuple[int, int, str]]] = {}
        for start, end, table in self.taken:
            for part in range(self.parts[start], self.parts[end - 1] + 1):
                inside = [i for i in range(start, end) if self.parts[i] == part]
                if inside:
                    cuts.setdefault(part, []).append(
                        (self.places[inside[0]], self.places[inside[-1]] + 1, table)
                    )
        flow: list[Flow] = []
        for at, item in enumerate(self.flow):
            if at not in cuts or not isinstance(item, Paragraph):
                flow.append(item)
                continue
            last = 0
            for first, end, table in sorted(cuts[at]):
                if item.text[last:first].strip():
                    flow.append(Paragraph(item.text[last:first], item.where, item.heading))
                flow.append(TableMark(table))
                last = end
            if item.text[last:].strip():
                flow.append(Paragraph(item.text[last:], item.where, item.heading))
        return flow
