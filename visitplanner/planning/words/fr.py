"""French."""

LANGUAGES = {
    "ar": "arabe", "en": "anglais", "es": "espagnol", "fr": "français", "ru": "russe",
    "zh": "chinois", "de": "allemand", "pt": "portugais", "ja": "japonais", "fa": "persan",
}  # fmt: skip

SENTENCES = {
    "language": "Il n'y a pas d'interprète ({languages}), et {who} ne {count:parle|parlent} rien "
    "d'autre.",
    "too-large": "{who} : {people:# personne reste ensemble|# personnes restent ensemble} ; un "
    "groupe en compte {most} au plus.",
    "few-stops": "{who} : accès à {usable:# arrêt|# arrêts} ; chaque groupe doit en voir au moins "
    "{least}.",
    "guest-time": "{who} : impossible de voir {least:# arrêt accessible|# arrêts accessibles} et "
    "d'être de retour en {horizon:# minute|# minutes}.",
    "stops-missing": "Chaque groupe doit voir {least:# arrêt|# arrêts} ; il y en a {stops}.",
    "stops-small": "Un groupe compte au moins {least:# personne|# personnes} ; {stops:# arrêt en "
    "reçoit|# arrêts en reçoivent} autant, et chaque groupe doit en voir {count}.",
    "stop-far": "Personne ne peut visiter {stop} et être de retour en {horizon:# minute|# "
    "minutes}.",
    "sizes": "{people:# invité ne peut|# invités ne peuvent} être répartis en groupes de {least} à "
    "{most}.",
    "division": "{people:# invité ne peut|# invités ne peuvent} être répartis en groupes de "
    "{least} à {most} sans séparer les délégations et en respectant les langues, les arrêts "
    "accessibles, les visites fixées et les séparations demandées.",
    "division-escorts": "{people:# invité ne peut|# invités ne peuvent} être répartis en groupes "
    "de {least} à {most}, un par accompagnateur ({escorts}), sans séparer les délégations et en "
    "respectant les langues, les arrêts accessibles, les visites fixées et les séparations "
    "demandées.",
    "lonely": "Ceux qui peuvent partager un groupe avec {who} font {people:# personne|# personnes} "
    "en tout ; il en faut {least}.",
    "apart-many": "{count:# délégation doit|# délégations doivent} être séparées ({who}) ; il peut "
    "y avoir {groups:# groupe|# groupes} au plus.",
    "escorts": "{people:# invité fait|# invités font} au moins {groups:# groupe|# groupes} ; il y "
    "a {escorts:# accompagnateur|# accompagnateurs}.",
    "escorts-hours": "{groups:# groupe a|# groupes ont} besoin d'un accompagnateur au moins "
    "jusqu'à la minute {minute} ; {escorts:# est|# sont} de service aussi longtemps.",
    "interpreters": "{people:# invité ne parle|# invités ne parlent} que : {languages} ; il faut "
    "au moins {need:# interprète|# interprètes}, il y en a {there}.",
    "tour-time": "Un parcours de {least:# arrêt|# arrêts} prend au moins {minutes:# minute|# "
    "minutes} ; il y en a {horizon}.",
    "tour-closed": "Aucun parcours de {least:# arrêt|# arrêts} ne tient dans les heures "
    "d'ouverture en {horizon:# minute|# minutes}.",
    "stop-hours": "{groups:# groupe a|# groupes ont} besoin de {need:# minute|# minutes} à "
    "{stops:# arrêt qui en offre|# arrêts qui en offrent} {offered}.",
    "stop-visits": "{groups:# groupe|# groupes} à {least:# arrêt|# arrêts} chacun font {need:# "
    "visite|# visites} ; il y a de la place pour {offered}.",
    "pin-apart": "{who} et {other} sont fixés ensemble et doivent être séparés.",
    "pin-company": "{who} et ceux qui lui sont liés font {people:# personne|# personnes} ; un "
    "groupe en compte {most} au plus.",
    "pin-language": "{who} et ceux qui lui sont liés n'ont pas {count:de langue de travail|# "
    "langues de travail} que tous comprennent.",
    "pin-starts": "{who} est fixé à {stop} à la minute {first} et à la minute {second}.",
    "pin-overlap": "{who} est fixé à {stop} à la minute {first} et à {other} à la minute "
    "{second} : la visite et le trajet durent plus longtemps.",
    "pin-speaker": "{stop} à la minute {first} et {other} à la minute {second} sont fixés, et un "
    "seul orateur présente les deux.",
    "pin-order": "{who} a préséance sur {other} mais est fixé à {stop} plus tard : minute {first} "
    "au lieu de {second} au plus tard.",
    "pin-tour": "{who} : impossible de voir les arrêts fixés, {least:# arrêt|# arrêts} en tout, et "
    "d'être de retour en {horizon:# minute|# minutes}.",
    "pin-barred": "{who} est fixé à {stop}, où son groupe ne peut aller.",
    "pin-closed": "{who} est fixé à {stop} à la minute {start}, quand aucune visite n'y est "
    "possible.",
    "pin-places": "Plus de groupes sont fixés à {stop} vers la minute {start} qu'il n'en reçoit "
    "({places}).",
    "pin-many": "{who} est fixé à {count:# arrêt|# arrêts} ; un groupe en voit {most} au plus.",
    "way-stops": "Solution : {count:# arrêt|# arrêts} par groupe au lieu de {least} : {visits:# "
    "visite|# visites} de moins, {unmet:# souhait non satisfait|# souhaits non satisfaits}.",
    "way-horizon": "Solution : {minutes:# minute|# minutes} de plus ({horizon} au lieu de {old}) ; "
    "{idle:# minute|# minutes} d'attente en tout.",
    "way-places": "Solution : {places:# groupe|# groupes} à la fois à {stops} ; {idle:# minute|# "
    "minutes} d'attente en tout.",
    "way-places-stops": "Solution : {count:# arrêt|# arrêts} par groupe et {places:# groupe|# "
    "groupes} à la fois à {stops} ; {idle:# minute|# minutes} d'attente en tout.",
    "way-groups": "Solution : groupes de {most:# personne|# personnes} au plus au lieu de {old} : "
    "{groups:# groupe|# groupes}.",
    "way-small": "Solution : groupes de {least:# personne|# personnes} au moins au lieu de {old} : "
    "{groups:# groupe|# groupes}.",
    "way-interpreter": "Solution : {count:# interprète|# interprètes} de plus ({languages}).",
    "way-languages": "Solution : jusqu'à {count:# langue|# langues} de travail par groupe au lieu "
    "de {old} : {used:# interprète|# interprètes} à l'œuvre.",
    "way-escorts": "Solution : {count:# accompagnateur|# accompagnateurs} de plus.",
    "way-hours": "Solution : tous les accompagnateurs et interprètes de service jusqu'à la minute "
    "{minute}.",
    "way-pins": "Solution : libérer ce qui est fixé pour {who}.",
    "way-apart": "Solution : {who} {count:peut|peuvent} partager un groupe avec ceux dont on les "
    "sépare.",
    "short-stops": "Le groupe {who} voit pour l'instant {seen} arrêts sur {least}.",
    "short-pin": "Le groupe {who} n'atteint pas encore l'arrêt fixé {stop}.",
    "short-people": "Le groupe {who} compte pour l'instant {people:# personne|# personnes} ; il en "
    "faut au moins {least}.",
    "short-staff": "Il manque encore {count:# interprète ou accompagnateur|# interprètes ou "
    "accompagnateurs}.",
    "visit-moved": "Groupe {group} : {stop} à la minute {start} au lieu de {old}.",
    "visit-dropped": "Le groupe {group} ne va plus à {stop} (minute {start}).",
    "visit-added": "Le groupe {group} va à {stop} à la minute {start}.",
    "guest-in": "{guests} rejoint le groupe {group}.",
    "guest-out": "{guests} quitte le groupe {group}.",
    "new-group": "Nouveau groupe {group} : {guests}.",
    "no-group": "Le groupe {group} est dissous.",
    "escort": "Le groupe {group} est accompagné par {who}.",
    "interpreter": "Groupe {group} : {who} interprète ({languages}).",
    "languages": "Langues de travail du groupe {group} : {languages}.",
    "joins-at": "{who} rejoint le groupe {group} à {stop} à la minute {start}.",
    "joins-never": "{who} arrive après la dernière visite du groupe {group}.",
    "no-place": "Aucun groupe ne peut accueillir {who}.",
    "short-tour": "Le groupe {who} voit {seen} arrêts sur {least}.",
    "late-home": "Le groupe {who} est de retour à la minute {minute}, après la fin.",
    "no-staff": "Personne n'est libre pour remplacer {who} dans le groupe {group}.",
    "more-interpreter": "Un interprète de plus ({languages})",
    "more-escort": "Un accompagnateur de plus",
    "more-place": "Un groupe de plus à la fois à {what}",
    "more-minutes": "{what:# minute|# minutes} de plus",
    "more-people": "Groupes de {what:# personne|# personnes} au plus",
    "less-idle": "{n:# minute|# minutes} d'attente de moins",
    "more-idle": "{n:# minute|# minutes} d'attente de plus",
    "less-walk": "{n:# minute|# minutes} de marche de moins",
    "more-walk": "{n:# minute|# minutes} de marche de plus",
    "less-unmet": "{n:# souhait non satisfait|# souhaits non satisfaits} de moins",
    "more-unmet": "{n:# souhait non satisfait|# souhaits non satisfaits} de plus",
    "less-staff": "{n:# interprète|# interprètes} de moins à l'œuvre",
    "more-staff": "{n:# interprète|# interprètes} de plus à l'œuvre",
    "saves": "{what} : {parts} ; gain total {points:# point|# points}.",
    "none-spare": "Interprètes ({languages}) : {used} sur {there} à l'œuvre, aucun en réserve.",
    "no-escort-spare": "Accompagnateurs : {used} sur {there} à la tête d'un groupe, aucun en "
    "réserve.",
    "stop-full": "{stop} : {used} visites sur {there} possibles, {unmet:# souhait non satisfait|# "
    "souhaits non satisfaits}.",
    "nothing-changes": "Rien ne change.",
    "no-better": "Aucune réparation n'est meilleure.",
    "better-offered": "Une meilleure réparation est proposée dans {path} :",
    "saves-nothing": "Rien à gagner, quoi qu'on ajoute.",
    "drafting": "ébauche · score {total} · {missing:# manque|# manques}",
    "progress": "score {total} · borne {bound} · écart {gap}",
    "stopped": "Arrêté.",
    "solved": "{groups:# groupe|# groupes}, score {total} "
    "(attente {idle}, marche {walk}, souhaits non satisfaits {unmet}, interprètes {used})",
    "not-found": "Aucun plan trouvé dans le temps donné, et son impossibilité n'est pas prouvée.",
}
