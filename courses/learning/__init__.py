"""Learning on a screen: lessons, a test, and how far somebody is. Knows no course: a visit is prepared with it too."""
