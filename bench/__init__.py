"""Benchmarks of the site against a peer, and tests of its behaviour when parts of it fail; see README.md."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
os.environ.setdefault("SECRET_KEY", "only-for-measuring")
django.setup()  # before any import of models
