"""Stories → an issue, its draft that a person edits, and the folder where it is kept."""
