"""What the preview notices, and how it says what is wrong."""

import json
import shutil
import threading
import time
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.disk.projects import label_of
from manifesto_cli.disk.seeing import differing, see
from manifesto_cli.faults.diagnostic import has_errors
from manifesto_cli.preview.watching import Ticks, by_looking, watch
from support.pictures import picture, written
from support.previews import IDEA, PATIENCE, Preview, page, previewed, project


def test_a_file_that_is_saved_by_renaming_is_noticed(preview: Preview) -> None:
    """As vim and many others do, who also try whether they may write and leave a copy beside it."""

    def save() -> None:
        folder = preview.root / "ideas"
        (folder / "4913").write_text("")
        (folder / "4913").unlink()
        (folder / "lights.yaml").rename(folder / "lights.yaml~")
        (folder / ".lights.yaml.swp").write_text(IDEA.replace("mend", "change"))
        (folder / ".lights.yaml.swp").rename(folder / "lights.yaml")
        (folder / "lights.yaml~").unlink()

    news = preview.after(save)
    assert news.changed == (str(preview.root / "ideas" / "lights.yaml"),)
    assert "I will change the lights" in page(preview)


def test_new_and_deleted_files_and_folders_are_noticed(preview: Preview) -> None:
    """A folder with all that is in it, too."""
    study = "title: A study\nsummary: It worked.\n"
    assert preview.after(lambda: preview.write("case-studies/study.yaml", study)).changed
    preview.edit("ideas/lights.yaml", "pledge:", "case_studies: [study]\npledge:")
    preview.wait(lambda news: news.pages == preview.news[0].pages + 2)
    assert has_errors(preview.after(lambda: shutil.rmtree(preview.root / "case-studies")).faults)
    preview.edit("ideas/lights.yaml", "case_studies: [study]\n", "")
    preview.wait(lambda news: news.number > 3 and not has_errors(news.faults))


def test_what_is_built_into_the_project_changes_nothing(preview: Preview) -> None:
    """Nor do hidden files, editors' copies, and folders that are none of ours."""
    last = preview.news[-1].number
    assert main(["build", "-q", "-C", str(preview.root)]) == 0
    for path in (
        ".git/HEAD",
        "node_modules/a.yaml",
        "ideas/.#lights.yaml",
        "ideas/lights.yaml~",
        "ideas/#lights.yaml#",
    ):
        preview.write(path, "a")
    news = preview.after(lambda: preview.edit("ideas/lights.yaml", "mend", "change"))
    assert news.number == last + 1
    assert news.changed == (str(preview.root / "ideas" / "lights.yaml"),)


def test_a_manifesto_that_goes_and_comes_back(preview: Preview) -> None:
    """Meanwhile the last pages stay, and it is said what is missing."""
    text = (preview.root / "manifesto.yaml").read_text()
    news = preview.after((preview.root / "manifesto.yaml").unlink)
    assert news.trouble
    assert "there is no" in news.trouble.headline
    assert "First words." in page(preview, "/repo/")
    assert "put it back" in preview.get("/_preview/state?page=/repo/").text
    news = preview.after(lambda: preview.write("manifesto.yaml", text))
    assert news.trouble is None


def test_a_library_that_comes_later_is_noticed(preview: Preview, tmp_path: Path) -> None:
    """It is listed before it is there, and lies elsewhere; then what changes in it counts."""
    listed = preview.after(
        lambda: preview.edit("manifesto.yaml", "foreword:", "libraries: [{path: ../shared}]\nforeword:")
    )
    assert has_errors(listed.faults)
    shared = tmp_path / "shared"

    def arrive() -> None:
        project(tmp_path / "new")
        (tmp_path / "new" / "library.yaml").write_text("id: shared\ntitle: Shared\n")
        (tmp_path / "new" / "manifesto.yaml").unlink()
        (tmp_path / "new" / "ideas" / "lights.yaml").rename(tmp_path / "new" / "ideas" / "trams.yaml")
        (tmp_path / "new" / "priorities" / "streets.yaml").write_text("title: Trams\nsummary: More.\n")
        (tmp_path / "new").rename(shared)

    preview.after(arrive)
    preview.wait(lambda news: news.number > listed.number and not has_errors(news.faults))
    number = preview.news[-1].number
    (shared / "ideas" / "trams.yaml").write_text(IDEA.replace("the lights", "the trams"))
    preview.wait(lambda news: news.number > number)
    assert "I will mend the trams" in page(preview, "/repo/pledges/trams.html")


def test_a_checkout_of_many_files_is_one_change(preview: Preview) -> None:
    """As long as git holds its lock, and until files are quiet, nothing is built."""
    lock = preview.root / ".git" / "index.lock"
    lock.parent.mkdir()
    last = preview.news[-1].number

    def checkout() -> None:
        lock.write_text("")
        for i in range(300):
            preview.write(f"ideas/idea-{i}.yaml", IDEA)
            if i % 50 == 0:
                time.sleep(0.03)  # longer than a save takes from one step to the next
        lock.unlink()

    news = preview.after(checkout)
    assert news.number == last + 1
    assert len(news.changed) == 300


def test_what_cannot_be_read_is_said_and_the_preview_goes_on(preview: Preview) -> None:
    """A link to nothing, and a folder where a file should be."""
    place = preview.root / "ideas" / "lights.yaml"

    def break_it() -> None:
        place.unlink()
        place.symlink_to("nowhere.yaml")

    assert has_errors(preview.after(break_it).faults)
    assert "I will mend the lights" in page(preview)
    place.unlink()
    last = preview.news[-1].number
    place.write_text(IDEA)
    preview.wait(lambda news: news.number > last and not has_errors(news.faults))


def test_where_the_system_cannot_tell_changes_are_looked_for(tmp_path: Path) -> None:
    """Systems can watch only so many folders, and some disks cannot be watched; it is said why."""
    project(tmp_path)
    found: list[tuple[str, ...]] = []
    said: list[str] = []
    ended, noticed = threading.Event(), threading.Event()

    def exhausted(_: object) -> Ticks:
        raise OSError(28, "No space left on device")

    def changed(paths: tuple[str, ...]) -> None:
        found.append(paths)
        noticed.set()

    before = see([tmp_path])
    (tmp_path / "ideas" / "lights.yaml").write_text("title: x\n")
    work = threading.Thread(
        target=watch,
        args=(lambda: [tmp_path], before, changed, ended),
        kwargs={"listen": exhausted, "polling": said.append},
    )
    work.start()
    assert noticed.wait(PATIENCE)
    noticed.clear()
    (tmp_path / "manifesto.yaml").unlink()
    assert noticed.wait(PATIENCE)
    ended.set()
    work.join()
    assert said == ["No space left on device"]
    assert next(by_looking(()))


def test_a_folder_that_is_no_library_is_not_looked_through(tmp_path: Path) -> None:
    """A manifesto can list any path, such as the root of the disk."""
    (tmp_path / "media" / "deep").mkdir(parents=True)
    (tmp_path / "media" / "deep" / "a.jpg").write_bytes(b"a")
    before = see([tmp_path])
    assert len(before.folders) == 1
    (tmp_path / "library.yaml").write_text("id: a\ntitle: A\n")
    now = see([tmp_path])
    assert len(now.folders) == 3
    assert set(differing(before, now)) == {
        str(tmp_path / "library.yaml"),
        str(tmp_path / "media" / "deep" / "a.jpg"),
    }


def rest(preview: Preview, path: str) -> str:
    """The mark of what a page loads besides its words and its style."""
    return str(json.loads(preview.get(f"/_preview/state?page=/repo/{path}").body)["rest"])


def test_a_new_picture_concerns_the_pages_that_show_it(tmp_path: Path) -> None:
    """Under the same name; all other pages stay as they are."""
    root = project(tmp_path)
    (root / "media").mkdir()
    place = root / "media" / "street light.jpg"
    place.write_bytes(picture("jpeg", 600, 400))
    (root / "ideas" / "lights.yaml").write_text(
        IDEA + "body: |\n  Some words.\n\n  ![A street](<media/street light.jpg>)\n"
    )
    with previewed(root) as preview:
        pages = ("pledges/lights.html", "privacy.html")
        before = [rest(preview, path) for path in pages]
        preview.after(lambda: place.write_bytes(picture("jpeg", 640, 400)))
        now = [rest(preview, path) for path in pages]
    assert before[0] != now[0]
    assert before[1] == now[1]


def test_what_is_wrong_is_told_as_on_the_terminal(
    preview: Preview, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same excerpt, letter for letter, and a link to the place in the file."""
    preview.after(lambda: preview.edit("ideas/lights.yaml", "pledge:", "pledg:"))
    state = json.loads(preview.get("/_preview/state?page=/repo/").body)
    assert len(state["faults"]) == state["more"] + 1
    fault = state["faults"][0]
    main(["check", "-C", str(preview.root), "--color", "never"])
    printed = capsys.readouterr().out
    assert fault["title"] in printed
    assert fault["excerpt"] in printed
    assert f"= help: {fault['help']}" in printed
    assert fault["place"] == f"{label_of(preview.root)}ideas/lights.yaml:4:1"
    assert fault["link"] == f"vscode://file{preview.root}/ideas/lights.yaml:4:1"


def test_a_link_leads_to_files_with_any_name(tmp_path: Path) -> None:
    """Spaces, umlauts and percent signs are written as addresses have them."""
    root = project(tmp_path / "Größe 100% #1")
    (root / "ideas" / "lights.yaml").write_text(IDEA.replace("pledge:", "pledg:"))
    with previewed(root) as preview:
        link = json.loads(preview.get("/_preview/state?page=/").body)["faults"][0]["link"]
    assert link.endswith("/Gr%C3%B6%C3%9Fe%20100%25%20%231/ideas/lights.yaml:4:1")


def test_warnings_are_never_shown_over_a_page(preview: Preview) -> None:
    """They stop nothing, so neither do they stop a reader."""
    news = preview.after(
        lambda: preview.edit("ideas/lights.yaml", "pledge:", "claims: [{text: So it is.}]\npledge:")
    )
    assert news.faults
    assert not has_errors(news.faults)
    assert json.loads(preview.get("/_preview/state?page=/repo/").body)["faults"] == []


def test_faults_of_pages_that_nobody_looks_at_are_found(preview: Preview) -> None:
    """All pages are made while nobody asks for any."""
    preview.after(lambda: preview.write("themes/civic/templates/privacy.html", "{{ nothing.there }}"))
    news = preview.wait(lambda news: news.complete and has_errors(news.faults))
    assert {fault.code for fault in news.faults} >= {"template-undefined"}


def test_a_picture_that_turns_out_to_be_damaged_is_said(tmp_path: Path) -> None:
    """Only when it is made it is known that its end is missing."""
    root = project(tmp_path)
    (root / "media").mkdir()
    damaged = written("png, 1200 × 800, damaged inside\n")
    assert damaged
    (root / "media" / "hall.png").write_bytes(damaged)
    text = (root / "manifesto.yaml").read_text()
    (root / "manifesto.yaml").write_text(
        text.replace(
            "{name: Robin Example}", "{name: Robin Example, photo: {file: media/hall.png, alt: A hall}}"
        )
    )
    with previewed(root) as preview:
        news = preview.wait(lambda news: news.complete)
        assert {fault.code for fault in news.faults if fault.severity == 3} == {"picture-unreadable"}
