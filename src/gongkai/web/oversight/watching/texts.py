"""Words on the lists and personal data in what is already public, in texts and attachments.

What a reviewer answered before release (“not a person's number”, with a reason) stays answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gongkai.core.finding import Finding
from gongkai.core.rules import find
from gongkai.web.disclosure.models import Finding as Answered
from gongkai.web.publication.models import PublishedFile

from .items import of_item
from .looking import (
    FORBIDDEN_WORD,
    LISTED_WORDS,
    PERHAPS_PERSONAL,
    PERSONAL_NUMBERS,
    look_at_texts,
)
from .looking_at_files import look_at_files
from .models import FileLook, TextLook
from .opening import IN_FILES
from .terms import Found, Looked, Reach, Terms

_AT_ONCE = 500
# These answers let nothing stand as it is.
_TAKEN_OUT = ("", "return_to_author", "redact")


def watch_texts(reach: Reach, terms: Terms) -> Looked:
    """The text of everything public, and what its attachments show."""
    in_texts, in_files = _in_texts(reach, terms), _in_files(reach, terms)
    return Looked(in_texts.count + in_files.count, [*in_texts.found, *in_files.found])


def _in_texts(reach: Reach, terms: Terms) -> Looked:
    look_at_texts(reach, terms)
    looks = TextLook.objects.filter(reach.of_item("publication", "publication__agency"))
    spotted = list(
        looks.filter(found_count__gt=0).values_list(
            "publication", "publication__agency", "publication__title", "found"
        )
    )
    things = [
        (number, agency, title, "", thing)
        for number, agency, title, found in spotted
        for thing in found
    ]
    return Looked(looks.count(), list(_told(things, terms)))


def _in_files(reach: Reach, terms: Terms) -> Looked:
    look_at_files(reach, terms)
    looks = dict(FileLook.objects.exclude(found_count=0).values_list("digest", "found"))
    public = PublishedFile.objects.filter(reach.of_item("publication", "publication__agency"))
    things = []
    digests = list(looks)
    for start in range(0, len(digests), _AT_ONCE):
        some = public.filter(digest__in=digests[start : start + _AT_ONCE])
        for number, agency, title, name, digest in some.values_list(
            "publication", "publication__agency", "publication__title", "name", "digest"
        ):
            things += [(number, agency, title, f"附件“{name}”", thing) for thing in looks[digest]]
    return Looked(public.count(), list(_told(things, terms)))


_Thing = tuple[int, int, str, str, dict[str, Any]]


def _told(things: Iterable[_Thing], terms: Terms) -> Iterator[Found]:
    things = list(things)
    answered = _answered({number for number, *_ in things})
    for number, agency, title, where, thing in things:
        if (number, thing["fingerprint"]) in answered:
            continue
        told = _finding(title, f"{where}{thing['place']}", thing)
        yield of_item(
            told, number, agency, title, terms, thing["fingerprint"], seen=thing["fingerprint"]
        )


def _finding(title: str, place: str, thing: dict[str, Any]) -> Finding:
    rule, quote = thing["rule"], thing["quote"]
    if rule in PERSONAL_NUMBERS:
        kind = PERSONAL_NUMBERS[rule]
        return find("watch.personal_number", title=title, place=place, kind=kind, quote=quote)
    if rule in IN_FILES:
        kind, sure = IN_FILES[rule]
        name = "watch.personal_number" if sure else "watch.personal_perhaps"
        return find(name, title=title, place=place, kind=kind, quote=quote)
    if rule in PERHAPS_PERSONAL:
        kind = PERHAPS_PERSONAL[rule]
        return find("watch.personal_perhaps", title=title, place=place, kind=kind, quote=quote)
    if rule != FORBIDDEN_WORD and rule not in LISTED_WORDS:
        raise ValueError(f"{rule} is not looked for in what is public")
    return find(
        "watch.word_forbidden" if rule == FORBIDDEN_WORD else "watch.word_listed",
        title=title,
        place=place,
        quote=quote,
        reason=thing["reason"],
        replacement=thing["replacement"],
    )


def _answered(numbers: set[int]) -> set[tuple[int, str]]:
    """(item, fingerprint) of what a reviewer let stand with a reason."""
    every = sorted(numbers)
    found: set[tuple[int, str]] = set()
    for start in range(0, len(every), _AT_ONCE):
        some = Answered.objects.filter(version__item__in=every[start : start + _AT_ONCE])
        found.update(
            some.exclude(answer__in=_TAKEN_OUT).values_list("version__item", "fingerprint")
        )
    return found
