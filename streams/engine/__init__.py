"""What Daybook changes in Faust so that a restart, a rebalance or a lost broker costs no record.

One concern a file; each override says what stock faust-streaming 0.15.3 does in its place and what was lost by it.
"""
