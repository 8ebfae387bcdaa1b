"""Coverage of municipalities, contacts, outreach, requests: whom do we not reach yet."""
