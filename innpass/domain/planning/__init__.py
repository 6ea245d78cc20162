"""Weekly timetables: what a week must hold, whether it does, and the best week for everyone.

The public face: ``problem.Problem`` says what there is, ``checks.check`` judges a plan,
``solve.plan_participant`` and ``solve.plan_caseload`` make one, ``explain.explain`` says what
changed between two and why. The law is known here only as numbers handed in.
"""
