"""What is written from the configuration model: config.schema.json, config.yaml and the table of settings.

``python -m bot.config.documents`` (``make schema``) writes all three into the source tree.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic.fields import FieldInfo

from bot.config import Config
from bot.config.sections import Section

ROOT = Path(__file__).parents[2]
SCHEMA_FILE, CONFIG_FILE = "config.schema.json", "config.yaml"
SCHEMA_REFERENCE = f"# yaml-language-server: $schema={SCHEMA_FILE}"
"""An editor with a YAML language server finds the schema by this line."""

TABLE_HEAD = ("| Key | Default | Meaning |", "|---|---|---|")

MAX_LINE = 110
COMMENT_COLUMN = 34


def schema() -> str:
    """The JSON schema (draft 2020-12) of config.yaml; a section may be empty, as when it is read."""
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Config.model_json_schema()}
    for section in document["properties"].values():
        section["anyOf"] = [{"$ref": section.pop("$ref")}, {"type": "null"}]
    return json.dumps(_readable(document), indent=2, ensure_ascii=False) + "\n"


def config_yaml() -> str:
    """config.yaml with every key at its default and its meaning beside it."""
    lines = [SCHEMA_REFERENCE, *_comment(_text(Config.__doc__), indent="")]
    for name, section in _sections():
        lines += ["", *_comment(_text(section.__doc__), indent=""), f"{name}:"]
        for key, field in section.model_fields.items():
            lines += _yaml_entry(key, field)
    return "\n".join(lines) + "\n"


def table() -> str:
    """A Markdown table of all keys: dotted name, default, meaning."""
    rows = [
        f"| `{name}.{key}` | {_in_words(field.default)} | {_escaped(field.description or '')} |"
        for name, section in _sections()
        for key, field in section.model_fields.items()
    ]
    return "\n".join([*TABLE_HEAD, *rows]) + "\n"


def with_table(page: str) -> str:
    """``page`` with its table of settings as ``table`` writes it; unchanged without one."""
    begin, head, rest = page.partition("\n".join(TABLE_HEAD) + "\n")
    if not head:
        return page
    lines = rest.splitlines(keepends=True)
    after = next((number for number, line in enumerate(lines) if not line.startswith("|")), len(lines))
    return begin + table() + "".join(lines[after:])


def pages(root: Path) -> Iterator[Path]:
    """The Markdown pages that may hold the table."""
    yield from sorted([*root.glob("*.md"), *root.glob("docs/**/*.md")])


def write(root: Path) -> None:
    """Bring all three up to date in the source tree at ``root``."""
    (root / SCHEMA_FILE).write_text(schema(), encoding="utf-8")
    (root / CONFIG_FILE).write_text(config_yaml(), encoding="utf-8")
    for page in pages(root):
        text = page.read_text(encoding="utf-8")
        if with_table(text) != text:
            page.write_text(with_table(text), encoding="utf-8")


def _sections() -> Iterator[tuple[str, type[Section]]]:
    for name, field in Config.model_fields.items():
        yield name, type(field.default)


def _yaml_entry(key: str, field: FieldInfo) -> list[str]:
    """``  key: default   # meaning``, or the meaning above where the line would be too long."""
    default, meaning = field.default, field.description or ""
    if isinstance(default, Mapping):
        return [f"  {key}:".ljust(COMMENT_COLUMN) + f"# {meaning}", *_nested(default)]
    entry = f"  {key}: {_flow(default)}"
    line = f"{entry.ljust(COMMENT_COLUMN - 1)} # {meaning}"
    return [line] if len(line) <= MAX_LINE else [*_comment(meaning, indent="  "), entry]


def _nested(values: Mapping[str, object]) -> list[str]:
    return [f"    {key}: {_flow(value)}" for key, value in values.items()]


def _flow(value: object) -> str:
    """A value as YAML in one line."""
    content = list(value) if isinstance(value, tuple) else _whole(value)
    return yaml.safe_dump(content, default_flow_style=True, width=MAX_LINE).removesuffix("...\n").strip()


def _comment(text: str, *, indent: str) -> list[str]:
    prefix = f"{indent}# "
    return textwrap.wrap(text, MAX_LINE, initial_indent=prefix, subsequent_indent=prefix)


def _in_words(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {model}" for key, model in value.items())
    return ", ".join(value) if isinstance(value, tuple) else str(_whole(value))


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _text(docstring: str | None) -> str:
    return " ".join((docstring or "").split())


def _whole(value: object) -> object:
    """30.0 is written as 30."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _readable(node: Any) -> Any:
    """Without pydantic's titles, descriptions in one line, whole numbers as such."""
    if isinstance(node, dict):
        untitled = {key: value for key, value in node.items() if key != "title" or not isinstance(value, str)}
        return {
            key: _text(value) if key == "description" and isinstance(value, str) else _readable(value)
            for key, value in untitled.items()
        }
    return [_readable(value) for value in node] if isinstance(node, list) else _whole(node)


if __name__ == "__main__":
    if not (ROOT / "pyproject.toml").is_file():
        raise SystemExit("This writes into the source tree of oO, and this is not one.")
    write(ROOT)
