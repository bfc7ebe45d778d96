import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench import report
from tests.bench.memory import Export
from tests.bench.report import Measured, Run
from tests.bench.walk import Walk

EXPORT = Export("/events.csv", 200_000, 9.5, 40.0, 61.0, 120.0, 150.0)
WALK = Walk(1000, 412, 31.25, 64.0, 98.4, "/events/?q=smoke", 0)


def run(events: int = 1000, ours: float | None = 10.0) -> Run:
    names = ("newest, no facets", "facets", "detail", "deep page, facets", "CSV of one country")
    cases = [
        Measured(
            name,
            state,
            ours_p50_ms=ours,
            ours_requests=30,
            ours_server_p50_ms=None if ours is None else ours - 2,
            ours_in_turn_p50_ms=ours,
            datasette_p50_ms=200.0,
            datasette_requests=12,
            sql_p50_ms=5.0,
        )
        for name in names
        for state in ("cold", "warm")
    ]
    return Run(events, 1, "Synthetic events", "loaded in 1 s", cases, EXPORT, WALK)


def met(runs: list[Run]) -> dict[str, bool | None]:
    return {goal.wanted: goal.is_met for goal in report.all_goals(runs)}


def test_the_file_has_the_shape_that_others_read(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    report.write(path, [run(6000), run(1000)], {"processor": "abacus"})
    kept = json.loads(path.read_text("utf-8"))
    assert (kept["events"], kept["machine"]) == (6000, {"processor": "abacus"})
    assert [each["events"] for each in kept["smaller"]] == [1000]
    wanted = {"name", "state", "ours_p50_ms", "ours_p95_ms", "ours_rps", "datasette_p50_ms"}
    assert wanted | {"datasette_rps", "sql_p50_ms"} <= set(kept["cases"][0])
    assert {case["state"] for case in kept["cases"]} == {"cold", "warm"}
    assert kept["export"]["growth_mb"] == 30.0
    assert report.read_runs(kept) == [run(1000), run(6000)]


def test_what_failed_is_null_and_says_why() -> None:
    failed = run(ours=None)
    failed.cases[0].note = "the site: /events/: status 503"
    kept = report.as_json([failed], {})
    assert kept["cases"][0]["ours_p50_ms"] is None
    assert "newest, no facets, cold: the site: /events/: status 503" in report.table(failed)
    assert "–" in report.table(failed)
    assert met([failed])["1,000 events: detail, cold: 15 ms of the server at most"] is None


def test_the_table_sets_ratios_side_by_side() -> None:
    lines = report.table(run()).splitlines()
    assert lines[2].split()[-4:] == ["Datasette", "ours", "÷", "SQL"]
    assert lines[3].split()[-5:] == ["200*", "–", "5.00", "0.05", "2.00"]
    assert any(line.startswith("* fewer than thirty") for line in lines)
    assert any("worker from 120 to 150 MB" in line for line in lines)


def test_markdown_has_a_cell_for_each_column() -> None:
    lines = [line for line in report.markdown(run()).splitlines() if line.startswith("|")]
    assert len(lines) == 2 + 10
    assert {line.count("|") for line in lines} == {12}


def test_goals_are_met_or_missed() -> None:
    good = met([run()])
    assert good["1,000 events: facets, warm: 10 times as fast as Datasette"] is True
    assert good["1,000 events: detail, cold: 15 ms of the server at most"] is True
    assert good["1,000 events: detail, warm: 15 ms of the server at most"] is True
    assert good["1,000 events: newest, no facets, cold: 3 times its bare SQL and 15 ms at most"]
    assert good["1,000 events: deep page, cold: 1.5 times the first at most, in turn"] is True
    bad = met([run(ours=40.0)])
    assert bad["1,000 events: facets, warm: 10 times as fast as Datasette"] is False
    assert bad["1,000 events: facets, cold: 3 times as fast as Datasette"] is True
    assert bad["1,000 events: detail, cold: 15 ms of the server at most"] is False


def test_every_page_that_was_met_is_within_the_limit_of_its_number_of_events() -> None:
    wanted = "1,000 events: every page met: 100 ms of the server at most"
    assert met([run()])[wanted] is True
    slow, large = run(), run(200_001)
    slow.walk = replace(WALK, slowest_ms=100.6, over=1)
    assert met([slow])[wanted] is False
    assert not any("every page met" in goal for goal in met([large]))
    assert "1 over 100; the slowest, `/events/?q=smoke`: 101" in report.table(slow)
    slow.walk = None
    assert met([slow])[wanted] is None
    assert "by their links" not in report.table(slow)


@pytest.mark.parametrize(("larger", "warm", "cold"), [(12.0, True, True), (30.0, False, True)])
def test_growth_is_from_the_smallest_to_the_largest(larger: float, warm: bool, cold: bool) -> None:
    goals = met([run(6000, ours=larger), run(1000)])
    assert goals["facets, warm: grows 1.3 times at most, in turn"] is warm
    assert goals["facets, cold: grows 6 times at most"] is cold
    assert not any(wanted.startswith("CSV") for wanted in goals)


def test_a_deep_page_is_compared_with_the_first_as_they_were_asked_in_turn() -> None:
    slowed = run()
    for case in slowed.cases:
        if case.name == "deep page, facets":
            case.ours_p50_ms, case.ours_in_turn_p50_ms = 40.0, 14.0
    wanted = "1,000 events: deep page, cold: 1.5 times the first at most, in turn"
    assert met([slowed])[wanted] is True
    for case in slowed.cases:
        case.ours_in_turn_p50_ms = 16.0 if case.name == "deep page, facets" else 10.0
    assert met([slowed])[wanted] is False


def test_growth_of_warm_pages_is_unknown_where_they_were_not_asked_in_turn() -> None:
    large = run(6000)
    for case in large.cases:
        case.ours_in_turn_p50_ms = None
    assert met([run(1000), large])["detail, warm: grows 1.3 times at most, in turn"] is None


def test_a_readme_gets_the_tables_between_its_marks() -> None:
    text = "# A\n\n<!-- make bench -->\nthe last tables\n<!-- end of make bench -->\n\n## B\n"
    kept = report.as_json([run(6000), run(1000)], {"processor": "abacus", "date": "2026-11-22"})
    made = report.into(text, kept)
    assert made.startswith("# A\n\n<!-- make bench -->\nMeasured on abacus, 2026-11-22.\n\n1,000 e")
    assert made.endswith("\n<!-- end of make bench -->\n\n## B\n")
    assert "the last tables" not in made
    assert report.into(made, kept) == made
    with pytest.raises(ValueError, match="not both there"):
        report.into("# A\n", kept)
