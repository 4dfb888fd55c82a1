"""The ``oo`` command.

Tests: tests/bot/test_command_line.py.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from bot import __version__
from bot.cli import loop
from bot.cli.logs import start_logging
from core.errors import BadInput, OoError, SettingsError, StoreUnavailable
from core.scheduling.timezones import use_packaged_rules

if TYPE_CHECKING:
    from bot.cli.vault import VaultCheck
    from bot.settings import Settings

app = typer.Typer(
    name="oo",
    help="oO sends one good tip at the right moment.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

UNUSED_PARTS = ("httpx._main", "httpcore._async.http2", "httpcore._sync.http2")
"""What is imported wherever it can be: httpx's command line, 5 MB and 0.25 s, and HTTP/2, 1.3 MB."""

CHAT_EXAMPLE = re.compile(r"(?<=[.?!]) [^.?!]*/[a-z].*")
"""Matches a sentence with a slash command, and everything after it."""

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
PersonName = Annotated[str, typer.Argument(metavar="PERSON", help="A person id, or CHANNEL:ID.")]


def main() -> None:
    """Run the command line. Exit codes: 2 for wrong use or settings, 1 for what another attempt may mend."""
    for unused in UNUSED_PARTS:
        sys.modules[unused] = None  # type: ignore[assignment]  # None makes the import fail
    use_packaged_rules()
    raise SystemExit(_exit_code())


def _exit_code() -> int:
    try:
        ended = app(standalone_mode=False)
    except SettingsError as fault:
        _print_error("Please check the settings:", *fault.faults)
        return 2
    except BadInput as fault:
        _print_error(*_explain(fault))
        return 2
    except StoreUnavailable as fault:
        from bot.screens import texts

        _print_error(texts.store_trouble(fault))
        return 1  # an outage: whoever starts oO again, such as systemd, need not wait for somebody
    except OoError as fault:
        _print_error(str(fault))
        return 1
    except typer.TyperException as fault:  # wrong usage
        _print_error(fault.format_message(), "See: oo --help")
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return 130
    return ended if isinstance(ended, int) else 0


def _explain(fault: BadInput) -> tuple[str, str, str]:
    """The fault in words, without hints for a chat. Only ``oo plan`` parses input like a chat does."""
    from bot.screens import texts

    hint = texts.HINTS[fault.hint]
    sentence = CHAT_EXAMPLE.sub("", hint)
    where = "See: oo plan --help" if sentence != hint else ""
    return sentence.format(**fault.values), fault.values.get("names", ""), where


def _print_error(*lines: str) -> None:
    typer.echo("\n".join(filter(None, lines)), err=True)


def _with_settings(run: Callable[[Settings], Awaitable[Any]], *, at_least: int = logging.NOTSET) -> Any:
    from bot.settings import from_system

    settings = from_system()
    start_logging(settings.config.log.level, at_least=at_least)
    return loop.run(_awaited(run, settings))


async def _awaited(run: Callable[[Settings], Awaitable[Any]], settings: Settings) -> Any:
    return await run(settings)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"oo {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """The options that come before the command. Each acts in its callback."""


@app.command()
def chat() -> None:
    """Chat in this terminal; plain lines when the input is not a terminal."""
    from bot.cli.chat import chat as run

    raise typer.Exit(_with_settings(run))


@app.command()
def run() -> None:
    """Serve all configured channels, with jobs and HTTP."""
    from bot.cli.serve import serve

    _with_settings(serve)


@app.command()
def mcp() -> None:
    """Serve the person of OO_TOKEN to another assistant on this machine (Model Context Protocol, stdio)."""
    from bot.cli.mcp_stdio import serve_stdio

    _with_settings(serve_stdio)


@app.command()
def plan(
    timezone: Annotated[str, typer.Option(help="A zone such as Europe/Berlin, or a city.")],
    times: Annotated[str, typer.Option(help="When oO may write: '9:00 13:00'.")] = "9:00 13:00 18:30",
    quiet: Annotated[str, typer.Option(help="Quiet hours: '22:00-07:00', or 'off'.")] = "22:00-07:00",
    start: Annotated[str, typer.Option("--from", help="First local date, YYYY-MM-DD; default: today.")] = "",
    days: Annotated[int, typer.Option(min=1, max=3660, help="How many days.")] = 7,
    as_json: Json = False,
) -> None:
    """Print the slots of the coming days and why each was moved."""
    from bot.cli.plan import print_plan
    from bot.settings import from_system

    print_plan(
        timezone=timezone,
        times=times,
        quiet=quiet,
        start=_date(start),
        days=days,
        guard=from_system().config.rules().availability.guard,
        as_json=as_json,
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date such as 2027-03-27", param_hint="--from") from None


@app.command()
def doctor(as_json: Json = False) -> None:
    """Check configuration, database, endpoints and the language model."""
    from bot.cli.doctor import examine, format_findings

    findings = _with_settings(examine)
    typer.echo(
        json.dumps([finding.as_dict() for finding in findings]) if as_json else format_findings(findings)
    )
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@app.command()
def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Only say what is missing; 1 if anything is.")
    ] = False,
) -> None:
    """Create the database, or bring it up to date."""
    from bot.cli.operator import check_migrations, format_migrations
    from bot.cli.operator import migrate as run

    if check:
        tables = _with_settings(check_migrations)
        typer.echo(format_migrations(tables))
        raise typer.Exit(1 if tables.missing else 0)
    _with_settings(run)
    typer.echo("The database is up to date.")


@app.command()
def replay(
    decision: Annotated[str, typer.Argument(help="A decision id.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Every decision in the log.")] = False,
    as_json: Json = False,
) -> None:
    """Make a logged decision again and compare every figure, bit for bit."""
    from bot.cli import operator

    if everything is bool(decision):
        raise typer.BadParameter("name one decision, or use --all")
    if everything:
        everyone = _with_settings(operator.replay_all)
        typer.echo(json.dumps(everyone.as_dict()) if as_json else operator.format_replay_summary(everyone))
        raise typer.Exit(1 if everyone.different else 0)
    report = _with_settings(lambda settings: operator.replay(settings, decision))
    typer.echo(json.dumps(report.as_dict()) if as_json else operator.format_replay(report))
    raise typer.Exit(0 if report.same else 1)


@app.command()
def simulate(
    people: Annotated[int, typer.Option(min=1, max=10_000, help="How many synthetic people.")] = 100,
    days: Annotated[int, typer.Option(min=1, max=3660, help="For how many days.")] = 60,
    seed: Annotated[
        int, typer.Option(help="The same seed, the same people, and without --judge the same log.")
    ] = 0,
    policy: Annotated[
        str, typer.Option(help="Who serves, instead of the configured policy: thompson, softmax, …")
    ] = "",
    keep: Annotated[Path | None, typer.Option(help="Keep the database in this new file.")] = None,
    judge: Annotated[
        bool,
        typer.Option(
            "--judge",
            help="The language model (alias judge) plays the people: no two runs alike, and no oracle.",
        ),
    ] = False,
    cloud: Annotated[
        bool, typer.Option("--cloud", help="With --judge: a model of Anthropic's (ANTHROPIC_API_KEY).")
    ] = False,
    calls: Annotated[
        int | None,
        typer.Option(
            min=1, help="With --judge: ask it so often at most (10000); then people stand in for it."
        ),
    ] = None,
    prompts: Annotated[
        str,
        typer.Option(
            help="The language model writes tips by these prompts (tip-v1,tip-v2), drawn for each decision."
            " oo evaluate compares them in the database that --keep keeps."
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Live with synthetic people on a virtual clock; say how well oO did."""
    from bot.simulate.command import JudgeOptions
    from bot.simulate.command import simulate as run
    from bot.simulate.run import SimulationSpec
    from bot.simulate.terminal_report import print_report
    from core.policies.catalog import configured_policy

    if keep and keep.exists():
        raise typer.BadParameter(f"{keep} is there already", param_hint="--keep")
    if keep and not keep.absolute().parent.is_dir():
        raise typer.BadParameter(f"{keep.parent} is no folder", param_hint="--keep")
    versions = _prompt_versions(prompts, keep)
    if cloud and not judge:
        raise typer.BadParameter("only a judge can be in a cloud: add --judge", param_hint="--cloud")
    if calls and not judge:
        raise typer.BadParameter("only a judge is asked: add --judge", param_hint="--calls")
    try:
        policy_id = configured_policy(policy).policy_id if policy else None
    except ValueError as fault:
        raise typer.BadParameter(str(fault), param_hint="--policy") from fault
    spec = SimulationSpec(people=people, days=days, seed=seed, policy_id=policy_id, prompts=versions)
    options = JudgeOptions(cloud=cloud, max_calls=calls or 10_000) if judge else None
    report = _with_settings(
        lambda settings: run(settings, spec, keep=keep, judge=options),
        at_least=logging.WARNING,  # other lines carry the real time and break the progress bar
    )
    if as_json:
        typer.echo(report.as_json())
    else:
        print_report(report)


def _prompt_versions(typed: str, keep: Path | None) -> tuple[str, ...]:
    """The versions in ``--prompts``. Raises ``typer.BadParameter``."""
    from bot.config.sections import TipPrompt

    versions, known = tuple(filter(None, map(str.strip, typed.split(",")))), get_args(TipPrompt)
    if unknown := sorted(set(versions) - set(known)):
        said = f"no prompt is called {', '.join(unknown)}: there are {', '.join(known)}"
        raise typer.BadParameter(said, param_hint="--prompts")
    if versions and keep is None:
        said = "add --keep FILE: then DATABASE_URL=sqlite:///FILE oo evaluate compares them"
        raise typer.BadParameter(said, param_hint="--prompts")
    return versions


@app.command()
def evaluate(
    html: Annotated[Path | None, typer.Option(help="Write a page with plots to this file too.")] = None,
    as_json: Json = False,
) -> None:
    """Say from the log what other policies would have earned, and what prompts, models and kinds did."""
    from bot.cli.evaluate import evaluate as run
    from bot.cli.evaluate import write_page
    from bot.evaluate.terminal_report import format_report

    report = _with_settings(run)
    if html:
        try:
            write_page(report, html)
        except OSError as fault:
            raise typer.BadParameter(f"{html}: {fault.strerror}", param_hint="--html") from fault
    typer.echo(json.dumps(report.as_dict(), indent=2) if as_json else format_report(report))


@app.command()
def promote(
    name: Annotated[str, typer.Argument(help="A shadow; without one: who serves, and how that came.")] = "",
    back: Annotated[bool, typer.Option("--back", help="Undo the last promotion.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="Say who serves, and how that came.")] = False,
    as_json: Json = False,
) -> None:
    """Let a shadow serve, if the log proves that it is better than the policy that serves now."""
    from bot.cli.promote import format_result, format_status, promotion_status, try_to_promote, undo

    if bool(name) + back + listing > 1:
        raise typer.BadParameter("a shadow's name, --back and --list exclude each other")
    if not name:
        found = _with_settings(undo if back else promotion_status)
        typer.echo(json.dumps(found.as_dict()) if as_json else format_status(found))
        return
    result = _with_settings(lambda settings: try_to_promote(settings, name))
    typer.echo(json.dumps(result.as_dict()) if as_json else format_result(result))
    raise typer.Exit(0 if result.promoted else 1)


@app.command()
def export(
    person: PersonName,
    tasks: Annotated[
        str, typer.Option(metavar="FORMAT", help="Only the open tasks, as todo.txt, csv or ics.")
    ] = "",
) -> None:
    """Print everything about a person as JSON, or their open tasks as a file."""
    from bot.cli.operator import export as run
    from bot.cli.task_files import export_open_tasks

    if tasks:
        content = _with_settings(lambda settings: export_open_tasks(settings, person, tasks))
    else:
        content = _with_settings(lambda settings: run(settings, person))
    sys.stdout.buffer.write(content)


@app.command("import")
def import_tasks(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="todo.txt, a CSV of Todoist's, or ICS.")],
    person: Annotated[str, typer.Option(metavar="PERSON", help="A person id, or CHANNEL:ID.")] = (
        "terminal:local"
    ),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is new.")] = False,
    as_json: Json = False,
) -> None:
    """Add the new tasks of a file to a person's list; what is known is left alone."""
    from bot.cli.task_files import import_file

    report = _with_settings(lambda settings: import_file(settings, file, person, dry_run=dry_run))
    typer.echo(json.dumps(report.as_dict()) if as_json else report.text)


@app.command()
def events(
    follow: Annotated[bool, typer.Option("--follow", help="Go on with what happens from now on.")] = False,
    after: Annotated[int, typer.Option(min=0, help="Only events behind this position in the log.")] = 0,
    nats: Annotated[bool, typer.Option("--nats", help="Read from NATS instead of the database.")] = False,
) -> None:
    """Print the events of the log as JSON lines: ids, codes and figures, no texts."""
    from bot.cli.event_stream import print_events

    _with_settings(lambda settings: print_events(settings, follow=follow, after=after, from_nats=nats))


@app.command()
def consume(
    name: Annotated[str, typer.Argument(help="log: print events; learning: rebuild the model and compare.")],
    until_idle: Annotated[bool, typer.Option("--until-idle", help="End when nothing is left.")] = False,
) -> None:
    """Read the events from NATS as a consumer of that name, which goes on where it was."""
    from bot.cli.event_stream import CONSUMERS, compare_learning, consume_log

    if name not in CONSUMERS:
        raise typer.BadParameter(f"there are {', '.join(CONSUMERS)}", param_hint="NAME")
    if name == "log":
        _with_settings(lambda settings: consume_log(settings, until_idle=until_idle))
        return
    report = _with_settings(compare_learning)
    typer.echo(json.dumps(report.as_dict()))
    raise typer.Exit(0 if report.is_equal else 1)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")],
    as_json: Json = False,
) -> None:
    """Copy the database while oO runs, checked, and encrypted if OO_BACKUP_KEY is set."""
    from bot.cli.backup import backup as run
    from bot.cli.backup import format_backup

    report = _with_settings(lambda settings: run(settings, file))
    typer.echo(json.dumps(asdict(report)) if as_json else format_backup(report))


@app.command()
def move(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="An empty database, as in DATABASE_URL.")],
    as_json: Json = False,
) -> None:
    """Carry everything to another database; each table is counted and compared. Stop oO before."""
    from bot.cli.move import format_move
    from bot.cli.move import move as run

    moved = _with_settings(lambda settings: run(settings, to))
    typer.echo(json.dumps([asdict(one) for one in moved]) if as_json else format_move(moved))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that oo backup made.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the database that is there.")] = False,
    as_json: Json = False,
) -> None:
    """Put a backup in the place of the database; what ended since is ended again."""
    from bot.cli.backup import format_restore
    from bot.cli.backup import restore as run

    report = _with_settings(lambda settings: run(settings, file, force=force))
    typer.echo(json.dumps(asdict(report)) if as_json else format_restore(report))


@app.command()
def delete(
    person: PersonName,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Delete everything about a person."""
    from bot.cli.operator import delete as run

    if not yes:
        typer.confirm(f"Delete everything about {person}? This can't be undone.", abort=True)
    _with_settings(lambda settings: run(settings, person))
    typer.echo("Deleted.")


vault = typer.Typer(help="The keys by which people's secrets are encrypted.", no_args_is_help=True)
app.add_typer(vault, name="vault")


push = typer.Typer(help="The key by which tips are pushed to browsers.", no_args_is_help=True)
app.add_typer(push, name="push")


@push.command("key")
def push_key() -> None:
    """Print a new key for OO_PUSH_KEY."""
    from bot.cli.web_push import new_key

    typer.echo(new_key())
    typer.echo("Put it in OO_PUSH_KEY. Another key ends every subscription of a browser.", err=True)


@vault.command("key")
def vault_key() -> None:
    """Print a new key for OO_VAULT_KEYS."""
    from bot.cli.vault import new_key

    key, key_id = new_key()
    typer.echo(key)
    typer.echo(
        f"Put it first in OO_VAULT_KEYS, and keep a copy apart from backups. Its name: {key_id}", err=True
    )


@vault.command("check")
def vault_check(as_json: Json = False) -> None:
    """Say which secrets can be read, and which keys are needed."""
    from bot.cli.vault import check

    _print_vault(_with_settings(check), as_json=as_json)


@vault.command("rotate")
def vault_rotate(as_json: Json = False) -> None:
    """Change to the first key of OO_VAULT_KEYS. May be interrupted and repeated."""
    from bot.cli.vault import rotate

    _print_vault(_with_settings(rotate), as_json=as_json)


def _print_vault(found: VaultCheck, *, as_json: bool) -> None:
    typer.echo(json.dumps(found.as_dict()) if as_json else found.text)
    if not found.ok:
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
