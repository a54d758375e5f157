from beds import ANSWERS, sensible

BED = {"moisture": 21.5, "warmth": 24.1, "rain": 0.4, "wind": 12.0}


def test_measurements_in_their_ranges_are_sensible():
    assert sensible(BED)


def test_there_are_three_answers():
    assert len(ANSWERS) == 3
