"""Third-party style sheets, fonts and icons: from npm by lock file to ``static/vendor``.

What ends up there, for templates to name::

    vendor/designsystemet.css        the components
    vendor/designsystemet-theme.css  the default theme (tokens)
    vendor/designsystemet-web.js     custom elements, one file
    vendor/fonts.css                 "Inter Variable", Latin and Cyrillic
    vendor/icons.svg                 a sprite of the icons named in icons.txt: #House
    vendor/manifest.json             versions and licences
"""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE / "static" / "vendor"
ICON_NAMES = HERE / "icons.txt"
PROJECT = HERE.parent.parent.parent
MODULES = PROJECT / "node_modules"
LOCK = PROJECT / "package-lock.json"
INSTALLED = MODULES / ".innpass-installed"

COPIES = {
    "@digdir/designsystemet-css/dist/src/index.css": "designsystemet.css",
    "@digdir/designsystemet-css/dist/theme/designsystemet.css": "designsystemet-theme.css",
    "@digdir/designsystemet-web/dist/umd/index.js": "designsystemet-web.js",
}
FONT = "@fontsource-variable/inter"
FONT_SUBSETS = ("cyrillic-ext", "cyrillic", "latin-ext", "latin")
ICONS = "@navikt/aksel-icons"
FONT_FACE = """@font-face {{
  font-family: "Inter Variable";
  font-style: normal;
  font-display: swap;
  font-weight: 100 900;
  src: url("fonts/{file}") format("woff2");
  unicode-range: {unicode_range};
}}
"""


class AssetsMissing(Exception):
    """The assets could not be made; the message says what to do."""


def is_current() -> bool:
    """Say whether ``static/vendor`` and ``node_modules`` are those of the lock file."""
    return is_installed() and is_built()


def is_installed() -> bool:
    """Say whether npm has installed exactly what the lock file names."""
    return INSTALLED.is_file() and INSTALLED.read_text() == _fingerprint(LOCK)


def is_built() -> bool:
    """Say whether ``static/vendor`` was made from this lock file, icon list and module."""
    manifest = VENDOR / "manifest.json"
    if not manifest.is_file():
        return False
    return bool(json.loads(manifest.read_text())["made_from"] == _source())


def install() -> None:
    """Let npm fetch what the lock file names, without running any package's scripts."""
    if not LOCK.is_file():
        raise AssetsMissing("The assets come with an installed Innpass; there is nothing to fetch.")
    npm = shutil.which("npm")
    if npm is None:
        raise AssetsMissing("npm was not found: install Node 20 or newer, then run this again.")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssetsMissing(f"npm could not fetch the assets:\n{done.stderr.strip()}")
    INSTALLED.write_text(_fingerprint(LOCK))


def build() -> None:
    """Fill ``static/vendor`` anew, beside the old one until it is whole."""
    new = VENDOR.with_name("vendor.new")
    shutil.rmtree(new, ignore_errors=True)
    (new / "fonts").mkdir(parents=True)
    for source, name in COPIES.items():
        (new / name).write_text(without_source_map((MODULES / source).read_text()))
    (new / "fonts.css").write_text(_fonts(new / "fonts"))
    (new / "icons.svg").write_text(icon_sprite(icon_names(), MODULES / ICONS / "dist" / "svg"))
    packages = _licences(new / "licences")
    manifest = {"made_from": _source(), "packages": packages}
    (new / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    shutil.rmtree(VENDOR, ignore_errors=True)
    new.rename(VENDOR)


def icon_names() -> list[str]:
    """Read the names of the icons in use, one a line, sorted."""
    lines = ICON_NAMES.read_text().splitlines()
    return sorted({name for line in lines if (name := line.partition("#")[0].strip())})


def icon_sprite(names: list[str], folder: Path) -> str:
    """Put the named icons in one SVG file; their colour is that of the text around them."""
    if missing := [name for name in names if not (folder / f"{name}.svg").is_file()]:
        raise AssetsMissing(f"icons.txt names icons that are not there: {', '.join(missing)}.")
    symbols = [_symbol(name, (folder / f"{name}.svg").read_text()) for name in names]
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>\n"])


def _symbol(name: str, svg: str) -> str:
    box = re.search(r'viewBox="([^"]+)"', svg)
    drawing = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", svg, flags=re.DOTALL).strip()
    drawing = re.sub(r'(fill|stroke)="#[0-9A-Fa-f]+"', r'\1="currentColor"', drawing)
    drawing = re.sub(r"(\d+\.\d{2})\d+", r"\1", drawing)
    view = box.group(1) if box else "0 0 24 24"
    return f'<symbol id="{name}" viewBox="{view}" fill="none">{drawing}</symbol>'


def _fonts(folder: Path) -> str:
    ranges = json.loads((MODULES / FONT / "unicode.json").read_text())
    faces = []
    for subset in FONT_SUBSETS:
        file = f"inter-{subset}-wght-normal.woff2"
        shutil.copyfile(MODULES / FONT / "files" / file, folder / file)
        faces.append(FONT_FACE.format(file=file, unicode_range=ranges[subset]))
    return "\n".join(faces)


def _licences(folder: Path) -> list[dict[str, str]]:
    """Copy the licence text of every package we ship from; return names, versions, licences."""
    folder.mkdir()
    packages = []
    wanted = [name for name in _locked() if not name.startswith("@types/")]
    for name in wanted:
        described = json.loads((MODULES / name / "package.json").read_text())
        file = f"{name.removeprefix('@').replace('/', '-')}.txt"
        texts = sorted((MODULES / name).glob("LICEN[CS]E*"))
        stated = f"{name} states no text of its own; its package.json says {described['license']}."
        (folder / file).write_text(texts[0].read_text() if texts else stated + "\n")
        packages.append(
            {"name": name, "version": described["version"], "licence": described["license"]}
        )
    return packages


def _locked() -> list[str]:
    """Return the packages of the lock file that are not for development only."""
    packages = json.loads(LOCK.read_text())["packages"]
    return sorted(
        place.removeprefix("node_modules/")
        for place, entry in packages.items()
        if place.startswith("node_modules/") and not entry.get("dev")
    )


def without_source_map(text: str) -> str:
    """Drop the line naming a map we do not carry; hashed storage stops at it."""
    text = re.sub(r"(?m)^//# sourceMappingURL=.*$\n?", "", text)
    return re.sub(r"/\*# sourceMappingURL=.*?\*/\n?", "", text)


def _source() -> str:
    return _fingerprint(LOCK, ICON_NAMES, Path(__file__))


def _fingerprint(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
