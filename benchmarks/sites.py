"""The content as sites of other generators, with layouts that make the same pages as the theme `bench`."""

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.content import PRIORITIES, REGION, TITLE, Content, Idea, filled

LAYOUTS = Path(__file__).parent / "peers"
STYLE = Path(__file__).parent / "themes" / "bench" / "assets" / "style.css"
IDEAS = "content/ideas"
"""The folder of ideas in both, seen from the site's."""


def write_hugo(folder: Path, content: Content) -> None:
    """Write a site for Hugo into a folder, which is made."""
    pages = _site(folder, "hugo")
    _put(pages / "_index.md", {"title": TITLE})
    for name, title in PRIORITIES.items():
        _put(pages / "priorities" / name / "_index.md", {"title": title})
    for idea in content.ideas:
        put_hugo_idea(folder, idea)
    for study in content.case_studies:
        head = {"title": study.title, "date": study.since, "description": study.summary, "place": study.place}
        _put(pages / "case-studies" / f"{study.id}.md", head, study.body)


def put_hugo_idea(folder: Path, idea: Idea, region: str = REGION) -> None:
    """Write an idea into a site for Hugo."""
    head = {
        "title": idea.title,
        "date": idea.updated,
        "description": idea.summary,
        "priorities": [idea.priority],
        "tags": idea.tags,
        "partners": idea.partners,
        "case_studies": idea.case_studies,
    }
    _put(folder / IDEAS / f"{idea.id}.md", head, filled(idea.body, region))


def write_zola(folder: Path, content: Content) -> None:
    """Write a site for Zola into a folder, which is made."""
    pages = _site(folder, "zola")
    _put(pages / "_index.md", {"title": TITLE})
    _put(pages / "ideas" / "_index.md", {"render": False, "page_template": "idea.html"})
    _put(pages / "case-studies" / "_index.md", {"render": False, "page_template": "case-study.html"})
    for idea in content.ideas:
        put_zola_idea(folder, idea)
    for study in content.case_studies:
        head = {
            "title": study.title,
            "date": study.since,
            "description": study.summary,
            "extra": {"place": study.place},
        }
        _put(pages / "case-studies" / f"{study.id}.md", head, study.body)


def put_zola_idea(folder: Path, idea: Idea, region: str = REGION) -> None:
    """Write an idea into a site for Zola."""
    head = {
        "title": idea.title,
        "date": idea.updated,
        "description": idea.summary,
        "taxonomies": {"priorities": [idea.priority]},
        "extra": {
            "priority": idea.priority,
            "tags": idea.tags,
            "partners": idea.partners,
            "case_studies": idea.case_studies,
        },
    }
    _put(folder / IDEAS / f"{idea.id}.md", head, filled(idea.body, region))


def _site(folder: Path, generator: str) -> Path:
    """The folder of pages in a new site, with the folders of records in it."""
    shutil.copytree(LAYOUTS / generator, folder)
    (folder / "static").mkdir()
    shutil.copyfile(STYLE, folder / "static" / "style.css")
    for below in ("ideas", "case-studies"):
        (folder / "content" / below).mkdir(parents=True)
    return folder / "content"


def _put(path: Path, head: Mapping[str, Any], body: str = "") -> None:
    lines = "".join(f"{name}: {_yaml(value)}\n" for name, value in head.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{lines}---\n{body}", encoding="utf-8")


def _yaml(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
