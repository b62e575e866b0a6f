"""The command line: one short function a verb; data on standard output, talk on standard error."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from according.errors import AccordingError

# Verb -> where its function stands. Modules are imported when their verb is called for, so that `--help` stays quick.
COMMANDS = {
    "code": "according.cli.code:code",
    "schema": "according.cli.code:schema",
    "link": "according.cli.link:link",
    "init": "according.cli.project:init",
    "add": "according.cli.add:add",
    "events": "according.cli.project:events",
    "show": "according.cli.project:show",
    "timeline": "according.cli.timeline:timeline",
    "explain": "according.cli.project:explain",
    "decide": "according.cli.decide:decide",
    "undo": "according.cli.decide:undo",
    "log": "according.cli.decide:log",
    "verify": "according.cli.project:verify",
    "rebuild": "according.cli.project:rebuild",
    "resolve": "according.cli.resolve:resolve",
    "actors": "according.cli.knowledge:actors",
    "export": "according.cli.export:export",
    "gazetteer": "according.cli.knowledge:gazetteer",
}
INTERRUPTED = 130


class _Verbs(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.command(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(package_name="according", message="%(prog)s %(version)s")
def according() -> None:
    """Who says what happened, and who says otherwise.

    Reads reports of armed conflict and prints each event as claims: who says it, in which words, and who denies it.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 ok, 1 error, 2 usage, 3 partly done, 4 invalid input, 5 integrity, 130 interrupted.
    """
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = according.main(args=arguments, prog_name="according", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except AccordingError as error:
        click.echo(f"Error: {error}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; what was printed so far is complete.", err=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader has had enough (head, less): click and rich turn that into an exit, which nothing else here does.
        # Python must not complain when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0
