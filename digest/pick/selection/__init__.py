"""Which stories are in the issue, and in which sections."""
