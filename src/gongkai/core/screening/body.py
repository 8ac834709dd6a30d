"""The screening of an item's title and body before its secrecy review (art. 17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape

from .alternative_text import alternative_text
from .likeness import Published, likeness
from .links import Visit, addresses, broken_links
from .page_text import text_with_places
from .personal_data import personal_data
from .placed_text import PlacedText
from .private_life import private_life
from .spotted import Part, Sighting, Spotted, gathered
from .word_list import WordList
from .wording import wording


def screen(
    title: str,
    body_html: str,
    word_lists: Sequence[WordList],
    today: date,
    *,
    links: Mapping[str, Visit] | None = None,
    alike: Iterable[Published] = (),
) -> tuple[Spotted, ...]:
    """Everything that a reviewer should look at: in the title, in the body, of the whole.

    ``links`` are the answers of the addresses asked (:func:`links_of` names them);
    ``alike`` the published items worth comparing with.
    """
    heading = text_with_places(escape(title, quote=False))
    body = text_with_places(body_html)
    return (
        *gathered(heading, Part.TITLE, _in_words(heading, word_lists, today)),
        *gathered(
            body,
            Part.BODY,
            (
                *_in_words(body, word_lists, today),
                *broken_links(body, links or {}),
                *alternative_text(body),
            ),
        ),
        *likeness(body.text, alike),
    )


def links_of(body_html: str) -> tuple[str, ...]:
    """The addresses in a body that the platform should ask for, each once."""
    return addresses(text_with_places(body_html))


def _in_words(
    placed: PlacedText, word_lists: Sequence[WordList], today: date
) -> Iterator[Sighting]:
    yield from personal_data(placed, today)
    yield from private_life(placed, today)
    yield from wording(placed, word_lists)
