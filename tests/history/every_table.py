"""A row in every table that has a history."""

from typing import Any

from django_otp.plugins.otp_totp.models import TOTPDevice

from models_catalog.models import FigureEvidence, MarketFigure, Source
from tests.factories import make_entry, make_statement
from tests.permissions.world import World, make_world

WORDS: dict[str, Any] = {"line": 1, "start": 0, "end": 2, "quotation": "79", "stated": "79"}


def write_every_table() -> World:
    world = make_world()
    make_entry("轩辕", developers=["度小满"], sectors=["金融"], parameters="千亿级", released="2023-05")
    FigureEvidence.objects.create(figure=MarketFigure.objects.get(), source=Source.objects.first(), **WORDS)
    make_statement()
    TOTPDevice.objects.create(user=world.users["viewer"], name="app", confirmed=False)
    return world
