"""Type into a workbook in LibreOffice: steering.py SOFFICE PROFILE IN OUT EDITS.

Run by a Python that has ``uno``, which the tests' own has not. ``EDITS`` is JSON: ``[[sheet, cell,
text], ...]``; a text such as ``2027-06-30`` is typed as that day.
"""

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}
DAY_ZERO = date(1899, 12, 30)


def steer(office: str, profile: str, before: str, after: str, edits: list[list[str]]) -> None:
    """Open, type, save, close."""
    import uno  # type: ignore[import-not-found]
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    pipe = f"innpass{time.time_ns()}"
    command = [office, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    profile_address = f"-env:UserInstallation={Path(profile).as_uri()}"
    running = subprocess.Popen([*command, profile_address], stderr=subprocess.DEVNULL)
    try:
        desktop = _desktop(uno, pipe)
        hidden = PropertyValue(Name="Hidden", Value=True)
        book = desktop.loadComponentFromURL(Path(before).as_uri(), "_blank", 0, (hidden,))
        for sheet, cell, text in edits:
            _type(book.Sheets.getByName(sheet).getCellRangeByName(cell), text)
        kind = PropertyValue(Name="FilterName", Value=FILTERS[Path(after).suffix])
        book.storeToURL(Path(after).as_uri(), (kind,))
        book.close(True)
        desktop.terminate()
        running.wait(30)
    finally:
        running.kill()


def _desktop(uno: Any, pipe: str) -> Any:
    local = uno.getComponentContext()
    make = local.ServiceManager.createInstanceWithContext
    resolver = make("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # it has not started yet; what it raises has no class of its own
            time.sleep(0.25)
        else:
            service = remote.ServiceManager.createInstanceWithContext
            return service("com.sun.star.frame.Desktop", remote)
    raise TimeoutError("LibreOffice did not start")


def _type(cell: Any, text: str) -> None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        cell.setString(text)
    else:
        cell.setValue((day - DAY_ZERO).days)


if __name__ == "__main__":
    office, profile, before, after, edits = sys.argv[1:]
    steer(office, profile, before, after, json.loads(edits))
