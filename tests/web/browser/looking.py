"""What is wrong with a page as it stands in the browser: axe-core's findings, sideways scrolling."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from .conftest import DESKTOP, PHONE

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Conformance at level AA of WCAG 2.2.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What depends on where things stand, asked again at the width of a telephone.
OF_LAYOUT = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
NARROW = {"width": 360, "height": 800}

_RUN = """wanted => axe.run(document, {
  runOnly: wanted, resultTypes: ["violations"], selectors: false, iframes: false,
}).then(
  found => found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.html.slice(0, 200)} | ${node.failureSummary}`)))"""
_SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > wide + 1 && !e.closest(".gk-scroll, .gk-editor"))
    .slice(0, 3).map(e => `too wide: ${e.outerHTML.slice(0, 160)}`).concat("scrolls sideways");
}"""


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds in the page as it is now; by these rules only, where any are named."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(_RUN, rules or TAGS)
    return found


def sideways(page: Page) -> list[str]:
    """What makes the page scroll sideways; nothing where it does not."""
    found: list[str] = page.evaluate(_SIDEWAYS)
    return found


def faults(page: Page, name: str) -> list[str]:
    """Everything wrong with the page at a desk's and a telephone's width."""
    found = {f"{name} at 1280: {one}" for one in violations(page)}
    page.set_viewport_size(PHONE)
    found |= {f"{name} at 390: {one}" for one in [*violations(page, OF_LAYOUT), *sideways(page)]}
    page.set_viewport_size(NARROW)
    found |= {f"{name} at 360: {one}" for one in sideways(page)}
    page.set_viewport_size(DESKTOP)
    return sorted(found)
