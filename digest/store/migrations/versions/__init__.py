"""One migration a file, numbered; never edited once released."""
