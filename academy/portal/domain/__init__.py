"""What the portal does with the data of a person: hand it over, forget it, keep it no longer than promised."""
