"""Badges for tests: one ordinary, and every awkward shape of name."""

from dataclasses import replace
from datetime import timedelta

from visitplanner.demo.portraits import portrait
from visitplanner.documents.badges import BadgeValues
from visitplanner.domain.badges import EPOCH, Payload, sign

KEY = b"\x07" * 32
UNTIL = EPOCH + timedelta(hours=20000)


def code(number: int) -> str:
    return sign(Payload(1, f"{number:014x}", 1, 3, UNTIL), KEY)


ORDINARY = BadgeValues(
    person="Aïcha Benali Haddad",
    code=code(1),
    serial="E-0042",
    given="Aïcha",
    family="Benali Haddad",
    name_order="given_first",
    ribbon="head",
    letter="E",
    word="Глава миссии",
    word_second="Head of mission",
    event="Визит в кластер «Ломоносов»",
    event_second="Visit to the Lomonosov cluster, 31 October 2025",
    sender="Алжир",
    sender_second="Algeria",
    native="عائشة بن علي حداد",
    native_language="ar",
    second_name="Аиша Бенали Хаддад",
    job="Чрезвычайный и Полномочный Посол",
    job_second="Ambassador Extraordinary and Plenipotentiary",
    flag="dz",
    photo=portrait("aicha"),
    zones=("A", "B", "C"),
    group="G",
    honorific="H.E.",
)

TITLE = (
    "Counsellor for Science, Technology, Innovation, Higher Education, Space Research and "
    "Co-operation in the Peaceful Uses of Artificial Intelligence, Biotechnology and New "
    "Materials and Deputy Head of Mission"
)

SHAPES = {
    "mononym": {"given": "", "family": "Suharyono", "name_order": "mononym"},
    "one letter": {"given": "E", "family": "O", "name_order": "family_first"},
    "sixty letters": {"family": "Rakotoandriamanantenasoaratsimandresy-Razafindrakotomahefarivo"},
    "one word of 47": {"family": "W" * 47},
    "long title": {"job": TITLE, "job_second": TITLE + "."},
    "all long": {
        "given": "Jean-Baptiste Aimé Dieudonné Marie Emmanuel",
        "family": "Ngouabi-Tchicaya Andrianampoinimerina de la Rochefoucauld",
        "job": TITLE,
        "job_second": TITLE + ".",
        "sender": "Корейская Народно-Демократическая Республика",
        "sender_second": "Democratic People’s Republic of Korea",
    },
    "apostrophes": {"given": "N’Golo", "family": "O’Brien-d’Aubigné"},
    "okina": {"given": "Oʻktam", "family": "Gʻulomov", "native": "", "second_name": "Гуломов"},
    "vietnamese": {"given": "Thị Ngọc Ánh", "family": "Nguyễn", "native_language": "vi",
                   "native": "Nguyễn Thị Ngọc Ánh", "name_order": "family_first"},
    "combining": {"family": "Adébáyọ̀-Ọlátúnjí"},
    "initials": {"given": "K. P. S.", "family": "Iyer"},
    "markup": {"given": "<b>Bold</b>", "family": "<script>alert(1)</script>"},
    "chinese": {"native": "欧阳晓岚", "native_language": "zh", "name_order": "family_first"},
    "korean": {"native": "오연수", "native_language": "ko"},
    "japanese": {"native": "大谷健一郎", "native_language": "ja"},
    "georgian": {"native": "ნინო ბერიძე", "native_language": "ka"},
    "amharic": {"native": "ቴዎድሮስ ኃይለ ማርያም", "native_language": "am"},
    "thai": {"native": "สมชาย พรหมสุวรรณภักดี", "native_language": "th"},
    "devanagari": {"native": "विष्णुप्रसाद कोइराला", "native_language": "ne"},
    "armenian": {"native": "Լևոն Տեր-Ղազարյան", "native_language": "hy"},
    "hebrew": {"native": "רחל כהן", "native_language": "he"},
    "urdu": {"native": "شوکت علی خان نیازی", "native_language": "ur"},
    "turkish": {"given": "İlknur", "family": "ışıklı", "native_language": "tr", "native": ""},
    "bengali": {"native": "মোহাম্মদ রফিকুল ইসলাম", "native_language": "bn"},
    "khmer": {"native": "សុខ សុវណ្ណារ៉ា", "native_language": "km"},
    "lao": {"native": "ບຸນທະວີ ພົມມະຈັນ", "native_language": "lo"},
    "burmese": {"native": "အောင်ကျော်ဇော", "native_language": "my"},
    "sinhala": {"native": "සුනිල් පෙරේරා", "native_language": "si"},
    "tamil": {"native": "கதிர்காமர் ஐயர்", "native_language": "ta"},
    "maldivian": {"native": "އަހުމަދު ރަޝީދު", "native_language": "dv"},
    "arabic without a language": {"native": "عبد الرحمن بن خالد", "native_language": ""},
    "two scripts in one line": {"native": "محمد (Mohammed) 42", "native_language": "ar"},
    "one Cyrillic letter": {"given": "О", "family": "Я", "native": "", "second_name": ""},
    "Kazakh": {"given": "Қуаныш", "family": "Тоқтарұлы", "native": "", "second_name": ""},
    "Akan": {"given": "Ɔsɛi", "family": "Ɔfɔri-Ɛyisi"},
    "Hausa": {"given": "Ƙasim", "family": "Ɗan-Ɓaki"},
    "Azeri": {"given": "Əli", "family": "Əliyev-Şıxlinski", "native_language": "az", "native": ""},
    "titles inside": {"given": "Phra Thep", "family": "na Ayutthaya ณ อยุธยา"},
    "formula": {"given": "=HYPERLINK(A1)", "family": "+Cmd|' /C calc'!A0"},
    "turned round": {"family": "Smith\u202etxt.exe", "given": "A\u200bB\nC"},
    "superscript": {"family": "Maᶜdonald", "given": "M’Bᵃ"},
    "decomposed": {"given": "Ze\u0301 Ame\u0301rico", "family": "Conceic\u0327a\u0303o"},
    "many parts": {"given": "Maria do Carmo Auxiliadora", "name_order": "given_first",
                   "family": "de Alcântara Francisca Antónia Joana Carlota de Bragança e Bourbon"},
    "Malagasy": {"family": "Andriantsitohainaivondrazaka", "given": "Rakotonirainy Hery"},
    "family first, long": {"name_order": "family_first", "given": "Thị Hoàng Ngọc Phương Anh",
                           "family": "Công Tằng Tôn Nữ", "native": ""},
    "no second name": {"second_name": "", "native": "", "job_second": ""},
    "nothing but a name": {"given": "", "native": "", "second_name": "", "job": "",
                           "job_second": "", "honorific": "", "sender_second": "", "zones": (),
                           "group": "", "photo": None, "flag": "", "panel": "",
                           "name_order": "mononym", "stamp": ""},
    "no flag": {"flag": "", "panel": "XOM", "sender": "Мальтийский орден"},
    "organisation": {"flag": "", "sender": "Евразийская экономическая комиссия",
                     "sender_second": "Eurasian Economic Commission"},
    "no photo": {"photo": None},
    "no group": {"group": ""},
}  # fmt: skip


def awkward() -> dict[str, BadgeValues]:
    return {
        name: replace(ORDINARY, **(change | {"code": code(number), "serial": f"D-{number:04}"}))
        for number, (name, change) in enumerate(SHAPES.items(), start=100)
    }
