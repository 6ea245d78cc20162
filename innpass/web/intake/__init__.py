"""Term intake: who starts when, in which group and class, and the sessions before."""
