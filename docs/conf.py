"""How ``make docs`` builds the site: every page of ``docs/`` and every page in the root, as they stand.

The root of the repository is Sphinx's source folder, so a link works on the site as it does beside the code.
README is the start page. What else the site needs is added here: the navigation, diagrams as pictures, and
``index.html``. Nothing is loaded from another host.
"""

from __future__ import annotations

import re
import shutil
import sys
from enum import EnumType
from pathlib import Path
from typing import Any

import mermaidx
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

DOCS = Path(__file__).parent
ROOT = DOCS.parent
sys.path.insert(0, str(ROOT))

log = logging.getLogger(__name__)

project = "oO"
root_doc = "README"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = [
    "docs/navigation.md",
    *(path.name for path in ROOT.iterdir() if path.is_dir() and path != DOCS),
]
NAVIGATION = {
    "README": (DOCS / "navigation.md").read_text(encoding="utf-8"),
    "docs/decisions/README": "```{toctree}\n:hidden:\n:glob:\n\n0*\n```\n",
}
"""What is added to a page: on the site only, so that the page reads well beside the code."""

# --- Checks: `make docs` makes an error of every warning ---------------------------------------------------

nitpicky = True
nitpick_ignore_regex = [("py:.*", r"(?!core\.).*")]  # what others document: Python's own names, numpy's
myst_heading_anchors = 4
OTHER_HOST = re.compile(
    r'<(?:script|img|iframe|link)[^>]*(?:src|href)="(?:https?:)?//|(?:url\(|@import ).?https?://'
)

# --- Python ------------------------------------------------------------------------------------------------

add_module_names = False
autodoc_member_order = "bysource"
autodoc_type_aliases = {name: name for name in ("Accept", "Indices", "Matrix", "Vector")}
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88

# --- Looks -------------------------------------------------------------------------------------------------

html_theme = "furo"
html_title = "oO"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False


class Diagrams(SphinxTransform):
    """Blocks of Mermaid become pictures while the site is built: readers need no script for them. A click
    enlarges one (``site.css``).
    """

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        blocks = [
            block
            for block in self.document.findall(nodes.literal_block)
            if block.get("language") == "mermaid"
        ]
        for number, block in enumerate(blocks, 1):
            block.replace_self(nodes.raw("", _picture(block.astext(), number), format="html"))


def _picture(diagram: str, number: int) -> str:
    """The ``number``-th picture of a page, under an id of its own: Mermaid calls each one ``my-svg``. Its
    natural width goes into a property that ``site.css`` reads.
    """
    svg = mermaidx.render(diagram).svg().replace("my-svg", f"diagram-{number}")
    svg = svg.replace("max-width:", "--natural-width:", 1)
    return f'<div class="diagram" tabindex="0">{svg}</div>'


def hide_signature(app: Sphinx, what: str, name: str, shown: object, *_: object) -> tuple[str, str] | None:
    """Nobody calls a protocol or an enumeration: Python's own signature of one says nothing."""
    nothing = isinstance(shown, EnumType) or getattr(shown, "_is_protocol", False)
    return ("", "") if what == "class" and nothing else None


def add_navigation(app: Sphinx, docname: str, source: list[str]) -> None:
    """The page's part of the navigation; and a figure stays on one line with its interval."""
    source[0] = source[0].replace(" ± ", "\u00a0±\u00a0") + "\n" + NAVIGATION.get(docname, "")


def finish(app: Sphinx, fault: Exception | None) -> None:
    """Give the start page the name that people and web servers look for; see that the site works offline."""
    if fault is None and app.builder.format == "html":
        shutil.copyfile(app.outdir / "README.html", app.outdir / "index.html")
        written = [path for end in ("html", "css", "svg") for path in app.outdir.rglob(f"*.{end}")]
        for path in written:
            for found in OTHER_HOST.finditer(path.read_text(encoding="utf-8")):
                log.warning("%s loads something from another host: %s", path, found[0])


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_transform(Diagrams)
    app.connect("source-read", add_navigation)
    app.connect("autodoc-process-signature", hide_signature)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
