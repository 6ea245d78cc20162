"""The rules, one function for each text, in modules by topic. Importing this fills the register."""

from innpass.domain.law.rules import deadlines, lengths, work_oriented

__all__ = ["deadlines", "lengths", "work_oriented"]
