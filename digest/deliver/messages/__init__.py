"""An edition as signed messages, in the octets that leave."""
