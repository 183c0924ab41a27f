"""What a wheel installs: one package with the program's four folders in it.

The reasons: docs/decisions/0063-what-the-wheel-installs.md.
"""

from setuptools import find_packages, setup

PACKAGE = "cypp_action_tracker"
FOLDERS = ("bot", "handlers", "models", "schedules")
LAUNCHER = "bot.launcher"

setup(
    packages=[
        PACKAGE,
        *(
            f"{PACKAGE}.{name}"
            for name in find_packages(include=[*FOLDERS, *(f"{folder}.*" for folder in FOLDERS)], exclude=[LAUNCHER])
        ),
    ],
    package_dir={PACKAGE: LAUNCHER.replace(".", "/"), **{f"{PACKAGE}.{folder}": folder for folder in FOLDERS}},
)
