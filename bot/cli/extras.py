"""What a production install leaves out: the requirements of the extra `demo`, read from the program's own metadata."""

from importlib.metadata import PackageNotFoundError, requires, version

from models.errors import Refusal

DISTRIBUTION = "cypp-action-tracker"
_DEMO = 'extra == "demo"'


def missing_for_demo() -> list[str]:
    """Return the requirements of the demo that are not installed, each as pip takes it."""
    wanted = [line.partition(";")[0].strip() for line in requires(DISTRIBUTION) or () if _DEMO in line]
    return [one for one in wanted if not _is_installed(one.partition(">")[0])]


def check_demo() -> None:
    """Raise Refusal where the demo cannot run, with what to install."""
    if missing := missing_for_demo():
        names = " ".join(f'"{one}"' for one in missing)
        raise Refusal(f"The demo needs more than runs in production: say “make demo”, or “pip install {names}”.")


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
