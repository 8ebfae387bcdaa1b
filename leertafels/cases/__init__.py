"""What somebody brings to a leertafel: detected, sealed, opened for a few, and destroyed; it knows no leertafel."""
