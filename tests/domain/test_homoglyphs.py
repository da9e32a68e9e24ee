"""Letters of the wrong alphabet are seen and named."""

import pytest

from visitplanner.domain.homoglyphs import latin_twin, mixed_words, words_not_in


@pytest.mark.parametrize(
    ("text", "positions", "alphabet", "suggestion"),
    [
        ("Иванoв", (4,), "CYRILLIC", "Иванов"),
        ("Smіth", (2,), "LATIN", "Smith"),
        ("Аdams", (0,), "LATIN", "Adams"),
        ("Петр Cидоров", (5,), "CYRILLIC", "Сидоров"),
        ("Αlexis", (0,), "LATIN", "Alexis"),
    ],
)
def test_a_mixed_word_is_found_with_its_spelling(text, positions, alphabet, suggestion):
    (word,) = mixed_words(text)
    assert word.positions == positions
    assert word.alphabet == alphabet
    assert word.suggestion == suggestion


def test_whole_words_of_either_alphabet_are_not_mixed():
    assert mixed_words("Иванов Smith Côte d’Ivoire 김민준 МГУ-1 محمد") == ()


def test_the_wrong_alphabet_for_the_field():
    assert words_not_in("Иванов Ivan", "CYRILLIC") == ("Ivan",)
    assert words_not_in("ВЕРА", "LATIN") == ("ВЕРА",)
    assert words_not_in("Vera d’Arc 2", "LATIN") == ()


def test_plates_compare_by_their_latin_twin():
    assert latin_twin("А123ВС 77") == latin_twin("A123BC 77") == "A123BC 77"
