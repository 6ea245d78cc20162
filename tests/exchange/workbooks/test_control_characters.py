"""Text that no database stores never gets past the reader."""

import io

import xlwt

from innpass.exchange.workbooks.reading import read_workbook


def test_control_characters_are_taken_out_of_cells() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Elever")
    sheet.write(0, 0, "Navn")
    sheet.write(1, 0, "Ola\x00 Nord\x01mann")
    file = io.BytesIO()
    book.save(file)

    workbook = read_workbook(file.getvalue(), file="elever.xls")

    assert workbook.sheets[0].rows == (("Navn",), ("Ola Nordmann",))
