"""Style sheets, fonts and icons."""

from pathlib import Path

import pytest

from innpass.web.design import assets

HOUSE = """<svg width="1em" height="1em" viewBox="0 0 24 24" fill="none">
<path d="M11.4697 2.46967" fill="#23262A"/>
</svg>
"""


def test_icons_become_one_sprite_in_the_colour_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "House.svg").write_text(HOUSE)

    sprite = assets.icon_sprite(["House"], tmp_path)

    assert '<symbol id="House" viewBox="0 0 24 24"' in sprite
    assert 'd="M11.46 2.46" fill="currentColor"' in sprite
    assert "#23262A" not in sprite


def test_an_icon_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(assets.AssetsMissing, match="Castle"):
        assets.icon_sprite(["Castle"], tmp_path)


def test_names_of_source_maps_are_dropped() -> None:
    script = "let a;\n//# sourceMappingURL=a.js.map\n"
    style = "a{}\n/*# sourceMappingURL=a.css.map */\n"

    assert assets.without_source_map(script) == "let a;\n"
    assert assets.without_source_map(style) == "a{}\n"


def test_the_list_of_icons_is_sorted_and_names_each_once() -> None:
    names = [line for line in assets.ICON_NAMES.read_text().splitlines() if line[:1].isalpha()]

    assert names == assets.icon_names()
