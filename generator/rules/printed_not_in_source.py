"""凡照原文写的词句（取值、限定语、基数、范围、由谁做、报给谁、疑误、名词）必须逐字见于所指的那一行。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem
from ..text.lines import Sentence, item_sentences, placed_lines, sentences_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Part, Plan, Target
    from ..problems import Location

ID = "printed-not-in-source"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each printed word that its place does not hold."""
    for plan in data.plans:
        sentences = item_sentences(placed_lines(plan))
        for item in plan.items:
            for words, text, line, where in _words(item, sentences[item.id]):
                if words not in text:
                    yield Problem(where, ID, f"原文第 {line} 行的这一处没有“{words}”：请照原文逐字改正")
        yield from _run_together(plan)
        yield from _numbered(plan)


def _words(item: Part, sentences: tuple[Sentence, ...]) -> Iterator[tuple[str, str, int, Location]]:
    """Yield printed words, the text that must hold them, its line, and the words' place."""
    for target in item.targets:
        yield from _of_target(target, sentences)
    for duty in item.duties:
        for mention in (*duty.who, *duty.to):
            yield mention.printed, "".join(one.text for one in sentences), sentences[-1].line, mention.where


def _of_target(target: Target, sentences: tuple[Sentence, ...]) -> Iterator[tuple[str, str, int, Location]]:
    found = sentences_with(sentences, target.phrase)
    if not found:
        return  # quote-not-in-source says so
    if target.scope:
        yield target.scope, found[0].text, found[0].line, target.where
    for value in target.values:
        for words in (value.text, value.qualifier, value.base):
            if words:
                yield words, found[0].text, found[0].line, value.where


def _run_together(plan: Plan) -> Iterator[Problem]:
    """Yield a problem for each name that the printed string, in which names run together, does not hold."""
    for one in plan.all_responsibilities:
        for mention in one.names if one.role != "supervise" else ():
            if mention.name not in mention.printed and mention.reading == "printed":
                text = f"“{mention.printed}”里没有“{mention.name}”：names 要写这串文字里的各个单位"
                yield Problem(mention.where, ID, text)


def _numbered(plan: Plan) -> Iterator[Problem]:
    """Yield a problem for each oddity, and each term that the plan explains, whose line does not hold its words."""
    source = plan.source.split("\n")
    rows = [(o.line, o.printed, o.where) for o in plan.oddities]
    explained = [term for term in plan.terms if term.by == "plan"]
    rows += [(t.line, words, t.where) for t in explained for words in (t.term, t.phrase) if t.line and words]
    for number, words, where in rows:
        if number > len(source):
            yield Problem(where, ID, f"原文只有 {len(source)} 行，没有第 {number} 行：请改正 line")
        elif words not in source[number - 1]:
            real = next((n for n, line in enumerate(source, 1) if words in line), None)
            hint = f"它在第 {real} 行，请改 line" if real else "请照原文逐字改正"
            yield Problem(where, ID, f"原文第 {number} 行没有“{words}”：{hint}")
