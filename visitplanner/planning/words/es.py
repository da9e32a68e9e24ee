"""Spanish."""

LANGUAGES = {
    "ar": "árabe", "en": "inglés", "es": "español", "fr": "francés", "ru": "ruso",
    "zh": "chino", "de": "alemán", "pt": "portugués", "ja": "japonés", "fa": "persa",
}  # fmt: skip

SENTENCES = {
    "language": "No hay intérprete ({languages}), y {who} no {count:habla|hablan} otra cosa.",
    "too-large": "{who}: {people:# persona va junta|# personas van juntas}; un grupo tiene {most} "
    "como máximo.",
    "few-stops": "{who}: acceso a {usable:# parada|# paradas}; cada grupo debe ver al menos "
    "{least}.",
    "guest-time": "{who}: no es posible ver {least:# parada accesible|# paradas accesibles} y "
    "volver en {horizon:# minuto|# minutos}.",
    "stops-missing": "Cada grupo debe ver {least:# parada|# paradas}; hay {stops}.",
    "stops-small": "Un grupo tiene al menos {least:# persona|# personas}; {stops:# parada admite|# "
    "paradas admiten} tantas, y cada grupo debe ver {count}.",
    "stop-far": "Nadie puede visitar {stop} y volver en {horizon:# minuto|# minutos}.",
    "sizes": "{people:# invitado no puede|# invitados no pueden} dividirse en grupos de {least} a "
    "{most}.",
    "division": "{people:# invitado no puede|# invitados no pueden} dividirse en grupos de {least} "
    "a {most} sin separar delegaciones y respetando idiomas, paradas accesibles, visitas fijadas y "
    "separaciones pedidas.",
    "division-escorts": "{people:# invitado no puede|# invitados no pueden} dividirse en grupos de "
    "{least} a {most}, uno por acompañante ({escorts}), sin separar delegaciones y respetando "
    "idiomas, paradas accesibles, visitas fijadas y separaciones pedidas.",
    "lonely": "Quienes pueden compartir grupo con {who} suman {people:# persona|# personas}; hacen "
    "falta {least}.",
    "apart-many": "{count:# delegación debe|# delegaciones deben} ir por separado ({who}); puede "
    "haber como máximo {groups:# grupo|# grupos}.",
    "escorts": "{people:# invitado forma|# invitados forman} al menos {groups:# grupo|# grupos}; "
    "hay {escorts:# acompañante|# acompañantes}.",
    "escorts-hours": "{groups:# grupo necesita|# grupos necesitan} un acompañante al menos hasta "
    "el minuto {minute}; {escorts:# está|# están} de servicio tanto tiempo.",
    "interpreters": "{people:# invitado solo habla|# invitados solo hablan}: {languages}; hacen "
    "falta al menos {need:# intérprete|# intérpretes} y hay {there}.",
    "tour-time": "Un recorrido de {least:# parada|# paradas} dura al menos {minutes:# minuto|# "
    "minutos}; hay {horizon}.",
    "tour-closed": "Ningún recorrido de {least:# parada|# paradas} cabe en el horario de apertura "
    "en {horizon:# minuto|# minutos}.",
    "stop-hours": "{groups:# grupo necesita|# grupos necesitan} {need:# minuto|# minutos} en "
    "{stops:# parada que ofrece|# paradas que ofrecen} {offered}.",
    "stop-visits": "{groups:# grupo|# grupos} con {least:# parada|# paradas} cada uno son {need:# "
    "visita|# visitas}; caben {offered}.",
    "pin-apart": "{who} y {other} están fijados juntos y deben ir por separado.",
    "pin-company": "{who} y quienes van fijados con él son {people:# persona|# personas}; un grupo "
    "tiene {most} como máximo.",
    "pin-language": "{who} y quienes van fijados con él no tienen {count:un idioma de trabajo|# "
    "idiomas de trabajo} que todos entiendan.",
    "pin-starts": "{who} está fijado en {stop} en el minuto {first} y en el minuto {second}.",
    "pin-overlap": "{who} está fijado en {stop} en el minuto {first} y en {other} en el minuto "
    "{second}: la visita y el camino duran más.",
    "pin-speaker": "{stop} en el minuto {first} y {other} en el minuto {second} están fijados, y "
    "un solo ponente presenta ambos.",
    "pin-order": "{who} precede a {other} pero está fijado en {stop} más tarde: minuto {first} en "
    "vez de antes del {second}.",
    "pin-tour": "{who}: no es posible ver las paradas fijadas, {least:# parada|# paradas} en "
    "total, y volver en {horizon:# minuto|# minutos}.",
    "pin-barred": "{who} está fijado en {stop}, adonde su grupo no puede ir.",
    "pin-closed": "{who} está fijado en {stop} en el minuto {start}, cuando allí no puede haber "
    "visita.",
    "pin-places": "Hay más grupos fijados en {stop} hacia el minuto {start} de los que admite "
    "({places}).",
    "pin-many": "{who} está fijado en {count:# parada|# paradas}; un grupo ve {most} como máximo.",
    "way-stops": "Salida: {count:# parada|# paradas} por grupo en vez de {least}: {visits:# visita "
    "menos|# visitas menos}, {unmet:# deseo sin cumplir|# deseos sin cumplir}.",
    "way-horizon": "Salida: {minutes:# minuto más|# minutos más} ({horizon} en vez de {old}); "
    "{idle:# minuto|# minutos} de espera en total.",
    "way-places": "Salida: {places:# grupo|# grupos} a la vez en {stops}; {idle:# minuto|# "
    "minutos} de espera en total.",
    "way-places-stops": "Salida: {count:# parada|# paradas} por grupo y {places:# grupo|# grupos} "
    "a la vez en {stops}; {idle:# minuto|# minutos} de espera en total.",
    "way-groups": "Salida: grupos de hasta {most:# persona|# personas} en vez de {old}: {groups:# "
    "grupo|# grupos}.",
    "way-small": "Salida: grupos desde {least:# persona|# personas} en vez de {old}: {groups:# "
    "grupo|# grupos}.",
    "way-interpreter": "Salida: {count:un intérprete más|# intérpretes más} ({languages}).",
    "way-languages": "Salida: hasta {count:# idioma|# idiomas} de trabajo por grupo en vez de "
    "{old}: {used:# intérprete|# intérpretes} en servicio.",
    "way-escorts": "Salida: {count:un acompañante más|# acompañantes más}.",
    "way-hours": "Salida: todos los acompañantes e intérpretes de servicio hasta el minuto "
    "{minute}.",
    "way-pins": "Salida: liberar lo fijado para {who}.",
    "way-apart": "Salida: {who} {count:puede|pueden} compartir grupo con quienes se mantienen "
    "aparte.",
    "short-stops": "El grupo {who} ve por ahora {seen} de {least} paradas.",
    "short-pin": "El grupo {who} aún no llega a la parada fijada {stop}.",
    "short-people": "El grupo {who} tiene por ahora {people:# persona|# personas}; hacen falta al "
    "menos {least}.",
    "short-staff": "{count:Falta # intérprete o acompañante|Faltan # intérpretes o acompañantes} "
    "por ahora.",
    "visit-moved": "Grupo {group}: {stop} en el minuto {start} en vez de {old}.",
    "visit-dropped": "El grupo {group} ya no va a {stop} (minuto {start}).",
    "visit-added": "El grupo {group} va a {stop} en el minuto {start}.",
    "guest-in": "{guests} se une al grupo {group}.",
    "guest-out": "{guests} deja el grupo {group}.",
    "new-group": "Nuevo grupo {group}: {guests}.",
    "no-group": "El grupo {group} se disuelve.",
    "escort": "Acompaña al grupo {group}: {who}.",
    "interpreter": "Grupo {group}: interpreta {who} ({languages}).",
    "languages": "Idiomas de trabajo del grupo {group}: {languages}.",
    "joins-at": "{who} se une al grupo {group} en {stop} en el minuto {start}.",
    "joins-never": "{who} llega después de la última visita del grupo {group}.",
    "no-place": "Ningún grupo puede acoger a {who}.",
    "short-tour": "El grupo {who} ve {seen} de {least} paradas.",
    "late-home": "El grupo {who} vuelve a la sala en el minuto {minute}, después del final.",
    "no-staff": "Nadie está libre para sustituir a {who} en el grupo {group}.",
    "more-interpreter": "Un intérprete más ({languages})",
    "more-escort": "Un acompañante más",
    "more-place": "Un grupo más a la vez en {what}",
    "more-minutes": "{what:# minuto más|# minutos más}",
    "more-people": "Grupos de hasta {what:# persona|# personas}",
    "less-idle": "{n:# minuto|# minutos} menos de espera",
    "more-idle": "{n:# minuto|# minutos} más de espera",
    "less-walk": "{n:# minuto|# minutos} menos de camino",
    "more-walk": "{n:# minuto|# minutos} más de camino",
    "less-unmet": "{n:# deseo sin cumplir|# deseos sin cumplir} menos",
    "more-unmet": "{n:# deseo sin cumplir|# deseos sin cumplir} más",
    "less-staff": "{n:# intérprete|# intérpretes} menos en servicio",
    "more-staff": "{n:# intérprete|# intérpretes} más en servicio",
    "saves": "{what}: {parts}; se {points:ahorra # punto|ahorran # puntos} en total.",
    "none-spare": "Intérpretes ({languages}): {used} de {there} en servicio, ninguno de reserva.",
    "no-escort-spare": "Acompañantes: {used} de {there} guían un grupo, ninguno de reserva.",
    "stop-full": "{stop}: {used} visitas de {there} posibles, {unmet:# deseo sin cumplir|# deseos "
    "sin cumplir}.",
    "nothing-changes": "Nada cambia.",
    "no-better": "Ninguna reparación es mejor.",
    "better-offered": "Se propone una reparación mejor en {path}:",
    "saves-nothing": "Nada que añadir mejora el plan.",
    "drafting": "borrador · puntuación {total} · {missing:# carencia|# carencias}",
    "progress": "puntuación {total} · cota {bound} · diferencia {gap}",
    "stopped": "Detenido.",
    "solved": "{groups:# grupo|# grupos}, puntuación {total} "
    "(espera {idle}, caminata {walk}, deseos no cumplidos {unmet}, intérpretes {used})",
    "not-found": "No se halló un plan en el tiempo dado ni se probó que sea imposible.",
}
