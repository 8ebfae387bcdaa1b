"""What people thought of a gathering, anonymous from five answers on."""
