"""A placement from proposed to ended: its state by facts, and who may do what when."""
