"""Fixed numbers and names of Kijkje in de Keuken."""

from datetime import timedelta

# Names of the two kinds of gathering.
VISIT, PREPARATION = "visit", "preparation"
# More people than this do not fit at somebody's desk.
MOST_VISITORS = 4
# How soon after beginning somebody should have had a look (domain.md, M22).
LOOK_WITHIN = timedelta(days=90)
# Who is announced may start this long ago, or ahead.
ANNOUNCED_AFTER, ANNOUNCED_AHEAD = timedelta(days=180), timedelta(days=366)
