"""What a workbook may hold that Innpass does not read, and how the report says so."""

from enum import StrEnum


class Ignored(StrEnum):
    """Content that is left where it is; the value travels from the child to the parent."""

    MACROS = "macros"
    EXTERNAL_LINKS = "external_links"
    CONNECTIONS = "connections"
    EMBEDDED_OBJECTS = "embedded_objects"
    PICTURES = "pictures"
    CHARTS = "charts"
    COMMENTS = "comments"
    COLOURS = "colours"
    UNCALCULATED_FORMULAS = "uncalculated_formulas"


SENTENCES: dict[Ignored, str] = {
    Ignored.MACROS: "Makroer leses ikke.",
    Ignored.EXTERNAL_LINKS: "Lenker til andre filer leses ikke; tallene som er lagret, leses.",
    Ignored.CONNECTIONS: "Tilkoblinger til andre datakilder leses ikke.",
    Ignored.EMBEDDED_OBJECTS: "Innebygde filer og skjemaknapper leses ikke.",
    Ignored.PICTURES: "Bilder og figurer leses ikke.",
    Ignored.CHARTS: "Diagrammer leses ikke.",
    Ignored.COMMENTS: "Merknader (kommentarer) leses ikke.",
    Ignored.COLOURS: "Farger leses ikke.",
    Ignored.UNCALCULATED_FORMULAS: (
        "Formler uten lagret resultat leses som tomme celler."
        " Åpne filen i regnearkprogrammet og lagre den for å få med resultatene."
    ),
}
