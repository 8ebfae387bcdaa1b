"""The questionnaire, and what came out of it."""
