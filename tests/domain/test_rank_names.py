"""Every rank has a name of its own in every language of guests' pages."""

import pytest

from visitplanner.domain.rank_names import PLAIN, RANK_NAMES, rank_name_in
from visitplanner.domain.ranks import RANKS
from visitplanner.settings import LANGUAGES


def test_the_tables_know_the_same_ranks() -> None:
    assert list(RANK_NAMES) == list(RANKS)
    assert set(PLAIN) <= set(RANKS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_ranks_read_the_same(language: str) -> None:
    names = [rank_name_in(rank.code, language, ru=rank.ru, en=rank.en) for rank in RANKS.values()]
    assert len({name.casefold() for name in names}) == len(RANKS)
    assert all(names)


def test_the_words_stand_in_their_language() -> None:
    told = {code: rank_name_in("charge_ai", code, ru="р", en="e") for code in LANGUAGES}
    assert told == {
        "ru": "р",
        "en": "e",
        "fr": "Chargé d’affaires par intérim",
        "es": "Encargado de Negocios a. i.",
        "ar": "قائم بالأعمال بالنيابة",
        "zh": "临时代办",
    }
