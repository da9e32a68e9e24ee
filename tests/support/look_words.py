"""Sample texts of the styleguide in three languages: long enough to break a layout."""

from typing import Any

EN: dict[str, Any] = {
    "title": "Parts of the interface", "visit": "Visit", "visit_title": "Visit to Meridian",
    "delegations": "delegations", "waiting": "Waiting for you", "missing": "Without a head",
    "second": "Compare", "first": "Approve", "d1": "10 Sep", "d2": "20 Sep", "d3": "25 Sep",
    "d4": "14 October 2027", "sent": "Notes sent", "closed": "closed", "lists": "Lists",
    "photos": "Photographs", "soon": "in 2 days", "marks": "Ribbons and words of state",
    "states": ["cleared", "under review", "draft", "returned", "replaced"],
    "person": "Elena Sokolova", "role": "Protocol", "table": "Delegations", "all": "All",
    "no_photo": "No photograph", "save_view": "Save the view", "export": "Export", "group": "Group",
    "head": "head of mission", "show": "Show", "remind": "Remind", "print": "Print badges",
    "country": "Country", "list": "List", "state": "State", "c1": "Algeria", "c2": "Angola",
    "c3": "India", "nobody": "Nobody found", "try_again": "Try a part of the name in any script.",
    "add": "Add a guest", "form": "Form", "name_hint": "As in the document, in Latin letters",
    "way_hint": "We will keep a place at gate 2", "car_note": "You will be asked for the plate",
    "until_hint": "For example 14 10 2027", "photo_hint": "JPEG, PNG or WEBP up to 10 MB",
    "later": "Later", "refuse": "Refuse", "pieces": "Notices and facts",
    "notice": "Two papers become stale.", "jobs": "Long work and times",
    "clash": "Thirty people where eighteen fit", "up": "Move up", "down": "Move down",
    "door": "Door 2, inward", "admitted": "Admitted 67, of them 19 heads of mission",
    "labels": {"name": "Name as in the document", "note": "Note", "state": "State"},
    "sections": ["Delegations", "Accreditation", "Precedence", "Agenda", "Tours", "Admission"],
}  # fmt: skip

RU: dict[str, Any] = EN | {
    "title": "Части интерфейса", "visit": "Визит", "visit_title": "Визит в «Меридиан»",
    "delegations": "делегаций", "waiting": "Ждут вашего решения", "missing": "Без главы",
    "second": "Сравнить с редакцией 3", "first": "Объединить и утвердить", "d1": "10 сен",
    "d2": "20 сен", "d3": "25 сен", "d4": "14 октября 2027, четверг", "sent": "Ноты разосланы",
    "closed": "закрыто", "lists": "Ответы стран", "photos": "Фото", "soon": "через 2 дня",
    "marks": "Ленты и слова состояния",
    "states": ["допущен", "ждёт решения", "черновик", "возвращён", "заменён"],
    "person": "Е. Соколова", "role": "Протокол", "table": "Делегации", "all": "Все",
    "no_photo": "Нет фото", "save_view": "Сохранить вид", "export": "Выгрузить", "group": "Группа",
    "head": "глава миссии", "show": "Показать", "remind": "Напомнить координатору",
    "print": "Печать бейджей", "country": "Страна", "list": "Состав", "state": "Состояние",
    "c1": "Алжир", "c2": "Сан-Томе и Принсипи", "c3": "Индия", "nobody": "Никого не нашли",
    "try_again": "Попробуйте часть имени любым письмом или номер пропуска.",
    "add": "Добавить гостя", "form": "Форма", "name_hint": "Латинскими буквами, в том же порядке",
    "way_hint": "Место у въезда 2 сохраним", "car_note": "Понадобится номер машины",
    "until_hint": "Например, 14 10 2027", "photo_hint": "JPEG, PNG или WEBP до 10 МБ",
    "later": "Отложить до завтра", "refuse": "Отклонить", "pieces": "Заметки и сведения",
    "notice": "Устареют две бумаги: программа (118 экз.) и порядок дня.",
    "jobs": "Долгая работа и время", "clash": "У «Полюса» будет 30 человек при норме 18",
    "up": "Выше", "down": "Ниже",
    "door": "Вход 2, внутрь", "admitted": "Впущено 67, из них 19 глав миссий",
    "labels": {"name": "Имя как в документе", "note": "Заметка", "state": "Гражданство"},
    "sections": ["Делегации", "Аккредитация", "Старшинство", "Программа", "Группы", "Вход"],
}  # fmt: skip

AR: dict[str, Any] = EN | {
    "title": "أجزاء الواجهة", "visit": "الزيارة", "visit_title": "زيارة «ميريديان»",
    "delegations": "وفدًا", "waiting": "بانتظار قراركم", "missing": "بلا رئيس", "second": "مقارنة",
    "first": "قبول", "d1": "10 سبتمبر", "d2": "20 سبتمبر", "d3": "25 سبتمبر",
    "d4": "14 أكتوبر 2027", "sent": "أُرسلت المذكرات", "closed": "مغلق", "lists": "القوائم",
    "photos": "الصور", "soon": "بعد يومين", "marks": "الأشرطة وكلمات الحالة",
    "states": ["مقبول", "قيد النظر", "مسودة", "أُعيد", "استُبدل"], "person": "إيلينا سوكولوفا",
    "role": "المراسم", "table": "الوفود", "all": "الكل", "no_photo": "بلا صورة",
    "save_view": "حفظ العرض", "export": "تصدير", "group": "المجموعة", "head": "رئيس البعثة",
    "show": "عرض", "remind": "تذكير المنسق", "print": "طباعة البطاقات", "country": "الدولة",
    "list": "القائمة", "state": "الحالة", "c1": "الجزائر", "c2": "أنغولا", "c3": "الهند",
    "nobody": "لم نجد أحدًا", "form": "الاستمارة", "later": "لاحقًا", "refuse": "رفض",
    "sections": ["الوفود", "الاعتماد", "الأسبقية", "البرنامج", "الجولات", "الدخول"],
}  # fmt: skip

WORDS: dict[str, dict[str, Any]] = {"en": EN, "ru": RU, "ar": AR}
