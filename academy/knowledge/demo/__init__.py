"""The articles that the demo starts with. Own words; each fact has its source beside it."""
