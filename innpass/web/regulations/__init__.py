"""The law as Innpass holds it: topics, texts, numbers, readings, and what if."""
