"""Makes the picture of the board's paper, a part of `make pictures`: its first pages, by LibreOffice and poppler."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.demo.sandbox import Sandbox
from tests.bot.slack.e2e import EDUCATION, HEALTH, SECRETARY, when
from tests.handlers.papers.word_files import WordFile

FROM = when(10, 8, 9)
PAPERS = when(10, 15, 16, 1)
ANSWERS = (
    (EDUCATION, "healthy-5 off track, two schools have lost their advisors and the bid for new ones failed"),
    (HEALTH, "healthy-4 amber, the third profile waits for data"),
    (HEALTH, "healthy-9 done, the new offer opened on 1 October and the page with its form is live"),
)
NEEDED = ("soffice", "pdftoppm")
PAGES = 2
WIDTH = 1000
GAP = 12
COLOURS = 64
"""What is shown is black on white, with a little blue."""


def paper_of_the_example(sandbox: Sandbox) -> WordFile:
    """The paper of Friday 23 October as its secretary gets it on papers day, after a few leads have answered."""
    for user, words in ANSWERS:
        sandbox.say(user, words)
    sandbox.clock.move(PAPERS)
    sandbox.tick()

    def sent() -> list[str]:
        files = [file for one in sandbox.workspace.dm(SECRETARY) for file in one.files]
        return [file["id"] for file in files if file["name"].endswith("2020-10-23.docx")]

    (file_id,) = sandbox.workspace.wait_for(sent, what="the paper")
    return WordFile(sandbox.workspace.uploaded(file_id)[1])


def keep_paper(paper: WordFile, kept: Path, said: str) -> None:
    """Keeps its first pages, one below the other; says so where there is no LibreOffice."""
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        print(f"The picture of the paper stays as it is: there is no {' and no '.join(missing)}.")
        return
    with TemporaryDirectory() as folder:
        file = Path(folder) / "paper.docx"
        file.write_bytes(paper.content)
        convert = ("soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf")
        subprocess.run((*convert, "--outdir", folder, str(file)), check=True, capture_output=True)
        pages = ("pdftoppm", "-png", "-l", str(PAGES), "-scale-to-x", str(WIDTH), "-scale-to-y", "-1")
        subprocess.run((*pages, str(file.with_suffix(".pdf")), f"{folder}/page"), check=True)
        shown = [Image.open(page).convert("RGB") for page in sorted(Path(folder).glob("page*.png"))]
        height = sum(page.height for page in shown) + GAP * (len(shown) - 1)
        whole = Image.new("RGB", (WIDTH, height), "grey")
        top = 0
        for page in shown:
            whole.paste(page, (0, top))
            top += page.height + GAP
        about = PngInfo()
        about.add_itxt("said", said)
        whole.quantize(COLOURS).save(kept, optimize=True, pnginfo=about)
