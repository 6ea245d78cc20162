"""Matching: who could have which practice place, why, and the best for everybody at once.

The public face: ``shortlist.for_seeker`` and ``shortlist.for_offer`` give the places that fit one
person (or the people who fit one place) with reasons in words, and what would have to change for
the others; ``assign.assign`` gives the best assignment of a whole caseload; ``checks.check``
judges any assignment, also one made by hand. People decide; nothing here predicts anybody.
"""
