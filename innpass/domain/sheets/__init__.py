"""What the cells of a workbook mean."""
