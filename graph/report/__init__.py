"""A case, or one account or actor, on paper: one content, written as Markdown and as HTML."""
