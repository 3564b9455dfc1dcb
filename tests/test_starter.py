"""A new site for another place: what it holds, and that nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.data.load import read_data
from generator.starter import starter_files

if TYPE_CHECKING:
    from tests.conftest import Plansite, ProblemLines

ROOT = Path(__file__).resolve().parents[1]


def test_the_example_is_sound(tmp_path: Path, problem_lines: ProblemLines) -> None:
    """What `plansite new` writes has no problems."""
    for name, content in starter_files():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert problem_lines(tmp_path / "plan_data") == []


def test_the_example_shows_who_answers_for_a_task(tmp_path: Path) -> None:
    """A sector's line holds for its tasks, a task may have lines of its own, and nobody need supervise."""
    for name, content in starter_files():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert not (tmp_path / "plan_data" / "leaders.yaml").exists()
    data, _ = read_data(tmp_path / "plan_data")
    (plan,) = data.plans
    said = {part.id: [(one.label, [m.name for m in one.names]) for one in part.responsibilities] for part in plan.tasks}
    assert said == {
        "task-1": [],
        "task-2": [("牵头单位", ["县市场监管局"]), ("配合单位", ["县农业农村局", "各乡镇"])],
    }
    assert [one.label for sector in plan.sectors for one in sector.responsibilities] == ["牵头单位", "责任单位"]


def test_its_files() -> None:
    """It holds settings, data with schemas, the written pages, the workflow and what to install, each once."""
    files = [name for name, _ in starter_files()]
    assert len(files) == len(set(files))
    assert {"mkdocs.yml", "README.md", ".gitignore", ".github/workflows/site.yml", "requirements.txt"} <= set(files)
    assert {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")} <= set(files)
    schemas = {f"plan_data/schema/{path.name}" for path in (ROOT / "plan_data" / "schema").glob("*.json")}
    assert schemas <= set(files)


def test_nothing_is_overwritten(plansite: Plansite, tmp_path: Path) -> None:
    """Where one of the files is there already, none is written and the command says which it is."""
    (tmp_path / "place" / "docs").mkdir(parents=True)
    (tmp_path / "place" / "docs" / "about.md").write_text("自己的", "utf-8")
    done = plansite("new", "place")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "plansite: 命令用法不对：place 里已有 docs/about.md，不覆盖：请换一个目录\n"
    assert [path.name for path in (tmp_path / "place").rglob("*") if path.is_file()] == ["about.md"]
    assert (tmp_path / "place" / "docs" / "about.md").read_text("utf-8") == "自己的"


def test_beside_what_is_there(plansite: Plansite, tmp_path: Path) -> None:
    """Files of other names are no hindrance: a fresh checkout has its .git."""
    (tmp_path / "place" / ".git").mkdir(parents=True)
    done = plansite("new", "place")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "place" / "plan_data" / "units.yaml").is_file()


def test_a_name_that_is_no_folder(plansite: Plansite, tmp_path: Path) -> None:
    """A file in the way, and a name that is empty, are said without a traceback."""
    (tmp_path / "place").write_text("", "utf-8")
    for name in ("place", ""):
        done = plansite("new", name)
        assert done.returncode == 2
        assert done.stderr.startswith("plansite: ")
        assert done.stderr.count("\n") == 1


def test_a_plan_lies_among_the_data(plansite: Plansite, tmp_path: Path) -> None:
    """A plan beside the folder of data would get a registry of its own, which nobody reads: the right name is told."""
    assert plansite("new", ".").returncode == 0
    (tmp_path / "plan.txt").write_text("办好集市工作要点\n1.修好场地。\n", "utf-8")
    wrong = plansite("import", "plan.txt", "--out", "market")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == f"plansite: 命令用法不对：方案要放在数据目录里：请写 --out {Path('plan_data/market')}\n"
    assert not (tmp_path / "market").exists()
    assert plansite("import", "plan.txt", "--out", "plan_data/market").returncode == 0


def test_outside_of_a_site(plansite: Plansite) -> None:
    """Who is in another folder is told to go to the site's."""
    for command in ("check", "review"):
        done = plansite(command)
        assert (done.returncode, done.stdout) == (2, "")
        assert "这里没有 plan_data 目录：请先用 cd 进到网站的目录里" in done.stderr
