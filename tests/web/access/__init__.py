"""Every address, for everybody: who gets in, and what the answers give away.

A new address is declared in ``addresses/<area>.py``, and nothing else needs to be done::

    Address("placements:place", {SUPERVISOR}, person(OPEN), method="post", data={"unit": "x"},
            status=302, notes_reading=True)

- ``may`` is who is let in (other staff get 403) and ``status`` what they get. Declare an address
  once for a person all may see (``OPEN``), and with ``person(HIDDEN)`` (404 for all but the named
  adviser, ``for_named``) and ``person(ABROAD)`` (404) where it takes a person.
- One that can be asked in two ways (GET and POST, other data or query) is declared twice; ``about``
  tells them apart. ``data`` and ``query`` may be functions of the town.
- Each is asked as all 14 users, in a savepoint of its own. Checked are: the status, that nobody
  hidden or of another municipality shows, that no field shows which the role may not read, no
  identity number (``reveals``), and the read log (``notes_reading``). Other methods get 405.
- A page that names fields but nobody's values is declared with ``shows_people=False``.
- A new personal field needs its mark in ``town.markers``, and a cell in ``town.Life``.
"""
