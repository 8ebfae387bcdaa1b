"""What templates of Kijkje in de Keuken ask."""
