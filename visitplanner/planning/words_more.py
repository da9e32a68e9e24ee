"""The sentences most needed on the day, in French, Spanish, Arabic and Chinese."""

from __future__ import annotations

MORE: dict[str, dict[str, str]] = {
    "language": {
        "fr": "{who} ne parle que : {languages} ; aucun interprète pour cette langue.",
        "es": "{who} solo habla: {languages}; no hay intérprete para ese idioma.",
        "ar": "{who} لا يتحدث إلا: {languages}، ولا يوجد مترجم لهذه اللغة.",
        "zh": "{who} 只会说 {languages}，没有该语言的口译员。",
    },
    "too-large": {
        "fr": "{who} compte {people} personnes inséparables ; un groupe en a {most} au plus.",
        "es": "{who} tiene {people} personas inseparables; un grupo admite {most} como máximo.",
        "ar": "{who}: {people} أشخاص يبقون معًا، والمجموعة لا تتجاوز {most}.",
        "zh": "{who} 有 {people} 人须同行，每组最多 {most} 人。",
    },
    "few-stops": {
        "fr": "{who} a accès à {usable} arrêts ; chaque groupe doit en voir au moins {least}.",
        "es": "{who} puede ir a {usable} paradas; cada grupo debe ver al menos {least}.",
        "ar": "{who}: عدد المحطات المسموح بها {usable}، والحد الأدنى لكل مجموعة {least}.",
        "zh": "{who} 可去 {usable} 站，每组至少要看 {least} 站。",
    },
    "escorts": {
        "fr": "{people} invités font au moins {groups} groupes ; il y a {escorts} accompagnateurs.",
        "es": "{people} invitados forman al menos {groups} grupos; hay {escorts} acompañantes.",
        "ar": "عدد الضيوف {people} أي {groups} مجموعات على الأقل، والمرافقون {escorts}.",
        "zh": "{people} 位来宾至少分 {groups} 组，现有陪同 {escorts} 人。",
    },
    "interpreters": {
        "fr": "{people} invités ne parlant que {languages} : {need} interprètes nécessaires, "
        "{there} présents.",
        "es": "{people} invitados que solo hablan {languages} necesitan {need} intérpretes; hay "
        "{there}.",
        "ar": "{people} ضيفًا لا يتحدثون إلا {languages} يحتاجون إلى {need} مترجمين، والموجود "
        "{there}.",
        "zh": "{people} 位来宾只会说 {languages}，需要 {need} 名口译员，现有 {there} 名。",
    },
    "tour-time": {
        "fr": "Un parcours de {least} arrêts prend au moins {minutes} minutes ; il y en a "
        "{horizon}.",
        "es": "Un recorrido de {least} paradas dura al menos {minutes} minutos; hay {horizon}.",
        "ar": "جولة من {least} محطات تستغرق {minutes} دقيقة على الأقل، والمتاح {horizon}.",
        "zh": "参观 {least} 站至少需要 {minutes} 分钟，现有 {horizon} 分钟。",
    },
    "stop-hours": {
        "fr": "{groups} groupes ont besoin de {need} minutes à {stops} arrêts qui en offrent "
        "{offered}.",
        "es": "{groups} grupos necesitan {need} minutos en {stops} paradas que ofrecen {offered}.",
        "ar": "تحتاج {groups} مجموعات إلى {need} دقيقة في {stops} محطات تتيح {offered}.",
        "zh": "{groups} 组需要 {need} 分钟，{stops} 站只有 {offered} 分钟。",
    },
    "stop-visits": {
        "fr": "{groups} groupes à {least} arrêts font {need} visites ; les {stops} arrêts en "
        "permettent {offered}.",
        "es": "{groups} grupos con {least} paradas son {need} visitas; en las {stops} paradas "
        "caben {offered}.",
        "ar": "{groups} مجموعات في {least} محطات تعني {need} زيارة، "
        "و{stops} محطات تتسع لـ {offered}.",
        "zh": "{groups} 组各看 {least} 站共 {need} 次参观，{stops} 站只容 {offered} 次。",
    },
    "way-stops": {
        "fr": "Solution : {count} arrêts par groupe au lieu de {least} : {visits} visites de "
        "moins, {unmet} souhaits non satisfaits.",
        "es": "Salida: {count} paradas por grupo en vez de {least}: {visits} visitas menos, "
        "{unmet} deseos sin cumplir.",
        "ar": "حل: {count} محطات لكل مجموعة بدل {least}: أقل بـ {visits} زيارة، ورغبات غير ملبّاة "
        "{unmet}.",
        "zh": "办法：每组看 {count} 站而非 {least} 站：少 {visits} 次参观，{unmet} 个愿望落空。",
    },
    "way-horizon": {
        "fr": "Solution : {minutes} minutes de plus ({horizon} au lieu de {old}) ; attente totale "
        "{idle} minutes.",
        "es": "Salida: {minutes} minutos más ({horizon} en vez de {old}); espera total {idle} "
        "minutos.",
        "ar": "حل: {minutes} دقيقة إضافية ({horizon} بدل {old})، ومجموع الانتظار {idle} دقيقة.",
        "zh": "办法：延长 {minutes} 分钟（{horizon} 而非 {old}），等候共 {idle} 分钟。",
    },
    "way-places": {
        "fr": "Solution : {places} groupes à la fois à {stops} ; attente totale {idle} minutes.",
        "es": "Salida: {places} grupos a la vez en {stops}; espera total {idle} minutos.",
        "ar": "حل: {places} مجموعات في آن واحد في {stops}، ومجموع الانتظار {idle} دقيقة.",
        "zh": "办法：{stops} 同时接待 {places} 组，等候共 {idle} 分钟。",
    },
    "way-places-stops": {
        "fr": "Solution : {count} arrêts par groupe et {places} groupes à la fois à {stops} ; "
        "attente totale {idle} minutes.",
        "es": "Salida: {count} paradas por grupo y {places} grupos a la vez en {stops}; espera "
        "total {idle} minutos.",
        "ar": "حل: {count} محطات لكل مجموعة و{places} مجموعات في آن واحد في {stops}، ومجموع "
        "الانتظار {idle} دقيقة.",
        "zh": "办法：每组 {count} 站，{stops} 同时接待 {places} 组，等候共 {idle} 分钟。",
    },
    "way-groups": {
        "fr": "Solution : groupes de {most} personnes au plus au lieu de {old} : {groups} groupes.",
        "es": "Salida: grupos de hasta {most} personas en vez de {old}: {groups} grupos.",
        "ar": "حل: مجموعات حتى {most} شخصًا بدل {old}: عددها {groups}.",
        "zh": "办法：每组最多 {most} 人而非 {old} 人，共 {groups} 组。",
    },
    "visit-moved": {
        "fr": "Groupe {group} : {stop} à la minute {start} au lieu de {old}.",
        "es": "Grupo {group}: {stop} en el minuto {start} en vez de {old}.",
        "ar": "المجموعة {group}: {stop} في الدقيقة {start} بدل {old}.",
        "zh": "{group} 组：{stop} 改为第 {start} 分钟（原 {old}）。",
    },
    "visit-dropped": {
        "fr": "Le groupe {group} ne va plus à {stop} (minute {start}).",
        "es": "El grupo {group} ya no va a {stop} (minuto {start}).",
        "ar": "المجموعة {group} لن تذهب إلى {stop} (الدقيقة {start}).",
        "zh": "{group} 组不再去 {stop}（第 {start} 分钟）。",
    },
    "visit-added": {
        "fr": "Le groupe {group} va à {stop} à la minute {start}.",
        "es": "El grupo {group} va a {stop} en el minuto {start}.",
        "ar": "المجموعة {group} تذهب إلى {stop} في الدقيقة {start}.",
        "zh": "{group} 组第 {start} 分钟去 {stop}。",
    },
    "short-tour": {
        "fr": "Le groupe {who} voit {seen} arrêts sur {least}.",
        "es": "El grupo {who} ve {seen} de {least} paradas.",
        "ar": "المجموعة {who} ترى {seen} من {least} محطات.",
        "zh": "{who} 组只看 {least} 站中的 {seen} 站。",
    },
    "not-found": {
        "fr": "Aucun plan trouvé dans le temps donné, et son impossibilité n'est pas prouvée.",
        "es": "No se halló un plan en el tiempo dado ni se probó que sea imposible.",
        "ar": "لم يُعثر على خطة في الوقت المحدد ولم تثبت استحالتها.",
        "zh": "在给定时间内未找到方案，也未证明不可能。",
    },
}
