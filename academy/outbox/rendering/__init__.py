"""From facts to the text of a mail."""
