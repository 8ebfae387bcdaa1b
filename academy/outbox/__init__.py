"""Work that must happen and mail that must arrive: rows written with the change they belong to."""
