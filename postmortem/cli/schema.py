"""`postmortem schema`: the JSON Schema of the log format."""

from __future__ import annotations

import click

from postmortem.cli.options import output_option, write_or_give


@click.command("schema", short_help="JSON Schema of the log, for editor completion")
@output_option
def command(output: str) -> None:
    """Print the JSON Schema of log format 1.

    An editor with a YAML language server completes keys and kinds with it. Save it with
    `postmortem schema -o postmortem.schema.json` and begin a log with
    `# yaml-language-server: $schema=postmortem.schema.json`.
    """
    import json

    from postmortem.model.schema import json_schema

    write_or_give(output, json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
