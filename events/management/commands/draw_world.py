"""Draws the shapes of the whole world into their static file."""

from typing import Any

from django.core.management import BaseCommand

from events.charts.map.world import FILE, draw


class Command(BaseCommand):
    help = "Write static/map/world.svg anew: after static/vendor/world-atlas has changed."

    def handle(self, *args: Any, **options: Any) -> None:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(draw())
        self.stdout.write(f"{FILE.name}: {FILE.stat().st_size // 1000} kB")
