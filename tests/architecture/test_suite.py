from tests.run_suite import Tally


def test_counts_are_summed_over_the_runs():
    tally = Tally()
    tally.add("....\n98 passed, 1 skipped in 12.34s\n", good=True)
    tally.add("noise: 5 passed\n2 failed, 90 passed, 1 error in 61.20s (0:01:01)\n", good=False)
    assert tally.line() == "188 passed, 3 failed"


def test_run_that_breaks_off_is_a_failure():
    tally = Tally()
    tally.add("INTERNALERROR\n", good=False)
    assert tally.line() == "0 passed, 1 failed"


def test_bad_end_after_good_tests_is_a_failure():
    tally = Tally()
    tally.add("3 passed in 0.10s\n", good=False)
    assert tally.line() == "3 passed, 1 failed"
