import pandas as pd
import pytest
from beds import ANSWERS, cleaned, md5, sensible
from pydantic import ValidationError
from questions import Bed

BED = {"moisture": 21.5, "warmth": 24.1, "rain": 0.4, "wind": 12.0}


def rows(*beds):
    return pd.DataFrame([{**BED, "water": "much", **bed} for bed in beds])


def test_measurements_in_their_ranges_are_sensible():
    assert sensible(BED)


@pytest.mark.parametrize("wrong", [{"moisture": 101}, {"warmth": -99}, {"rain": -1}])
def test_a_measurement_out_of_its_range_is_not(wrong):
    assert not sensible({**BED, **wrong})


def test_a_bed_that_was_measured_twice_counts_once():
    assert len(cleaned(rows({}, {}, {"rain": 3}))) == 2


def test_an_unknown_answer_is_left_out():
    assert list(cleaned(rows({"water": "lots"}, {"water": "little"}))["water"]) == ["little"]


def test_every_answer_is_known():
    assert set(cleaned(rows(*({"water": answer} for answer in ANSWERS)))["water"]) == set(ANSWERS)


def test_the_sum_of_a_file_is_the_one_that_dvc_records(tmp_path):
    (tmp_path / "a").write_text("a\n")
    assert md5(tmp_path / "a") == "60b725f10c9c85c70d97880dfe8191b3"


def test_the_engine_takes_no_question_without_wind():
    with pytest.raises(ValidationError):
        Bed(moisture=1, warmth=2, rain=3)
