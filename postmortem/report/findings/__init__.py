"""Findings in the forms that people, programs and code hosts read: diagnostics to text."""
