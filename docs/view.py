"""Takes the picture of the demo's page that stands in the README; needs Chromium."""

import base64
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.integration import browser

PICTURE = Path(__file__).with_name("view.png")
WIDTH, HEIGHT = 1400, 800
CHOSEN = "面单老K"
_BOX = "document.getElementById('find')"
_SETTLED = 0.6
"""Seconds after which search and drawing have ended."""


def picture(program: str) -> bytes:
    """The page that `heichan demo` writes, with one broker chosen, as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).with_name("heichan")), "demo", f"{folder}/case"]
        environment = {**os.environ, "XDG_STATE_HOME": folder}
        subprocess.run(command, capture_output=True, env=environment, check=True)
        with browser.page(program, Path(folder) / "profile") as tab:
            size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
            tab.call("Emulation.setDeviceMetricsOverride", **size)
            tab.open(Path(folder) / "case" / "demo.html")
            _choose(tab)
            shot = tab.call("Page.captureScreenshot", format="png")
    return base64.b64decode(shot["data"])


def _choose(tab: browser.Page) -> None:
    """Opens the panel of the broker, and leaves the search box empty."""
    for words in (CHOSEN, ""):
        tab.value(f"{_BOX}.focus(); {_BOX}.value = '{words}';")
        tab.value(f"{_BOX}.dispatchEvent(new Event('input'))")
        time.sleep(_SETTLED)
        if words:
            tab.key("Enter")
    tab.value("document.activeElement.blur()")
    time.sleep(_SETTLED)


def main() -> None:
    """Write the picture anew."""
    program = browser.binary()
    if program is None:
        raise SystemExit("no Chromium on this machine")
    PICTURE.write_bytes(picture(program))


if __name__ == "__main__":
    main()
