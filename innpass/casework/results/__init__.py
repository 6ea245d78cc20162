"""Figures with their definitions and the people behind them."""
