"""The Markdown report, for GitHub and GitLab."""
