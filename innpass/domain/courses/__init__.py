"""Course models: for each phase and track a week, as the municipality's guide draws them.

The public face: ``shipped.shipped_models`` reads our reading of the guide's annex,
``faults.faults`` says what is wrong with a model, ``choosing`` finds phase and week of a month,
``counting`` adds the hours up. The law is known here only as numbers handed in.
"""
