"""What people see first: home, dashboards, team, HR, office, search and the demo data."""
