"""Names of missions with article and case."""

import pytest

from visitplanner.domain.grammar import mission_name, of_state, with_article
from visitplanner.domain.mission_words import CASES, MISSION_KINDS, RUSSIAN, WORDS
from visitplanner.domain.refusals import NotFound
from visitplanner.domain.states import LANGUAGES, state, states


@pytest.mark.parametrize(
    ("kind", "key", "ru", "en"),
    [
        (
            "embassy",
            "korea-republic-of",
            "Посольство Республики Корея",
            "Embassy of the Republic of Korea",
        ),
        (
            "embassy",
            "netherlands",
            "Посольство Королевства Нидерландов",
            "Embassy of the Kingdom of the Netherlands",
        ),
        ("embassy", "japan", "Посольство Японии", "Embassy of Japan"),
        (
            "embassy",
            "sovereign-order-of-malta",
            "Посольство Суверенного Мальтийского ордена",
            "Embassy of the Sovereign Order of Malta",
        ),
        ("nunciature", "holy-see", "Апостольская нунциатура", "Apostolic Nunciature"),
        (
            "trade_mission",
            "hungary",
            "Торговое представительство Венгрии",
            "Trade Mission of Hungary",
        ),
        (
            "eu_delegation",
            "european-union",
            "Представительство Европейского союза",
            "Delegation of the European Union",
        ),
        (
            "representation",
            "league-of-arab-states",
            "Представительство Лиги арабских государств",
            "Representation of the League of Arab States",
        ),
        (
            "embassy",
            "abkhazia",
            "Посольство Республики Абхазия",
            "Embassy of the Republic of Abkhazia",
        ),
    ],
)
def test_missions(kind, key, ru, en):
    assert mission_name(kind, state(key), "ru") == ru
    assert mission_name(kind, state(key), "en") == en


def test_russian_cases_decline_the_head_word_only():
    row = state("korea-republic-of")
    assert [mission_name("embassy", row, "ru", case=case).split()[0] for case in CASES] == [
        "Посольство",
        "Посольства",
        "Посольству",
        "Посольство",
        "Посольством",
        "Посольстве",
    ]
    assert mission_name("eu_delegation", state("european-union"), "ru", case="dative") == (
        "Представительству Европейского союза"
    )


@pytest.mark.parametrize(
    ("key", "formal", "text"),
    [
        ("france", False, "de France"),
        ("algeria", False, "d’Algérie"),
        ("congo", False, "du Congo"),
        ("united-states", False, "des États-Unis d’Amérique"),
        ("moldova", False, "de la République de Moldova"),
        ("cuba", False, "de Cuba"),
        ("israel", False, "d’Israël"),
        ("albania", True, "de la République d’Albanie"),
        ("netherlands", False, "du Royaume des Pays-Bas"),
        ("holy-see", False, "du Saint-Siège"),
        ("haiti", False, "d’Haïti"),
        ("hungary", False, "de Hongrie"),
        ("league-of-arab-states", False, "de la Ligue des États arabes"),
        ("african-union", False, "de l’Union africaine"),
        ("united-nations", False, "des Nations Unies"),
        ("interpol", False, "d’INTERPOL"),
        ("cuba", True, "de la République de Cuba"),
        ("canada", True, "du Canada"),
    ],
)
def test_french_contracts(key, formal, text):
    assert of_state(state(key), "fr", formal=formal) == text


@pytest.mark.parametrize(
    ("kind", "key", "es", "ar", "zh"),
    [
        (
            "embassy",
            "korea-republic-of",
            "Embajada de la República de Corea",
            "سفارة جمهورية كوريا",
            "大韩民国大使馆",
        ),
        ("embassy", "japan", "Embajada de Japón", "سفارة اليابان", "日本国大使馆"),
        (
            "embassy",
            "saudi-arabia",
            "Embajada del Reino de la Arabia Saudita",
            "سفارة المملكة العربية السعودية",
            "沙特阿拉伯王国大使馆",
        ),
        (
            "trade_mission",
            "hungary",
            "Representación Comercial de Hungría",
            "الممثلية التجارية لهنغاريا",
            "匈牙利商务代表处",
        ),
        (
            "trade_mission",
            "united-arab-emirates",
            "Representación Comercial de los Emiratos Árabes Unidos",
            "الممثلية التجارية للإمارات العربية المتحدة",
            "阿拉伯联合酋长国商务代表处",
        ),
        (
            "eu_delegation",
            "european-union",
            "Delegación de la Unión Europea",
            "بعثة الاتحاد الأوروبي",
            "欧洲联盟代表团",
        ),
    ],
)
def test_missions_in_the_other_languages(kind, key, es, ar, zh):
    shown = [mission_name(kind, state(key), language) for language in ("es", "ar", "zh")]
    assert shown == [es, ar, zh]


def test_every_kind_has_its_word_in_every_language():
    assert all(set(words) | {"ru"} == set(LANGUAGES) for words in WORDS.values())
    assert set(RUSSIAN) == set(WORDS)
    assert all(len(forms) == len(CASES) for forms in RUSSIAN.values())


def test_short_forms_and_brackets():
    assert of_state(state("iran"), "ru", formal=False) == "Исламской Республики Иран"
    assert of_state(state("iran"), "en", formal=False) == "of the Islamic Republic of Iran"
    assert of_state(state("gambia"), "en", formal=False) == "of the Gambia"
    assert of_state(state("korea-republic-of"), "ru", formal=False) == "Республики Корея"
    assert mission_name("embassy", state("france"), "en", formal=False) == "Embassy of France"


def test_articles():
    assert with_article(state("netherlands"), "en") == "the Kingdom of the Netherlands"
    assert with_article(state("albania"), "fr") == "l’Albanie"
    assert with_article(state("japan"), "ru") == "Япония"
    assert with_article(state("bahamas"), "en") == "the Bahamas"


def test_every_sender_has_a_mission_name_without_brackets():
    for row in states():
        for language in LANGUAGES:
            for kind in MISSION_KINDS:
                name = mission_name(kind, row, language)
                assert not {"(", "（"} & set(name)
                assert "  " not in name


def test_an_unknown_kind_is_refused():
    with pytest.raises(NotFound) as refusal:
        mission_name("castle", state("france"), "en")
    assert refusal.value.details == {"kind": "castle"}
