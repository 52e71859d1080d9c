"""How fast the site is beside a peer, and what it does when parts of it fail; see README.md."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
os.environ.setdefault("SECRET_KEY", "only-for-measuring")
django.setup()  # before anything here that knows models
