"""Files that people write: text, Markdown and HTML in folders."""
