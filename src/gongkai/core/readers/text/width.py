"""How wide characters print: two columns for a Chinese one, one for any other."""

from __future__ import annotations


def printed_width(line: str) -> int:
    """Columns that ``line`` takes."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in line)


def cut(line: str, edges: list[int]) -> list[str]:
    """``line`` cut at printed columns ``edges``; one more piece than there are edges."""
    pieces: list[list[str]] = [[]]
    at = 0
    for character in line:
        while len(pieces) <= len(edges) and at >= edges[len(pieces) - 1]:
            pieces.append([])
        pieces[-1].append(character)
        at += 2 if ord(character) > 0x2E7F else 1
    pieces += [[] for _ in range(len(edges) + 1 - len(pieces))]
    return ["".join(piece) for piece in pieces]
