"""Tables as plain rows, from the bytes of a .csv, .xlsx or .docx file or from pasted text."""

from models.files.tables.delimited import pasted_tables
from models.files.tables.table_rows import PlainTable, TableRow, column_letter

__all__ = ["PlainTable", "TableRow", "column_letter", "pasted_tables"]
