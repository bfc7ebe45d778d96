"""Dates as people write them."""

from typing import Any

import pytest
from django.utils.translation import override

from config.edtf.dates import DateError, parse
from config.edtf.typed import edtf_of


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("", ""),
        ("14 Nov 2021", "2021-11-14"),
        ("14 November 2021", "2021-11-14"),
        ("14th of November 2021", "2021-11-14"),
        ("November 14, 2021", "2021-11-14"),
        ("Sept. 3, 2017", "2017-09-03"),
        ("14/11/2021", "2021-11-14"),
        ("11/14/2021", "2021-11-14"),
        ("14.11.2021", "2021-11-14"),
        ("4/4/2017", "2017-04-04"),
        ("11/2021", "2021-11"),
        ("Nov 2021", "2021-11"),
        ("November of 2021", "2021-11"),
        ("spring 2017", "2017-21"),
        ("2021", "2021"),
        ("1560s", "156X"),
        ("about 2011", "2011~"),
        ("c. 2011", "2011~"),
        ("circa May 2011", "2011-05~"),
        ("17 Nov 2021~", "2021-11-17~"),
        ("perhaps 3 May 2011", "2011-05-03?"),
        ("between 3 and 9 April 2017", "[2017-04-03..2017-04-09]"),
        ("between 30 March and 2 April 2017", "[2017-03-30..2017-04-02]"),
        ("between March and May 2017", "[2017-03..2017-05]"),
        ("between 2010 and 2012", "[2010..2012]"),
        ("from May 2016 to 2018", "2016-05/2018"),
        ("from 3 to 9 April 2017", "2017-04-03/2017-04-09"),
        ("3–9 April 2017", "2017-04-03/2017-04-09"),
        ("3-9 April 2017", "2017-04-03/2017-04-09"),
        ("3 April 2017 to 9 May 2018", "2017-04-03/2018-05-09"),
        ("April or May 2017", "[2017-04,2017-05]"),
        ("from May 2016", "2016-05/.."),
        ("since 2016", "2016/.."),
        ("until April 2017", "../2017-04"),
        ("by April 2017", "[..2017-04]"),
        ("on or after 3 May 2017", "[2017-05-03..]"),
        # What is EDTF already stays as it is.
        ("2017-04-04", "2017-04-04"),
        ("[2017-04-03..2017-04-09]", "[2017-04-03..2017-04-09]"),
        ("../2017", "../2017"),
    ],
)
def test_words_are_read(text: str, edtf: str) -> None:
    assert edtf_of(text) == edtf
    parse(edtf)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("3/4/2017", "can be read with the day or the month first"),
        ("14/11/21", "has a year of two digits"),
        ("31 Nov 2021", "November has 30 days"),
        ("29 Feb 2021", "February has 28 days"),
        ("14/13/2021", "has no month 13"),
        ("yesterday", "is not written as EDTF writes dates"),
        ("14 Foo 2021", "is not written as EDTF writes dates"),
        ("Ma 2021", "is not written as EDTF writes dates"),
        ("between 9 and 3 April 2017", "ends before it begins"),
        ("between soon and later", "is not written as EDTF writes dates"),
    ],
)
def test_what_is_no_date_is_refused(text: str, says: str) -> None:
    with pytest.raises(DateError, match=says):
        edtf_of(text)


@pytest.mark.parametrize(("order", "edtf"), [("day", "2017-04-03"), ("month", "2017-03-04")])
def test_a_setting_says_what_comes_first(settings: Any, order: str, edtf: str) -> None:
    settings.DATE_ORDER = order
    assert edtf_of("3/4/2017") == edtf


def test_months_have_the_names_of_the_language_of_the_page_too() -> None:
    with override("fr"):
        assert edtf_of("14 novembre 2021") == edtf_of("14 November 2021") == "2021-11-14"
