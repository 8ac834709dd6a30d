"""The word lists a text is checked with: the one that comes along, and the region's own."""

from __future__ import annotations

from gongkai.core.screening import Word, WordKind, WordList, default_list

from .models import WordListEntry


def word_lists() -> tuple[WordList, ...]:
    """Both lists; the region's entry for a word stands before ours."""
    own = tuple(
        Word(e.word, WordKind(e.kind), e.replacement, e.reason, tuple(e.unless))
        for e in WordListEntry.objects.all()
    )
    named = {word.word for word in own}
    ours = default_list()
    rest = tuple(word for word in ours.words if word.word not in named)
    return (WordList("本地词表", "", own), WordList(ours.name, ours.source, rest))
