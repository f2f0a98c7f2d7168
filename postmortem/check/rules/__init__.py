"""The rules over a stated incident: one file each, joined in `postmortem.check.registry`."""
