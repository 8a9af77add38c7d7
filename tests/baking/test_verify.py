"""`bake --verify` finds what is not as it is live, follows every link, and has the next bake mend it."""

import gzip
import io
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError, OutputWrapper

from factcheck.baking.progress import Progress
from factcheck.published.models import StoryPage
from tests.published.documents import at, notice, publish, visa_document
from tests.website.addresses import VISA

PAGE = f"claims/{VISA}/index.html"


@pytest.fixture
def verify(bake, folder, capsys):
    """What --verify says of `folder`, a line each; what it told apart on standard error is left out."""

    def run():
        try:
            call_command("bake", folder, "--verify")
        except CommandError:
            return capsys.readouterr().out.splitlines()
        return []

    bake()
    assert run() == []
    capsys.readouterr()
    return run


def altered(path):
    path.write_bytes(path.read_bytes().replace(b"Unproven", b"Proven!!"))


def another_gzip(path):
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(b"something else"))


def broken_gzip(path):
    packed = path.with_name(f"{path.name}.gz")
    packed.write_bytes(packed.read_bytes()[:-20])


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (altered, "is not what the live site answers."),
        (another_gzip, "is not what its gzip holds."),
        (broken_gzip, "is not what its gzip holds."),
        (lambda path: path.unlink(), "is missing."),
    ],
)
def test_a_file_that_is_not_as_it_is_live_is_named_and_mended_by_the_next_bake(verify, bake, folder, done, said):
    done(folder / PAGE)
    assert f"{PAGE} {said}" in verify()
    bake()
    assert verify() == []


def test_what_was_published_since_is_named(verify):
    publish(visa_document(why_chosen="It accuses three."), notice=notice(), at=at(13))
    said = verify()
    assert f"{PAGE} is not what the live site answers." in said
    assert f"claims/{VISA}/editions/3/index.html is missing." in said


def test_a_link_that_leads_nowhere_is_named_once(verify, folder):
    (folder / "topics/immigration/index.html").unlink()
    [said] = [line for line in verify() if "links to /topics/immigration/" in line]
    assert re.fullmatch(r"\S+\.html \(and [1-9]\d* more\) links to /topics/immigration/, and nothing is there\.", said)


def test_the_first_faults_are_named_and_all_of_them_counted(bake, folder, capsys):
    bake()
    pages = [path for path in folder.rglob("*.html") if path.name == "index.html"]
    assert len(pages) > 20
    for page in pages:
        page.write_text("Nothing to see.")
    with pytest.raises(CommandError) as stopped:
        call_command("bake", folder, "--verify")
    *named, last = capsys.readouterr().out.splitlines()
    [faults, files] = map(int, re.match(r"(\d+) faults in (\d+) files\.", str(stopped.value)).groups())
    baked = [
        path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz" and ".baked" not in path.parts
    ]
    assert (faults, files) == (len(pages), len(baked))
    assert (len(named), last) == (20, f"And {faults - 20} more.")
    bake()
    assert f"{files} files are what the live site answers" in bake("--verify")


def test_progress_counts_no_further_than_there_is():
    progress = Progress(OutputWrapper(told := io.StringIO()), moving=False)
    progress.tell("compared", 128, 127)
    progress.end()
    assert "128 of 128" in told.getvalue()


def test_what_is_not_published_any_more_is_named(verify):
    StoryPage.objects.all().delete()
    assert (
        "stories/uyghurs-in-new-zealand-on-the-un-report/index.html is there, and nothing of it is published now."
        in (verify())
    )


def test_files_of_others_are_told_apart_and_are_no_fault(verify, folder, capsys):
    (folder / "favicon.ico").write_bytes(b"mine")
    call_command("bake", folder, "--verify")
    assert "favicon.ico was not baked, and is left alone." in capsys.readouterr().err


def test_a_folder_that_was_never_baked_has_nothing_to_compare(site, tmp_path):
    with pytest.raises(CommandError, match="holds no baked site"):
        call_command("bake", tmp_path, "--verify")
