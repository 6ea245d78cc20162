"""A kept database is made anew when anything has changed that its migrations follow from."""

from pathlib import Path

from tests.migrated import ROOT, sources


def test_imports_are_followed_to_the_end_with_the_data_beside_them(tmp_path: Path) -> None:
    tree = {
        "__init__.py": "",
        "people/__init__.py": "",
        "people/migrations/0001_people.py": "import innpass.people.fields\nimport json\n",
        "people/migrations/0002_words.py": "def run():\n    from innpass.people import words\n",
        "people/migrations/insert.sql": "",
        "people/fields.py": "from innpass.keys.ring import Ring\n",
        "people/views.py": "import innpass.elsewhere\n",
        "people/words.py": "",
        "keys/__init__.py": "import innpass.people.fields\n",
        "keys/ring.py": "Ring = 1\n",
        "keys/ring.yml": "",
        "elsewhere.py": "",
    }
    for name, text in tree.items():
        file = tmp_path / "innpass" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    found = {file.relative_to(tmp_path / "innpass").as_posix() for file in sources(tmp_path)}

    assert found == tree.keys() - {"people/views.py", "elsewhere.py"}


def test_what_ours_import_in_turn_is_among_the_sources() -> None:
    found = {file.relative_to(ROOT / "innpass").as_posix() for file in sources(ROOT)}

    spelled, sealed = "casework/overview/spellings.py", "exchange/sealing/sealing.py"
    assert {spelled, sealed, "casework/sealing/keys.py", "domain/sheets/codewords.yml"} <= found
