"""The content as a project of `manifesto`: a library in `library/`, a manifesto that takes all of it, and a theme."""

import json
import shutil
from pathlib import Path

from benchmarks.content import (
    LINKS,
    PRIORITIES,
    PROMOTER,
    REGION,
    TAGLINE,
    TITLE,
    URL,
    CaseStudy,
    Content,
    Idea,
)

THEMES = Path(__file__).parent / "themes"
IDEAS = "library/ideas"
"""The folder of ideas, seen from the project's."""


def write_project(folder: Path, content: Content, theme: str = "bench") -> None:
    """Write the project into a folder, which is made."""
    library = folder / "library"
    for below in ("ideas", "case-studies", "priorities"):
        (library / below).mkdir(parents=True)
    _put(library / "library.yaml", "id: plans\ntitle: Plans\n")
    for i, (name, title) in enumerate(PRIORITIES.items(), 1):
        _put(library / f"priorities/{name}.yaml", f"title: {title}\norder: {i}\n")
    for idea in content.ideas:
        put_idea(folder, idea)
    for study in content.case_studies:
        _put(library / f"case-studies/{study.id}.yaml", _study_text(study))
    put_manifesto(folder, theme)
    if (THEMES / theme).is_dir():
        shutil.copytree(THEMES / theme, folder / "themes" / theme)


def put_idea(folder: Path, idea: Idea) -> None:
    """Write an idea into a project."""
    question = "questions:\n  region: {ask: Where would it begin?}\n" if idea.regional else ""
    _put(
        folder / IDEAS / f"{idea.id}.yaml",
        f"title: {idea.title}\npriority: {idea.priority}\nsummary: {_quoted(idea.summary)}\n{_body(idea.body)}"
        f"tags: [{', '.join(idea.tags)}]\npartners: [{', '.join(idea.partners)}]\n"
        f"case_studies: [{', '.join(idea.case_studies)}]\n{question}updated: {idea.updated}\n",
    )


def put_manifesto(folder: Path, theme: str, region: str = REGION) -> None:
    """Write the manifesto of a project."""
    links = "".join(
        f"      - {{title: {_quoted(title)}, url: {_quoted(url)}}}\n" for title, url in LINKS.items()
    )
    picks = "".join(f"  - {{priority: {name}, ideas: all}}\n" for name in PRIORITIES)
    _put(
        folder / "manifesto.yaml",
        f"format: 1\ntitle: {TITLE}\ntagline: {_quoted(TAGLINE)}\n"
        f"candidate:\n  name: {PROMOTER[0]}\n  contact:\n    links:\n{links}office: {{role: councillor}}\n"
        f"imprint:\n  jurisdiction: uk\n  promoter: {{name: {PROMOTER[0]}, address: {_quoted(PROMOTER[1])}}}\n"
        f"site:\n  url: {URL}\n  theme: {theme}\nlibraries:\n  - path: library\n"
        f"values:\n  region: {_quoted(region)}\npriorities:\n{picks}",
    )


def _study_text(study: CaseStudy) -> str:
    return (
        f"title: {_quoted(study.title)}\nsummary: {_quoted(study.summary)}\nplace: {{name: {study.place}}}\n"
        f"since: {study.since}\n{_body(study.body)}"
    )


def _body(text: str) -> str:
    return "body: |\n" + "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())


def _quoted(text: str) -> str:
    """A text as YAML, whatever is in it: what JSON says, YAML says too."""
    return json.dumps(text, ensure_ascii=False)


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
