"""Why a file is not read, as a sentence the reader of the screen can act on."""

from enum import StrEnum

from innpass.exchange.workbooks import limits


class Reason(StrEnum):
    """The reasons a file is refused; the value travels from the child to the parent."""

    EMPTY = "empty"
    FILE_TOO_LARGE = "file_too_large"
    NOT_A_SPREADSHEET = "not_a_spreadsheet"
    PLAIN_TEXT = "plain_text"
    WEB_PAGE = "web_page"
    PDF = "pdf"
    PICTURE = "picture"
    DOCUMENT = "document"
    ARCHIVE = "archive"
    OLD_FORMAT = "old_format"
    BINARY_WORKBOOK = "binary_workbook"
    XML_WORKBOOK = "xml_workbook"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    UNSAFE = "unsafe"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_MANY_SHEETS = "too_many_sheets"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_CELLS = "too_many_cells"
    CELL_TOO_LONG = "cell_too_long"
    UNKNOWN_ENCODING = "unknown_encoding"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


_SAVE_AS_XLSX = "Åpne filen i Excel og lagre den som Excel-arbeidsbok (.xlsx)."
_ASK_AGAIN = "Lagre filen på nytt i regnearkprogrammet, eller be om en ny kopi."
_SPLIT = "Del innholdet på flere filer."
_DELETE_OUTER_CELLS = (
    "Slett innhold som ligger langt unna tabellen, eller del arket på flere filer."
)

SENTENCES: dict[Reason, str] = {
    Reason.EMPTY: "Filen er tom. Kontroller at du har valgt riktig fil.",
    Reason.FILE_TOO_LARGE: (
        f"Filen er større enn {limits.MAX_FILE_BYTES // limits.MIB} MB."
        " Fjern bilder og gamle ark, eller del innholdet på flere filer."
    ),
    Reason.NOT_A_SPREADSHEET: (
        "Filen er ikke et regneark. Velg en fil av typen .xlsx, .xlsm, .xls, .ods eller .csv."
    ),
    Reason.PLAIN_TEXT: (
        "Filen er ren tekst uten kolonner, selv om den kan ha navn som et regneark. Velg selve"
        " regnearket, eller legg tabellen i et regneark og lagre det som .xlsx."
    ),
    Reason.WEB_PAGE: (
        "Filen er en nettside (HTML), selv om den kan ha navn som et regneark. " + _SAVE_AS_XLSX
    ),
    Reason.PDF: "Filen er en PDF, ikke et regneark. Hent tabellen fra fagsystemet som regneark.",
    Reason.PICTURE: "Filen er et bilde, ikke et regneark. Hent tabellen fra kilden som regneark.",
    Reason.DOCUMENT: (
        "Filen er et tekstdokument eller en presentasjon, ikke et regneark."
        " Kopier tabellen inn i et regneark, og lagre det som .xlsx."
    ),
    Reason.ARCHIVE: (
        "Filen er en pakket mappe eller en annen filtype, ikke et regneark."
        " Pakk den ut, og velg regnearkene hver for seg."
    ),
    Reason.OLD_FORMAT: "Filen er lagret i et svært gammelt regnearkformat. " + _SAVE_AS_XLSX,
    Reason.BINARY_WORKBOOK: "Binære arbeidsbøker (.xlsb) leses ikke. " + _SAVE_AS_XLSX,
    Reason.XML_WORKBOOK: "Regneark lagret som ren XML leses ikke. " + _SAVE_AS_XLSX,
    Reason.ENCRYPTED: (
        "Filen er beskyttet med passord. Åpne den i regnearkprogrammet, fjern passordet og lagre en"
        " kopi, og velg kopien her."
    ),
    Reason.DAMAGED: "Filen er ødelagt eller ufullstendig og kan ikke leses. " + _ASK_AGAIN,
    Reason.UNSAFE: (
        "Filen er bygget på en måte som regnearkprogrammer ikke gjør, og leses derfor ikke. "
        + _SAVE_AS_XLSX
    ),
    Reason.UNPACKS_TOO_LARGE: (
        "Filen blir svært stor når den pakkes ut, og leses derfor ikke."
        " Kopier bare tabellen over i et nytt regneark, og lagre det som .xlsx."
    ),
    Reason.TOO_MANY_PARTS: (
        f"Filen har mer enn {limits.MAX_PARTS} deler (bilder, ark og annet)."
        " Kopier bare tabellene over i et nytt regneark."
    ),
    Reason.TOO_MANY_SHEETS: f"Filen har mer enn {limits.MAX_SHEETS} ark. {_SPLIT}",
    Reason.TOO_MANY_ROWS: (
        f"Et ark i filen har innhold nedenfor rad {_thousands(limits.MAX_ROWS)}. "
        + _DELETE_OUTER_CELLS
    ),
    Reason.TOO_MANY_COLUMNS: (
        f"Et ark i filen har innhold til høyre for kolonne {limits.MAX_COLUMNS}. "
        + _DELETE_OUTER_CELLS
    ),
    Reason.TOO_MANY_CELLS: (
        f"Filen har mer enn {_thousands(limits.MAX_CELLS)} celler. " + _DELETE_OUTER_CELLS
    ),
    Reason.CELL_TOO_LONG: (
        f"En celle i filen har mer enn {_thousands(limits.MAX_CELL_CHARACTERS)} tegn. "
        "Kontroller at filen er hel, og forkort teksten."
    ),
    Reason.UNKNOWN_ENCODING: (
        "Tegnene i filen lar seg ikke tyde. Lagre den som .xlsx, eller som CSV i UTF-8."
    ),
    Reason.TOO_SLOW: (
        "Det tok for lang tid å lese filen, og lesingen ble stanset."
        " Kopier bare tabellen over i et nytt regneark, eller del den på flere filer."
    ),
    Reason.TOO_MUCH_MEMORY: (
        "Filen krever for mye minne, eller den er ødelagt, og lesingen ble stanset."
        " Kopier bare tabellen over i et nytt regneark, og lagre det som .xlsx."
    ),
}


class CannotRead(Exception):
    """The file is not read; ``str(error)`` is a Norwegian sentence saying why and what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(SENTENCES[reason])
        self.reason = reason

    @property
    def sentence(self) -> str:
        """What the user reads."""
        return SENTENCES[self.reason]
