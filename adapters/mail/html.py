"""A mail as HTML: one column that a phone can show, no images, nothing fetched, no script.

Styles stand at their elements, as many programs drop style sheets. The sheet only turns colours around
where the reader prefers dark.

Tests: tests/adapters/mail/test_html.py.
"""

from __future__ import annotations

from html import escape

from adapters.mail.layout import Layout
from core.chat import Line, Span, Style
from core.text import well_formed

_TAGS = {Style.BOLD: "strong", Style.ITALIC: "em", Style.STRIKE: "s", Style.CODE: "code"}

_DARK = (
    ":root{color-scheme:light dark;supported-color-schemes:light dark}"
    "@media(prefers-color-scheme:dark){"
    "body,.oo-body{background:#15171b!important;color:#e8e8ea!important}"
    ".oo-small,.oo-small a{color:#a9adb5!important}"
    ".oo-rule{border-color:#3a3f47!important}"
    ".oo-first{background:#8fc1ff!important;border-color:#8fc1ff!important;color:#10233a!important}"
    ".oo-link{border-color:#6f7784!important;color:#e8e8ea!important}}"
)
_BODY = (
    "margin:0;padding:0;background:#ffffff;color:#1d2129;font-family:-apple-system,BlinkMacSystemFont,"
    "'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:17px;line-height:1.5;"
    "-webkit-text-size-adjust:100%"
)
_COLUMN = "max-width:560px;margin:0 auto;padding:24px 20px;overflow-wrap:anywhere"
_LINE = "margin:0 0 8px"
_SMALL = "margin:0 0 8px;font-size:14px;color:#5a6270"
_LINK = (
    "display:inline-block;box-sizing:border-box;min-height:44px;margin:0 8px 8px 0;padding:9px 18px;"
    "border:1px solid #8a93a3;border-radius:8px;color:#1d2129;text-decoration:none"
)
_FIRST = f"{_LINK};background:#0b57b0;border-color:#0b57b0;color:#ffffff;font-weight:600"
_SMALL_LINK = "display:inline-block;padding:10px 0;color:#5a6270"
_RULE = "margin:24px 0 12px;border:0;border-top:1px solid #d5d9e0"


def page(layout: Layout) -> str:
    """The whole document. Everything that is not oO's own is escaped."""
    language = f' lang="{_attribute(layout.language)}"' if layout.language else ""
    return (
        f"<!DOCTYPE html>\n<html{language}>\n<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_text(layout.title)}</title>\n<style>{_DARK}</style>\n</head>\n"
        f'<body class="oo-body" style="{_BODY}">\n<div style="{_COLUMN}">\n'
        f"{_lines(layout)}{_links(layout)}{_footer(layout)}</div>\n</body>\n</html>\n"
    )


def _lines(layout: Layout) -> str:
    return "".join(map(_line, layout.lines))


def _line(line: Line) -> str:
    style, css = (_SMALL, ' class="oo-small"') if line.small else (_LINE, "")
    return f'<p{css} style="{style}">{"".join(map(_span, line.spans)) or "&nbsp;"}</p>\n'


def _span(span: Span) -> str:
    tag = _TAGS.get(span.style)
    return f"<{tag}>{_text(span.text)}</{tag}>" if tag else _text(span.text)


def _links(layout: Layout) -> str:
    if not layout.links:
        return ""
    links = "\n".join(_link(number, *link) for number, link in enumerate(layout.links))
    return f'<p style="margin:20px 0 0">\n{links}\n</p>\n'


def _link(number: int, label: str, url: str) -> str:
    css, style = ("oo-first", _FIRST) if number == 0 else ("oo-link", _LINK)
    return f'<a class="{css}" style="{style}" href="{_attribute(url)}">{_text(label)}</a>'


def _footer(layout: Layout) -> str:
    if not layout.footer:
        return ""
    html = f'<hr class="oo-rule" style="{_RULE}">\n'
    html += f'<p class="oo-small" style="{_SMALL}">{_text(layout.footer)}</p>\n'
    links = " · ".join(
        f'<a style="{_SMALL_LINK}" href="{_attribute(url)}">{_text(label)}</a>'
        for label, url in layout.small_links
    )
    return html + f'<p class="oo-small" style="{_SMALL}">{links}</p>\n'


def _text(text: str) -> str:
    return escape(well_formed(text), quote=False)


def _attribute(text: str) -> str:
    return escape(well_formed(text), quote=True)
