"""The doors that messages leave by, and what a mail server answers."""
