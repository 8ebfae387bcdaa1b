"""The pages of the site that are about nothing in particular, and what every page shares."""
