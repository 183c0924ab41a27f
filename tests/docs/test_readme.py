"""The README is short, and always true: its session gives what it prints, and its first picture begins with news."""

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def session() -> list[tuple[str, str]]:
    """The commands of the pasted session, and what the README says each prints."""
    block = README.split("<!-- session -->")[1].split("```console\n")[1].split("```")[0]
    steps = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        steps.append((command, output.strip()))
    return steps


def test_the_readme_has_at_most_700_words() -> None:
    assert len(README.split()) <= 700


def test_the_readme_says_that_no_licence_is_chosen() -> None:
    assert not list(ROOT.glob("LICEN[CS]E*"))
    assert "no licence" in README


def test_the_session_prints_what_the_readme_says(tmp_path: Path) -> None:
    said = session()
    assert [command.split()[0] for command, _ in said[:2]] == ["make", "source"]
    assert len(said) > 5
    (tmp_path / "bot" / "demo").mkdir(parents=True)
    example = "bot/demo/my-sefton-2020-2025.yaml"
    (tmp_path / example).write_bytes((ROOT / example).read_bytes())
    cypp = ROOT / ".venv" / "bin" / "cypp"
    for command, output in said[2:]:
        program, *arguments = shlex.split(command)
        assert program == "cypp"
        ran = subprocess.run([cypp, *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert ran.returncode == 0, f"{command}\n{ran.stderr}"
        if output:
            assert ran.stdout.strip() == output, command


def test_the_first_picture_is_the_answer_and_its_first_words_are_the_counts() -> None:
    picture = re.search(r"!\[[^\]]*\]\(([^)]+)\)", README)
    assert picture is not None
    with Image.open(ROOT / picture[1]) as image:
        said = str(image.info["said"])
    assert re.match(r"Priority 7 shares the 9 actions of theme Healthy \(priorities 7–9\): 1 off track, ", said)


def test_the_image_holds_the_program_and_nothing_else_that_lies_in_the_folder() -> None:
    """Tokens, the plan and its backups lie beside the program, as the guide has it."""
    lines = (ROOT / "bot" / "install" / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = {name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]}
    folders = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert copied == {"pyproject.toml", "setup.py", "README.md", "requirements.lock", *folders["root_packages"]}
