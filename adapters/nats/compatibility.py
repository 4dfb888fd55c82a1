"""Whether what was written by one version of the schemas can be read by another.

A later version may only add: messages, fields and kinds. buf checks the same, more strictly, in the tests.

Tests: tests/adapters/nats/test_schemas.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto
from google.protobuf.message import DecodeError

from adapters.nats.schema import FileSet

RULE = "add-only"
"""The name of this rule in the registry."""


def missing(before: bytes, after: bytes) -> tuple[str, ...]:
    """What of the schemas ``before`` is gone or different in ``after``; empty if nothing is."""
    try:
        old, new = _messages(before), _messages(after)
    except DecodeError:
        return ("the registered schemas can't be read",)
    return tuple(fault for name, message in old.items() for fault in _faults(name, message, new.get(name)))


def _messages(raw: bytes) -> dict[str, DescriptorProto]:
    files = FileSet.FromString(raw).file
    return {f"{file.package}.{one.name}": one for file in files for one in file.message_type}


def _faults(name: str, old: DescriptorProto, new: DescriptorProto | None) -> Iterator[str]:
    if new is None:
        yield f"{name} is gone"
        return
    fields = {field.number: field for field in new.field}
    for field in old.field:
        after = fields.get(field.number)
        if after is None:
            yield f"{name}.{field.name} is gone"
        elif _shape(after, new) != _shape(field, old):
            yield f"{name}.{field.name} is another field"


def _shape(field: FieldDescriptorProto, message: DescriptorProto) -> tuple[object, ...]:
    choice = message.oneof_decl[field.oneof_index].name if field.HasField("oneof_index") else ""
    return field.name, field.type, field.type_name, field.label, choice
