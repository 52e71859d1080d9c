"""Update the Chinese catalogue with the messages of code and templates."""

from typing import Any

from django.core.management.base import BaseCommand

from registry.messages import PO, update


class Command(BaseCommand):
    help = "Write locale/…/django.po with exactly the site's messages and list those without a translation."

    def handle(self, *args: Any, **options: Any) -> None:
        missing = update()
        for message in missing:
            self.stdout.write(repr(message.text))
        self.stdout.write(f"{PO.name}: {len(missing)} messages have no translation.")
