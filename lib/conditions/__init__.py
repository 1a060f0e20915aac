"""What is said to help a footprint get on, held against the ratings of July 2017.

``measures`` says what is claimed and measures it; ``ratings`` which ratings a
test may use; ``association`` and ``contingency`` test; ``family`` tests all
measures together and corrects for looking at many; ``verdicts`` puts results
into words; ``multiverse`` repeats a test in every other way it could have been
made; ``crosstab`` counts footprints by lead type, fit and rating; ``figures``
draws.
"""
