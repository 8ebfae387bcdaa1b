"""What everything is: an offering, planned as a gathering, with seats in dated sessions."""
