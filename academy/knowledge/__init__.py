"""What the expertise centre knows: themes, articles and terms."""
