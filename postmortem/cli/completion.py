"""`postmortem completion`: the script that lets a shell complete commands, options and files."""

from __future__ import annotations

import click

from postmortem.cli.console import give


@click.command("completion", short_help="Shell completion script (bash, zsh, fish)")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    bash: `postmortem completion bash > ~/.local/share/bash-completion/completions/postmortem`.
    zsh: put it as `_postmortem` into a folder of $fpath. fish:
    `postmortem completion fish > ~/.config/fish/completions/postmortem.fish`.
    """
    from click.shell_completion import get_completion_class

    from postmortem.cli.main import group

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(group, {}, "postmortem", "_POSTMORTEM_COMPLETE")
    give(script.source_template % script.source_vars())
