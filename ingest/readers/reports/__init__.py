"""Reports and articles as text, Markdown, HTML, PDF or STIX."""
