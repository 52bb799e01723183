"""A library and a manifesto of any size, always the same for the same size: what benchmarks run on."""

import random
from pathlib import Path

PRIORITIES = 12
_WORDS = [
    "street",
    "safer",
    "young",
    "people",
    "council",
    "police",
    "work",
    "help",
    "local",
    "area",
    "plan",
    "share",
    "group",
    "health",
    "school",
    "park",
    "evening",
    "trust",
    "listen",
    "visit",
    "shop",
    "night",
    "road",
    "bus",
    "home",
    "family",
    "sport",
    "advice",
    "train",
    "skill",
    "fund",
    "report",
    "offer",
    "build",
    "change",
]


def write(folder: Path, ideas: int) -> Path:
    """A project in a folder, with a library of so many ideas in `library/` and a fifth as many case studies; the project's folder.

    Each idea has a body of about 210 words with two headings, a list and a link, a claim with its source, and a case study.
    """
    chance = random.Random(ideas)  # noqa: S311 - the same text each time is what is wanted
    library = folder / "library"
    for below in ("priorities", "ideas", "case-studies"):
        (library / below).mkdir(parents=True, exist_ok=True)
    studies = max(ideas // 5, 1)
    _put(library / "library.yaml", "id: bench\ntitle: Bench\n")
    _put(library / "sources.yaml", "".join(f"source-{i}: {{title: Report {i}}}\n" for i in range(50)))
    for i in range(PRIORITIES):
        _put(library / f"priorities/priority-{i}.yaml", f"title: Priority {i}\norder: {i}\n")
    for i in range(ideas):
        _put(library / f"ideas/idea-{i:05}.yaml", _idea(chance, i, studies))
    for i in range(studies):
        body = _body(chance, "")
        _put(
            library / f"case-studies/study-{i:05}.yaml",
            f"title: Case study {i}\nsummary: {_sentence(chance)}\n{body}",
        )
    _put(folder / "manifesto.yaml", _manifesto())
    return folder


def _idea(chance: random.Random, i: int, studies: int) -> str:
    link = f"[another idea](idea:idea-{max(i - 1, 0):05})"
    return (
        f"title: Idea {i} for ((office.area))\npriority: priority-{i % PRIORITIES}\nsummary: {_sentence(chance)}\n"
        f"pledge: I will {_sentence(chance).lower()}\n{_body(chance, link)}"
        f"tags: [{chance.choice(_WORDS)}, {chance.choice(_WORDS)}]\noffices: [pcc, mayor]\npower: own\nlevers: [fund, convene]\n"
        f"claims:\n  - text: {_sentence(chance)}\n    figure: {{value: {chance.randint(1, 99)}, unit: percent}}\n"
        f"    source: source-{chance.randrange(50)}\n    as_of: 2025\ncase_studies: [study-{i % studies:05}]\n"
        f"measure: {{metric: Things done, target: {{value: 12, by: 2029-05}}}}\ncost: {{per_year: {chance.randint(1, 99)}000}}\n"
    )


def _body(chance: random.Random, link: str) -> str:
    paragraphs = [
        " ".join(_sentence(chance) for _ in range(3)) + (f" {link}" if link and i == 1 else "")
        for i in range(5)
    ]
    points = [f"- **{_sentence(chance)}** {_sentence(chance)}" for _ in range(4)]
    parts = [
        paragraphs[0],
        "## Why",
        *paragraphs[1:3],
        "## How it could work",
        "\n".join(points),
        *paragraphs[3:],
    ]
    lines = "\n\n".join(parts).split("\n")
    return "body: |\n" + "".join(f"  {line}\n" if line else "\n" for line in lines)


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randint(7, 11))).capitalize() + "."


def _manifesto() -> str:
    picks = "".join(f"  - priority: priority-{i}\n    ideas: all\n" for i in range(PRIORITIES))
    return (
        "format: 1\ntitle: Everything at once\ncandidate: {name: Robin Example (fictional)}\n"
        "office: {role: pcc, title: Police and Crime Commissioner, area: Exampleshire}\nimprint: {jurisdiction: none}\n"
        f"site: {{url: https://example.org/}}\nlibraries: [{{path: library}}]\npriorities:\n{picks}"
    )


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
