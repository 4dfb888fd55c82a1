"""Web API methods for modals and the App Home, and what the app's answer to a submission does."""

from collections.abc import Mapping
from typing import Any

from tests.servers.slack.arguments import Arguments
from tests.servers.slack.block_kit import view_is_too_large, view_problems, with_ids
from tests.servers.slack.elements import Json
from tests.servers.slack.records import Refused, View
from tests.servers.slack.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"
"""What a Slack client shows when the app's answer to a submission is missing or wrong."""


def publish(slack: Workspace, args: Arguments) -> Json:
    """views.publish: the App Home of one person."""
    person = args.required("user_id")
    definition = _definition(slack, args.structure("view", "invalid_arguments"), "home")
    if person not in slack.people:
        raise Refused("user_not_found")
    home = slack.homes.get(person)
    if home is None:
        return {"ok": True, "view": slack.show_view(person, definition).as_json()}
    _no_conflict(home, args)
    slack.change_view(home, definition)
    return {"ok": True, "view": home.as_json()}


def open_modal(slack: Workspace, args: Arguments) -> Json:
    """views.open: a modal for the person whose act gave the trigger id."""
    definition = _definition(slack, args.structure("view", "invalid_arguments"), "modal")
    external = definition.get("external_id")
    if external and _by_external_id(slack, external):
        raise Refused("duplicate_external_id")
    view = slack.show_view(slack.triggers.redeem(args.required("trigger_id")), definition)
    return {"ok": True, "view": view.as_json()}


def update(slack: Workspace, args: Arguments) -> Json:
    """views.update: another content for an open modal."""
    external = args.optional("external_id")
    wanted = args.optional("view_id")
    views = [_by_external_id(slack, external)] if external else [v for v in slack.views if v.id == wanted]
    view = views[0] if views else None
    if view is None or not view.is_open:
        raise Refused("not_found")
    definition = _definition(slack, args.structure("view", "invalid_arguments"), view.type)
    _no_conflict(view, args)
    slack.change_view(view, definition)
    return {"ok": True, "view": view.as_json()}


def after_submission(slack: Workspace, view: View, response: Any) -> None:
    """Do with a submitted modal what the app answered: nothing or an empty answer closes it."""
    answer = response if isinstance(response, Mapping) else {}
    action = answer.get("response_action")
    try:
        _ACTIONS[action](slack, view, answer)
    except (KeyError, Refused):
        slack.complain(view, trouble=TROUBLE)


def _close(slack: Workspace, view: View, _answer: Mapping[str, Any]) -> None:
    slack.close_view(view)


def _clear(slack: Workspace, view: View, _answer: Mapping[str, Any]) -> None:
    for each in reversed(slack.modals(view.person)):
        slack.close_view(each)


def _errors(slack: Workspace, view: View, answer: Mapping[str, Any]) -> None:
    errors = dict(answer["errors"])
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not errors or not errors.keys() <= inputs:
        raise Refused("invalid_arguments")
    slack.complain(view, errors=errors)


def _replace(slack: Workspace, view: View, answer: Mapping[str, Any]) -> None:
    slack.change_view(view, _definition(slack, answer["view"], "modal"))


def _push(slack: Workspace, view: View, answer: Mapping[str, Any]) -> None:
    slack.show_view(view.person, _definition(slack, answer["view"], "modal"), on=view)


_ACTIONS = {None: _close, "clear": _clear, "errors": _errors, "update": _replace, "push": _push}


def _definition(slack: Workspace, view: Any, kind: str) -> Json:
    if view_is_too_large(view):
        raise Refused("view_too_large")
    if problems := view_problems(view, kind):
        raise Refused("invalid_arguments", problems)
    return {**view, "blocks": with_ids(view["blocks"], slack.block_ids())}


def _by_external_id(slack: Workspace, external: str) -> View | None:
    return next((v for v in slack.views if v.is_open and v.definition.get("external_id") == external), None)


def _no_conflict(view: View, args: Arguments) -> None:
    if args.optional("hash") not in (None, "", view.hash):
        raise Refused("hash_conflict")
