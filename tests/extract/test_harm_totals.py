from __future__ import annotations

import pytest
from harm_reading import harm_in, lexicons, text_of

from according.extract.harm import find_harm
from according.extract.harm_totals import main_toll, sum_parts
from according.values import CountRange


def toll(words: str, slot: str = "killed") -> CountRange | None:
    text = text_of(words)
    return main_toll(text, find_harm(text, lexicons()), slot)


def test_parts_are_not_added() -> None:
    assert sum_parts(harm_in("The raid killed 17 people, including five children.")) == CountRange(17, 17)


def test_disjoint_groups_are_added() -> None:
    total = sum_parts(harm_in("Nine civilians and four soldiers were killed."))
    assert total is not None
    assert (total.low, total.high) == (13, 13)


def test_no_number_no_sum() -> None:
    assert sum_parts([]) is None


@pytest.mark.parametrize(
    ("words", "low"),
    [
        ("A strike killed 19 people. More than 400,000 people have died since the war began.", 19),
        ("Dozens have died. At least 27 people were killed, a monitor said.", 27),
        ("A raid killed ten guards. Another four men were killed nearby.", 14),
        ("Four civilians were killed and five rebel fighters were killed.", 9),
        ("A strike killed 21 civilians. At least 15 were killed in Orrin and six others were killed in Lenn.", 21),
        ("Shelling left 10 people dead. They were among 19 people killed in the province.", 19),
        ("A strike killed 18 people. The monitor updated its earlier death toll of 15.", 18),
        ("More than 200 killed in Orrin. A monitor said at least 213 people were killed.", 213),
        ("At least 45 people have been killed in the past week.", 45),
    ],
)
def test_toll_of_the_main_event(words: str, low: int) -> None:
    total = toll(words)
    assert total is not None
    assert total.low == low


def test_a_text_without_harm_has_no_toll() -> None:
    assert toll("The envoys met in Lenn.") is None
