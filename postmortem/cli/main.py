"""The command group: a table of commands, each imported when it is used, and the last line of defence."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click

from postmortem.cli.console import CLOSED, OutputClosed, give, reason, say
from postmortem.ground.budget import TooSlow

if TYPE_CHECKING:
    from collections.abc import Sequence


_NOBODY_READS = 141
"""What a shell shows for a program that the system ends because nobody reads its output: 128 and SIGPIPE."""


class Entry(NamedTuple):
    """One command of the table: its name, the part of the help it stands in, and one sentence.

    Those without a part are for other programs to call, and stand in no help.
    """

    name: str
    section: str
    help: str


COMMANDS = (
    Entry("new", "Start", "Write a commented incident log to fill in"),
    Entry("check", "Start", "Validate incident logs, point at every mistake"),
    Entry("fmt", "Start", "Put logs into the order and spacing of the format"),
    Entry("render", "Output", "Reports of incidents: HTML, Markdown, JSON"),
    Entry("timeline", "Output", "The resolved timeline, with bounds"),
    Entry("metrics", "Output", "Metrics with bounds; several logs side by side"),
    Entry("diff", "Output", "What changed in meaning between two versions"),
    Entry("explain", "Help", "A rule in full, or why a bound or a value is what it is"),
    Entry("schema", "Help", "JSON Schema of the log, for editor completion"),
    Entry("git-setup", "Help", "Let `git diff` show timelines, and take that out again"),
    Entry("completion", "Help", "Shell completion script (bash, zsh, fish)"),
    Entry("textconv", "", "A log as text that `git diff` compares well"),
    Entry("ci", "", "What the GitHub Action runs"),
)
EXAMPLES = (
    "postmortem new 2023-05-24-live-audio",
    "postmortem check incidents/",
    "postmortem render incidents/desantis.yaml",
    "postmortem explain incidents/desantis.yaml second-room",
)


class Commands(click.Group):
    """A group that knows its commands by a table and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the table's order."""
        return [entry.name for entry in COMMANDS if entry.section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name; None if the table has none."""
        if all(entry.name != cmd_name for entry in COMMANDS):
            return None
        command = import_module(f"postmortem.cli.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a name; an unknown one is answered with the nearest."""
        if args and not args[0].startswith("-") and all(entry.name != args[0] for entry in COMMANDS):
            from postmortem.ground.suggest import nearest

            near = nearest(args[0], [entry.name for entry in COMMANDS])
            hint = f" Did you mean {near!r}?" if near else " 'postmortem --help' lists them."
            ctx.fail(f"there is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by section without importing any."""
        for section in dict.fromkeys(entry.section for entry in COMMANDS if entry.section):
            with formatter.section(section):
                rows = [(entry.name, entry.help) for entry in COMMANDS if entry.section == section]
                formatter.write_dl(rows)
        with formatter.section("Examples"):
            for line in EXAMPLES:
                formatter.write_text(line)


@click.command(
    cls=Commands,
    name="postmortem",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Incident logs in YAML; out come timelines, metrics, charts and reports.",
)
def group() -> None:
    """Stand for the whole tool: what a run reads from here on, no output of it may replace."""
    from postmortem.ground.readings import begin

    begin()


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from postmortem import __version__

        give(f"postmortem {__version__}\n")
        ctx.exit()


group.params = [
    click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_version,
        help="Show the version and leave.",
    ),
]


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code.

    0 fine, 1 findings of severity error, 2 wrong usage or a file that cannot be read or written,
    70 a fault of our own, 130 stopped, 141 nobody reads the output any more.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    out = sys.stdout
    try:
        if sys.stdout is None and (not words or {"-h", "--help"} & {*words}):
            # Click would say nothing to nobody, and call that success.
            raise OutputClosed(CLOSED)
        code = group.main(args=words, prog_name="postmortem", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        _show(error)
        return 2
    except (click.Abort, KeyboardInterrupt):
        say("stopped.")
        return 130
    except SystemExit:
        # Where the pipe is broken click puts a quiet output in and leaves with 1, which means findings here.
        if sys.stdout is not out:
            return _NOBODY_READS
        raise
    except OutputClosed as error:
        say(f"error: {error}")
        return 2
    except OSError as error:
        say(f"error: {_of_system(error)}")
        return 2
    except TooSlow:
        say("error[PM113]: this takes more processor time than it may; --time-budget allows more")
        return 1
    except Exception as fault:
        return _own_fault(fault)


def _show(error: click.ClickException) -> None:
    """Say what click has to say through our own writer: it quotes arguments, settings and names of files."""
    from io import StringIO

    told = StringIO()
    error.show(told)
    if told.getvalue():
        say(told.getvalue().rstrip("\n"))


def _of_system(error: OSError) -> str:
    """Say what the system refused, where no command has better words for it."""
    if isinstance(error.filename, (str, bytes)):
        return f"`{os.fsdecode(error.filename)}` cannot be read or written: {reason(error)}"
    return f"the system does not let us read or write: {reason(error)}"


def _own_fault(fault: Exception) -> int:
    import platform
    import traceback

    from postmortem import __version__

    say("error[PM902]: this is a fault of postmortem, not of your log. Please send us the lines below:")
    say(f"  postmortem {__version__}, Python {platform.python_version()}, {platform.system()}")
    for frame in traceback.extract_tb(fault.__traceback__)[-6:]:
        name = frame.filename.replace("\\", "/").split("/postmortem/")[-1]
        say(f"  {name}:{frame.lineno} in {frame.name}")
    say(f"  {type(fault).__name__}: {fault}")
    return 70
