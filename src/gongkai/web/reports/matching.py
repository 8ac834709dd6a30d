"""Whose report a file is: by the name it tells, else by the name of the file, never silently.

An agency named in full, or by its short or former name, is certain.  Anything else that fits
one agency only is taken with a doubt; what fits several or none is left for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.core.checks.agencies import same
from gongkai.web.agencies.models import Agency

_EXTENSION = re.compile(r"\.\w{2,5}$")


@dataclass(frozen=True, slots=True)
class Match:
    """The agency, if any, and what is doubtful about it in a sentence ("" where nothing)."""

    agency: Agency | None
    doubt: str = ""


class Names:
    """The agencies within reach by all their names; asked once for a batch."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.agencies = list(agencies)
        self.by_name: dict[str, set[int]] = {}
        self.by_key = {agency.pk: agency for agency in self.agencies}
        for agency in self.agencies:
            former = [n for p in agency.past_names.all() for n in (p.name, p.short_name)]
            for name in (agency.name, agency.short_name, *former):
                self.by_name.setdefault(name, set()).add(agency.pk)

    def match(self, told: str, file_name: str) -> Match:
        """Whose report it is that tells ``told`` and lies in ``file_name``."""
        if told:
            exact = self.by_name.get(told, set())
            if len(exact) == 1:
                return Match(self.by_key[next(iter(exact))])
            alike = {pk for name, pks in self.by_name.items() if same(told, name) for pk in pks}
            found = exact or alike
            if len(found) == 1:
                agency = self.by_key[next(iter(found))]
                return Match(agency, f"文件写的是“{told}”，看来是{agency.name}，核对一下。")
            if found:
                names = "、".join(self.by_key[pk].short_name for pk in sorted(found)[:4])
                return Match(None, f"文件写的是“{told}”，可能是{names}，选一个。")
            return Match(None, f"文件写的是“{told}”，名册里没有这个机关，选一个。")
        bare = _EXTENSION.sub("", file_name)
        named = {pk for name, pks in self.by_name.items() if name and name in bare for pk in pks}
        if len(named) == 1:
            agency = self.by_key[next(iter(named))]
            return Match(agency, f"文件里没有写机关，按文件名看是{agency.name}，核对一下。")
        return Match(None, "文件里没有写是哪个机关，选一个。")
