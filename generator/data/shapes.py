"""The shape of each data file: which keys it has, of what type, and what they mean.

One table serves the loader's checks, the JSON Schemas that editors use, and the
data dictionary. What holds between records (does this unit exist?) is left to rules.
"""

from __future__ import annotations

from typing import Final, TypeVar

from .. import terms
from .keys import Choice, Day, Integer, Key, ListOf, Name, Nested, Number, Record, Sentences, Shape, Text, TextOr

_Word = TypeVar("_Word", bound=str)

ID: Final = Text(r"(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*", "只用小写英文字母、数字和短横线，如 task-11-online")
LINE_TEXT: Final = Text()


def _choice(table: dict[_Word, str]) -> Choice:
    return Choice(tuple(table), tuple(table.values()))


DATE: Final = Text(r"\d{4}-\d{2}-\d{2}", "写成 2022-12-30")
ROUGH_DATE: Final = Text(r"\d{4}(-\d{2}(-\d{2})?)?", "写成 2024、2024-03 或 2024-03-15")
PROPOSED: Final = Choice(("proposed",), ("导入程序提出，待核对",))
ALIAS: Final = Shape(
    "别名",
    (
        Key("name", LINE_TEXT, "别名，全站不得重复"),
        Key(
            "kind",
            Choice(terms.ALIAS_KINDS),
            "印刷：方案里印着；简称：日常简称；旧称：机构改革前的名称；现称：此后改用的名称；全称：正式全称",
        ),
        Key("source", LINE_TEXT, "出处：原文第几行、哪次机构改革、哪个公开来源", required=False),
        Key("reading", PROPOSED, "导入程序认作同一个单位、还没有人核对的，写 proposed；核对后删去", required=False),
    ),
)
SUCCESSOR: Final = Shape(
    "单位变更",
    (
        Key("unit", LINE_TEXT, "变更后的单位，写名录里的名称；撤销的不写", required=False),
        Key("on", ROUGH_DATE, "何时变更"),
        Key("how", Choice(terms.CHANGES), "怎样变更"),
        Key("source", LINE_TEXT, "出处：公开的文件或网页"),
    ),
)
UNIT: Final = Shape(
    "单位",
    (
        Key("id", ID, "单位编号，也是网页地址，定下后不要改"),
        Key("name", LINE_TEXT, "方案使用的名称"),
        Key("kind", Choice(terms.UNIT_KINDS, is_open=True), "类别；“群体”指一组单位的统称"),
        Key("kind_doubt", LINE_TEXT, "类别拿不准时，写明为什么存疑", required=False),
        Key("level", Choice(terms.LEVELS), "层级", required=False),
        Key("aliases", ListOf(Record(ALIAS)), "别名", required=False),
        Key("became", ListOf(Record(SUCCESSOR)), "印发以后改了名、合并或撤销的", required=False),
        Key("note", LINE_TEXT, "读者须知的说明", required=False),
        Key("reading", PROPOSED, "导入程序登记、类别和层级还没有人核对的，写 proposed；核对后删去", required=False),
    ),
)
PRONUNCIATION: Final = Shape(
    "读音",
    (
        Key("text", LINE_TEXT, "词"),
        Key(
            "pinyin",
            Text(r"[a-z]+( [a-z]+)*", "只用小写字母，音节之间空一格，不标声调，ü 写作 v，如 chang po"),
            "每个字一个音节，空格分开",
        ),
    ),
)
UNITS_FILE: Final = Shape(
    "单位名册",
    (
        Key("readings", ListOf(Record(PRONUNCIATION)), "按拼音查单位、领导时，词典会读错的词", required=False),
        Key("kinds", ListOf(LINE_TEXT), "通用类别之外，本站另加的类别", required=False),
        Key("units", ListOf(Record(UNIT)), "全部单位，顺序即网站列出的顺序；方案没有点名单位的写 []"),
    ),
)

LEADER: Final = Shape(
    "督办领导",
    (
        Key("id", ID, "编号，也是网页地址"),
        Key("name", Text(r"\S+", "姓名里不留空格"), "姓名，不留空格"),
    ),
)
LEADERS_FILE: Final = Shape("督办领导名册", (Key("leaders", ListOf(Record(LEADER), 1), "全部督办领导"),))

VALUE: Final = Shape(
    "目标的取值",
    (
        Key("year", Integer(1900, 2200), "年份；原文没有年份就不写", required=False),
        Key("comparator", _choice(terms.COMPARATORS), "怎样比较；可写在目标一级，供各年共用", required=False),
        Key("value", Number(), "数值；没有数值（state、rise、fall）就不写", required=False),
        Key("upper", Number(), "上限，只与 between 同用", required=False),
        Key("unit", LINE_TEXT, "计量单位：%、个工作日、条……；可写在目标一级", required=False),
        Key("qualifier", LINE_TEXT, "限定语，照原文：力争、争取、原则上……；已在 text 里的不写", required=False),
        Key("text", LINE_TEXT, "原文印着的词句，须逐字一致"),
        Key("reading", _choice(terms.READINGS), "原文写明、网站推断还是待核对；不写即原文写明", required=False),
        Key("note", LINE_TEXT, "推断的理由；inferred 必须写", required=False),
    ),
)
TARGET: Final = Shape(
    "目标",
    (
        Key("id", ID, "编号，同一方案内不得重复"),
        Key("type", _choice(terms.TARGET_TYPES), "目标值（有数）或阶段性目标"),
        Key(
            "strength",
            _choice(terms.STRENGTHS),
            "能不能核对；不写即可核对。旁人无法判定做到没有的，写 direction，不计入目标数",
            required=False,
        ),
        Key("indicator", LINE_TEXT, "指标名称"),
        Key("scope", LINE_TEXT, "范围，照原文", required=False),
        Key("quote", LINE_TEXT, "原文一句话里的词句，须逐字一致；发布时扩为整句"),
        Key("comparator", _choice(terms.COMPARATORS), "各年共用的比较方式", required=False),
        Key("unit", LINE_TEXT, "各年共用的计量单位", required=False),
        Key("qualifier", LINE_TEXT, "各年共用的限定语，照原文", required=False),
        Key("base", LINE_TEXT, "数值以什么为基数，照原文；数值本身就是结果的不写", required=False),
        Key("reading", _choice(terms.READINGS), "各年共用：原文写明还是网站推断", required=False),
        Key("note", LINE_TEXT, "各年共用的推断理由", required=False),
        Key("values", ListOf(Record(VALUE), 1), "取值，每年一条"),
    ),
)
DUE: Final = Shape(
    "期限",
    (
        Key("months", ListOf(Integer(1, 12), 1), "月份"),
        Key("day", Day(), f"当月几日（含当日）以前；月末写 {terms.MONTH_END}"),
    ),
)
NAMED: Final = Shape(
    "连排或另作理解的名称",
    (
        Key("printed", LINE_TEXT, "印刷出来的整串文字"),
        Key("names", ListOf(Name(), 1), "其中的各个单位；或者这串文字所指的单位"),
        Key("reading", _choice(terms.READINGS), "原文写明（连排的名称）还是网站推断；不写即原文写明", required=False),
        Key("note", LINE_TEXT, "推断的理由；inferred 必须写", required=False),
    ),
)
UNIT_NAMES: Final = ListOf(TextOr(NAMED), 1)
DUTY: Final = Shape(
    "定期事项",
    (
        Key("id", ID, "编号，同一方案内不得重复"),
        Key("who", ListOf(TextOr(NAMED)), "由谁做，照原文；原文没说就留空 []"),
        Key("to", ListOf(TextOr(NAMED)), "报给谁，照原文", required=False),
        Key("action", LINE_TEXT, "做什么"),
        Key("frequency", _choice(terms.FREQUENCIES), "多久一次"),
        Key("due", Record(DUE), "期限；原文没有日期就不写", required=False),
        Key("reading", _choice(terms.READINGS), "原文写明、网站推断还是待核对；不写即原文写明", required=False),
        Key("note", LINE_TEXT, "推断的理由；inferred 必须写", required=False),
        Key("quote", LINE_TEXT, "原文一句话里的词句，须逐字一致"),
    ),
)
_TARGETS: Final = Key("targets", ListOf(Record(TARGET)), "这里提出的目标", required=False)
_DUTIES: Final = Key("duties", ListOf(Record(DUTY)), "这里规定的定期事项", required=False)

RESPONSIBILITY: Final = Shape(
    "责任",
    (
        Key("quote", LINE_TEXT, "责任行或括注，照原文；只管前面几句话的，连那几句话一起写，并写 covers: quote"),
        Key("role", _choice(terms.ROLES), "角色；标签（牵头单位、责任单位……）已经说明的不写", required=False),
        Key("units", UNIT_NAMES, "其中的单位，照原文；“标签：名称、名称”的样子不用写", required=False),
        Key("names", ListOf(Record(NAMED)), "连排或另作理解的名称", required=False),
        Key("covers", _choice(terms.COVERS), "管到哪里；不写即所在的部分和它下面的各部分", required=False),
        Key("reading", _choice(terms.READINGS), "原文写明、网站推断还是待核对；不写即原文写明", required=False),
        Key("note", LINE_TEXT, "推断的理由；inferred 必须写", required=False),
    ),
)
DEADLINE: Final = Shape(
    "完成时限",
    (
        Key("text", LINE_TEXT, "时限，照原文：2023年底前、长期"),
        Key("date", ROUGH_DATE, "原文写明的日期；没有写明就不写", required=False),
        Key("quote", LINE_TEXT, "写着它的原文；就是 text 的不写", required=False),
        Key("reading", _choice(terms.READINGS), "原文写明、网站推断还是待核对；不写即原文写明", required=False),
        Key("note", LINE_TEXT, "推断的理由；inferred 必须写", required=False),
    ),
)
PART: Final = Shape(
    "部分",
    (
        Key("kind", _choice(terms.PART_KINDS), "是什么", required=False),
        Key(
            "file",
            Text(r"[\w./-]+\.yaml", "写方案目录里的文件名，如 sectors/1.yaml"),
            "写在另一个文件里",
            required=False,
        ),
        Key("id", ID, "编号；序号或年份够用的不写", required=False),
        Key("text", Sentences(), "原文：标题、序号、正文都照印，每句一行，原文换行的地方空一行", required=False),
        Key("title", LINE_TEXT, "标题；就是 text 第一行的不写。原文没有标题的，写一个简短的", required=False),
        Key("number", Integer(1), "序号；原文印着的不写", required=False),
        Key("year", Integer(1900, 2200), "总体目标的年份；原文没有年份就不写", required=False),
        Key("begins", _choice(terms.BEGINS), "从哪里起；不写即另起一行", required=False),
        Key("blank_lines", Integer(1, 99), "前面空了几行", required=False),
        Key("responsibilities", ListOf(Record(RESPONSIBILITY)), "正文里写的责任单位", required=False),
        Key("role", _choice(terms.ROLES), "只用于责任行：标签没有说明的角色", required=False),
        Key("names", ListOf(Record(NAMED)), "只用于责任行：连排或另作理解的名称", required=False),
        Key("covers", _choice(terms.COVERS), "只用于责任行：管到哪里；不写即上一级的部分", required=False),
        Key("reading", _choice(terms.READINGS), "只用于责任行：原文写明还是网站推断", required=False),
        Key("note", LINE_TEXT, "只用于责任行：推断的理由", required=False),
        Key("deadline", Record(DEADLINE), "完成时限", required=False),
        _TARGETS,
        _DUTIES,
        Key("parts", ListOf(Nested("part")), "下面的各部分，照原文的顺序", required=False),
    ),
)
"""What a part of the official text is, at any depth; a file may hold one, or without `kind` several."""

CITATION: Final = Shape(
    "引用文件",
    (
        Key("id", ID, "编号"),
        Key("title", LINE_TEXT, "书名号内的文字，照原文"),
        Key("document_number", LINE_TEXT, "文号，照原文；没印就不写", required=False),
        Key("note", LINE_TEXT, "说明", required=False),
    ),
)
CITATIONS_FILE: Final = Shape("引用文件", (Key("citations", ListOf(Record(CITATION)), "方案提到的文件"),))

ODDITY: Final = Shape(
    "印刷疑误",
    (
        Key("id", ID, "编号"),
        Key("line", Integer(1, 999999), "原文行号"),
        Key("printed", LINE_TEXT, "印刷的文字，须逐字一致"),
        Key("kind", Choice(terms.ODDITY_KINDS), "类别"),
        Key("reading", LINE_TEXT, "网站怎样理解"),
        Key("note", LINE_TEXT, "为什么存疑"),
    ),
)
ODDITIES_FILE: Final = Shape("印刷疑误", (Key("oddities", ListOf(Record(ODDITY)), "存疑之处"),))

TERM: Final = Shape(
    "名词",
    (
        Key("id", ID, "编号"),
        Key("term", LINE_TEXT, "名词，照原文"),
        Key("forms", ListOf(LINE_TEXT), "同一名词在原文里的其他写法；只差引号的不必列", required=False),
        Key("by", _choice(terms.EXPLAINED_BY), "谁的解释；不写即方案自己的解释", required=False),
        Key("line", Integer(1, 999999), "解释所在的原文行号；方案自己的解释必须写", required=False),
        Key("quote", LINE_TEXT, "解释它的原文，须逐字一致；方案自己的解释必须写", required=False),
        Key("source", LINE_TEXT, "依据的公开文件，写全名称和文号；本站解释必须写", required=False),
        Key("dated", ROUGH_DATE, "依据的文件何时印发或修订", required=False),
        Key("check", Choice(terms.SOURCE_CHECKS), "文件名称和文号在第二处核对过没有", required=False),
        Key("explanation", LINE_TEXT, "解释：方案自己的只说原文说了的，本站的只说出处说了的"),
    ),
)
GLOSSARY_FILE: Final = Shape("名词解释", (Key("terms", ListOf(Record(TERM)), "方案里的名词和解释"),))

PERIOD: Final = Shape(
    "方案期限",
    (
        Key("start", Integer(1900, 2200), "第一年", required=False),
        Key("end", Integer(1900, 2200), "最后一年", required=False),
        Key("text", LINE_TEXT, "期限，照原文；标题里的年份不必再写", required=False),
    ),
)
VALIDITY: Final = Shape(
    "效力",
    (
        Key("status", _choice(terms.STATUSES), "现在的效力"),
        Key("replaced_by", LINE_TEXT, "由哪个文件替代；只与 replaced 同用", required=False),
        Key("source", LINE_TEXT, "出处：公开的文件或网页"),
    ),
)
GROUP: Final = Shape(
    "群体所指",
    (
        Key("group", LINE_TEXT, "群体名称，须在单位名册里"),
        Key("members", ListOf(Name()), "所指的单位；原文没有列明又无从推断就留空 []"),
        Key("reading", _choice(terms.READINGS), "原文写明还是网站推断"),
        Key("note", LINE_TEXT, "依据"),
    ),
)
EDITION: Final = Shape(
    "数据版本",
    (
        Key("date", DATE, "这一版的日期"),
        Key("number", Integer(0, 9999), "第几版，只增不减；日历程序靠它认出新的一版"),
        Key("calendar", Text(r"[0-9a-f]{12}", "12 位十六进制数"), "这一版日历内容的校验值", required=False),
    ),
)
PLAN_FILE: Final = Shape(
    "方案",
    (
        Key("id", ID, "方案编号，与目录名相同，也是网页地址"),
        Key(
            "source_sha256",
            Text(r"[0-9a-f]{64}", "64 位十六进制数"),
            "source.txt 的 SHA-256 校验值，防止原文被误改",
            required=False,
        ),
        Key("official_url", Text(r"https?://\S+", "写完整网址"), "原文公布在哪里", required=False),
        Key("read_on", DATE, "哪一天在那里读到", required=False),
        Key("document_number", LINE_TEXT, "发文字号，照原文；没有印就不写", required=False),
        Key("edition", Record(EDITION), "数据版本", required=False),
        Key("title", LINE_TEXT, "方案标题；原文里有 kind: title 的部分就不写", required=False),
        Key("short_title", LINE_TEXT, "网页上用的简短标题"),
        Key("reading", PROPOSED, "各部分是什么由导入程序提出、还没有人核对的，写 proposed；核对后删去", required=False),
        Key("period", Record(PERIOD), "起止年份；原文没有就不写", required=False),
        Key("issuers", ListOf(LINE_TEXT, 1), "发文机关；原文里有 kind: issuer 的部分就不写", required=False),
        Key("issued_on", DATE, "成文日期；原文里有 kind: date 的部分就不写", required=False),
        Key("effective_on", DATE, "施行日期，原文写明才写", required=False),
        Key("valid_until", DATE, "有效期到哪一天，原文写明才写", required=False),
        Key("validity", Record(VALIDITY), "现在有没有效力；有公开出处才写", required=False),
        Key("trailing_line_breaks", Integer(1, 99), "原文最后有几个换行；没有就不写", required=False),
        Key("names", ListOf(Record(NAMED)), "只在本方案里这样叫的名称，各指哪个单位", required=False),
        Key("parts", ListOf(Nested("part"), 1), "原文的各部分，照原文的顺序"),
        Key("groups", ListOf(Record(GROUP)), "本方案里各群体指哪些单位", required=False),
    ),
)

FILES: Final = {
    "units": UNITS_FILE,
    "leaders": LEADERS_FILE,
    "plan": PLAN_FILE,
    "part": PART,
    "citations": CITATIONS_FILE,
    "oddities": ODDITIES_FILE,
    "glossary": GLOSSARY_FILE,
}
"""Schema name → what a file of this kind holds."""
