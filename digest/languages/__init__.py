"""What is known of each language, a TOML file each: words, not rules. Adding a language is adding a file."""
