"""The evaluation as one HTML page without scripts or external resources; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from bot.evaluate import terminal_report as words
from bot.evaluate.plots import Bar, forest, over_time
from bot.evaluate.report import EvaluationReport, ServedGroup, ShadowComparison
from core.text import capitalized

_STYLE = """
:root { color-scheme: light dark; --text: #1b1f24; --page: #fff; --faint: #6b7480; --line: #d8dde3;
  --mark: #0b63c4; --band: #0b63c433; --other: #b3470a; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ed; --page: #14171a; --faint: #9aa4af;
  --line: #343b43; --mark: #6cb0ff; --band: #6cb0ff33; --other: #ffa066; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--text); background: var(--page); overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
h1, h2 { line-height: 1.25; }
.faint, figcaption, th { color: var(--faint); }
.refusal { border-left: .25rem solid var(--other); padding: .25rem .75rem; margin: 1rem 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; white-space: nowrap; overflow-wrap: normal; }
td.said { white-space: normal; min-width: 16rem; }
figure { margin: 1.25rem 0; } figcaption { font-size: .85rem; }
svg { display: block; width: 100%; max-width: 38rem; height: auto; }
svg text { font: 11px system-ui, sans-serif; fill: var(--text); }
svg line { stroke: var(--mark); } svg .grid { stroke: var(--line); }
svg .sequence { stroke-width: 1.5; } svg .interval { stroke-width: 5; }
svg .reference { stroke: var(--other); stroke-width: 1.5; stroke-dasharray: 4 3; }
svg .value { fill: var(--mark); stroke: var(--page); stroke-width: 1.5; }
svg .clipped { fill: var(--page); stroke: var(--mark); stroke-width: 1.5; }
svg .band { fill: var(--band); }
"""
_CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(report: EvaluationReport) -> str:
    """The HTML document."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_CONTENT_SECURITY_POLICY}">',
            f"<title>oO: evaluation</title><style>{_STYLE}</style></head><body>",
            "<h1>What other policies would have earned</h1>",
            _paragraph(words.heading(report)),
            *(line for compared in report.compared for line in _compared(compared)),
            *_groups(report.groups),
            *_explained(report),
            "</body></html>\n",
        ]
    )


def _compared(compared: ShadowComparison) -> Iterator[str]:
    found, name = compared.evaluation, words.name_of(compared.policy_id)
    yield f"<section><h2>{escape(name)}</h2>"
    yield _paragraph(capitalized(words.weights(found.weights)) + ".", "faint")
    if found.served is None or found.guaranteed is None:
        yield _paragraph(words.too_few_decisions(found.weights.effective, compared.wait_days), "refusal")
    else:
        yield _paragraph(words.comparison_sentence(found), "verdict")
        bars = [Bar(name=one.name, figure=one.plain, clipped=one.clipped.value) for one in found.estimates]
        yield _figure(
            forest(f"Estimates for {name}", bars, found.served.value),
            "Mean reward of a decision. Thick: 95 % interval, for looking once; thin: for looking every day;"
            " hollow: with clipped weights; dashed: what was served.",
        )
        yield _figure(
            over_time(f"Guaranteed interval for {name} over time", found.looks, found.served.value),
            "Guaranteed at all times at once: the mean reward up to then is in the band; dashed: what was"
            " served.",
        )
        yield _table((words.ESTIMATES, *map(words.estimate_row, found.estimates)))
        yield _paragraph(
            f"Served: {words.number(found.served.value)}, {words.interval(found.served.interval)}."
            f" Guaranteed: {words.guaranteed(found.guaranteed, found.looks[-1].interval)}."
        )
    yield "</section>"


def _groups(groups: Sequence[ServedGroup]) -> Iterator[str]:
    if not groups:
        return
    yield "<section><h2>What was served</h2>"
    for of in dict.fromkeys(group.of for group in groups):
        bars = [
            Bar(name=words.name_of(group.name), figure=group.average.figure)
            for group in groups
            if group.of == of and group.average.figure is not None
        ]
        if len(bars) > 1:
            yield _figure(forest(f"Mean reward by {of}", bars), f"Mean reward by {of}.")
    yield _table((words.GROUPS, *map(words.group_row, groups)))
    yield "</section>"


def _explained(report: EvaluationReport) -> Iterator[str]:
    if report.decisions:
        yield "<section><h2>How to read this</h2><ul>"
        yield from (f"<li>{escape(line)}</li>" for line in words.EXPLANATIONS)
        yield "</ul></section>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    cells = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    return (
        f'<div class="wide"><table><thead><tr>{cells}</tr></thead>'
        f"<tbody>{''.join(_row(row, len(head)) for row in body)}</tbody></table></div>"
    )


def _row(row: Sequence[str], columns: int) -> str:
    """A table row; the last cell of a row shorter than the head spans the rest."""
    *cells, last = row
    rest = columns - len(cells)
    spanning = f' class="said" colspan="{rest}"' if rest > 1 else ""
    return (
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}<td{spanning}>{escape(last)}</td></tr>"
    )


def _figure(plot: str, caption: str) -> str:
    return f"<figure>{plot}<figcaption>{escape(caption)}</figcaption></figure>"


def _paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"
