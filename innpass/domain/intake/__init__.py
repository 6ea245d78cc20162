"""Term intake: who is likely to start, which group each is in, and which class is suggested.

The public face: ``forecast.forecast`` finds who may start in which term, ``solve.propose`` splits
people into groups for the sessions there are, ``checks.check`` judges any split, also one made by
hand, ``explain.why`` says why somebody is where, ``placing.suggest`` proposes track and level.
"""
