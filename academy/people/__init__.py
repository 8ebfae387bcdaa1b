"""Who there is: people, organisations, teams, municipalities, what they may do and since when."""
