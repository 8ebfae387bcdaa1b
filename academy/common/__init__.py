"""What every package may use and nothing is about: errors, time, identifiers, formats. No models."""
