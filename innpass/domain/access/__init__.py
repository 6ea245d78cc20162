"""Who may read and write what: one table, executed and printed."""
