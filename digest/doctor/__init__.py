"""What receivers will think of the mail: what DNS, the mail server and the settings say of the sender."""
