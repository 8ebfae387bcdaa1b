"""Where django-allauth asks the academy what it wants."""
