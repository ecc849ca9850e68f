"""Opens spreadsheets with openpyxl and prints what stands in each, as JSON.

    python3 open_excel.py FILE...

`null` where openpyxl is not installed. Of each file: its sheets, the rows of the first as
text, and whether anything stands where nobody looks: comments, names, hidden rows.
"""

import json
import sys
from datetime import date, datetime

try:
    import openpyxl
except ImportError:
    print("null")
    sys.exit()


def text(value):
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value)


def seen(path):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    hidden = [row for row, it in sheet.row_dimensions.items() if it.hidden]
    hidden += [column for column, it in sheet.column_dimensions.items() if it.hidden]
    return {
        "sheets": book.sheetnames,
        "rows": [[text(cell.value) for cell in row] for row in sheet.iter_rows()],
        "comments": sum(cell.comment is not None for cell in cells),
        "formulas": sum(cell.data_type == "f" for cell in cells),
        "names": len(book.defined_names),
        "hidden": len(hidden),
    }


print(json.dumps([seen(path) for path in sys.argv[1:]], ensure_ascii=False))
