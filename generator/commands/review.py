"""plansite review: what the importer proposed, confirmed by a person: card by card, as a list or in a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..console import DATA_HAS_PROBLEMS, DONE, say
from .places import Misuse, folder, write_workbook

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from ..editing.proposals import Card

HELP: Final = "逐项核对导入程序提出的读法：在终端里按键接受、修改、删去，每决定一项就写入 YAML"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("plan", nargs="?", metavar="方案", help="方案编号，或方案目录（默认第一个还没有核对完的方案）")
    parser.add_argument("--plan-data", metavar="数据目录", default="plan_data", help="数据目录（默认 plan_data）")
    parser.add_argument("--list", action="store_true", help="只列出还没有核对的，一项一行")
    parser.add_argument("--xlsx", metavar="工作簿.xlsx", help="写成工作簿，在表里决定以后用 plansite merge 合并")


def run(options: argparse.Namespace) -> int:
    """Walk through what is open, or list it."""
    from ..editing.merge import read_open
    from ..editing.verdicts import proposal_rows
    from ..editing.workbook import proposals_workbook
    from ..review.screen import listed

    root, shown = folder(options.plan_data), options.plan_data.rstrip("/")
    found = read_open(root, shown)
    plan = _plan(options.plan, found.plans)
    if not plan:
        say("没有待核对的：全部都已经核对过了。")
    elif options.list:
        say("\n".join(listed(found.plans[plan])))
    elif options.xlsx:
        rows = proposal_rows(found.plans[plan])
        write_workbook(options.xlsx, proposals_workbook(rows, found.kinds))
        say(f"已写出 {options.xlsx}：{len(rows)} 行。决定以后运行 plansite merge {options.xlsx}")
    else:
        return _walk(root, shown, plan, [name for name in _unfinished(found.plans) if name != plan])
    return DONE


def _plan(asked: str | None, plans: Mapping[str, tuple[Card, ...]]) -> str:
    """Return the plan that is meant, if anything of it is open; nothing else."""
    if asked is None:
        # The registry is open for every plan: it alone makes none the first.
        return next(iter((*_unfinished(plans), *(name for name, cards in plans.items() if cards))), "")
    name = Path(asked).name
    if name not in plans:
        raise Misuse(f"没有方案“{asked}”：现有 {'、'.join(plans)}")
    return name if plans[name] else ""


def _unfinished(plans: Mapping[str, tuple[Card, ...]]) -> list[str]:
    """Return the plans of which something is open that is not the registry's."""
    return [name for name, cards in plans.items() if any(card.group[0] == name for card in cards)]


def _walk(root: Path, shown: str, plan: str, others: list[str]) -> int:
    from ..review.session import Session
    from ..review.terminal import Terminal
    from ..review.walk import Walk

    walk = Walk(Session(root, shown, plan), Terminal())
    walk.run()
    for line in walk.refused:
        say(f"没有写入：{line}")
    counts, left = walk.counts, walk.left
    rest = f"还有 {left} 项待核对，再运行 plansite review {plan} 就接着来。" if left else "全部核对完了。"
    if others and not left:
        rest = f"{plan} 全部核对完了；还没有核对完的方案：{'、'.join(others)}。"
    said = f"接受 {counts['accept']} 项，删去 {counts['drop']} 项，跳过 {counts['skip']} 项，都已写入。"
    say(f"\n{said}{rest}")
    return DATA_HAS_PROBLEMS if walk.refused else DONE
