"""The screens of the kernel: finding, asking, giving up."""

from academy.gatherings.views.places import session_place
from academy.gatherings.views.reading import catalogue_page, offering_page, run_page
from academy.gatherings.views.seats import offer_accept, offer_decline, seat_cancel, seat_swap, seat_take

__all__ = [
    "catalogue_page",
    "offer_accept",
    "offer_decline",
    "offering_page",
    "run_page",
    "seat_cancel",
    "seat_swap",
    "seat_take",
    "session_place",
]
