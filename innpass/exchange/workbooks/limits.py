"""What a workbook may hold at most, and what reading one may cost."""

KIB = 1024
MIB = 1024 * KIB

MAX_FILE_BYTES = 20 * MIB
MAX_PARTS = 500
MAX_PART_BYTES = 100 * MIB
MAX_UNPACKED_BYTES = 200 * MIB
# Deflate reaches about 1 000; a sheet of equal rows seldom passes 60. Small parts may do as they
# like: what they unpack to is small too.
MAX_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 4 * MIB

MAX_SHEETS = 100
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELLS = 2_000_000
# The rectangles from A1 to the last filled cell, empty cells included, over all sheets.
MAX_SPREAD = 4_000_000
MAX_MERGED_AREAS = 50_000
# A cell holds 32 767 characters in Excel; other programs are a little more generous.
MAX_CELL_CHARACTERS = 100_000

# What the child may use. The parent waits WALL_SECONDS in all, so that the refusal comes within 10.
WALL_SECONDS = 9.0
CPU_SECONDS = 9
ADDRESS_SPACE_BYTES = 1024 * MIB

# What the parent accepts from the child.
MAX_REPLY_BYTES = 96 * MIB
MAX_REPLY_LINE_BYTES = 16 * MIB
