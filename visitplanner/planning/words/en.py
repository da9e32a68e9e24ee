"""English."""

LANGUAGES = {
    "ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French", "ru": "Russian",
    "zh": "Chinese", "de": "German", "pt": "Portuguese", "ja": "Japanese", "fa": "Persian",
}  # fmt: skip

SENTENCES = {
    "language": "There is no interpreter for {languages}, and {who} {count:speaks|speak} nothing "
    "else.",
    "too-large": "{who} has {people:# person|# people} who stay together; a group has at most "
    "{most}.",
    "few-stops": "{who} may visit {usable:# stop|# stops}; each group must see at least {least}.",
    "guest-time": "{who} cannot see {least:# stop|# stops} that are open to {count:it|them} and be "
    "back within {horizon:# minute|# minutes}.",
    "stops-missing": "Each group must see {least:# stop|# stops}; there {stops:is #|are #}.",
    "stops-small": "A group has at least {least:# person|# people}; {stops:# stop takes|# stops "
    "take} so many, and each group must see {count}.",
    "stop-far": "Nobody can visit {stop} and be back within {horizon:# minute|# minutes}.",
    "sizes": "{people:# guest|# guests} cannot be divided into groups of {least} to {most}.",
    "division": "{people:# guest|# guests} cannot be divided into groups of {least} to {most} as "
    "long as delegations stay together and languages, stops, pins and those to be apart are "
    "heeded.",
    "division-escorts": "{people:# guest|# guests} cannot be divided into at most {escorts:# "
    "group|# groups} of {least} to {most}, one for each escort, as long as delegations stay "
    "together and languages, stops, pins and those to be apart are heeded.",
    "lonely": "Whoever may share a group with {who} makes {people:# person|# people} in all; a "
    "group needs {least}.",
    "apart-many": "{count:# delegation|# delegations} must all be apart ({who}); there can be at "
    "most {groups:# group|# groups}.",
    "escorts": "{people:# guest makes|# guests make} at least {groups:# group|# groups}; there "
    "{escorts:is # escort|are # escorts}.",
    "escorts-hours": "{groups:# group needs|# groups need} an escort until minute {minute} at "
    "least; {escorts:# escort is|# escorts are} on duty that long.",
    "interpreters": "{people:# guest who speaks|# guests who speak} only {languages} "
    "{people:needs|need} at least {need:# interpreter|# interpreters}; there {there:is #|are #}.",
    "tour-time": "A tour of {least:# stop|# stops} takes at least {minutes:# minute|# minutes}; "
    "there {horizon:is #|are #}.",
    "tour-closed": "No tour of {least:# stop|# stops} fits the opening hours within {horizon:# "
    "minute|# minutes}.",
    "stop-hours": "{groups:# group needs|# groups need} {need:# minute|# minutes} at {stops:# stop "
    "that offers|# stops that offer} {offered}.",
    "stop-visits": "{groups:# group|# groups} at {least:# stop|# stops} each make {need:# visit|# "
    "visits}; there is room for {offered}.",
    "pin-apart": "{who} and {other} are pinned together and must be apart.",
    "pin-company": "{who} and those pinned to it are {people:# person|# people}; a group has at "
    "most {most}.",
    "pin-language": "{who} and those pinned to it have no {count:working language|# working "
    "languages} that all understand.",
    "pin-starts": "{who} is pinned to {stop} at minute {first} and at minute {second}.",
    "pin-overlap": "{who} is pinned to {stop} at minute {first} and to {other} at minute {second}: "
    "visit and walk take longer.",
    "pin-speaker": "{stop} at minute {first} and {other} at minute {second} are pinned, and one "
    "speaker presents both.",
    "pin-order": "{who} ranks above {other} but is pinned to {stop} later: minute {first}, not by "
    "minute {second}.",
    "pin-tour": "{who} cannot see the pinned stops, {least:# stop|# stops} in all, and be back "
    "within {horizon:# minute|# minutes}.",
    "pin-barred": "{who} is pinned to {stop}, where its group may not go.",
    "pin-closed": "{who} is pinned to {stop} at minute {start}, when no visit can take place "
    "there.",
    "pin-places": "More groups are pinned to {stop} about minute {start} than the {places} it "
    "takes.",
    "pin-many": "{who} is pinned to {count:# stop|# stops}; a group sees at most {most}.",
    "way-stops": "Way out: {count:# stop|# stops} for each group instead of {least}: {visits:# "
    "visit|# visits} fewer, {unmet:# wish|# wishes} unmet.",
    "way-horizon": "Way out: {minutes:# more minute|# more minutes} ({horizon} instead of {old}); "
    "{idle:# minute|# minutes} of waiting in all.",
    "way-places": "Way out: {places:# group|# groups} at once at {stops}; {idle:# minute|# "
    "minutes} of waiting in all.",
    "way-places-stops": "Way out: {count:# stop|# stops} for each group and {places:# group|# "
    "groups} at once at {stops}; {idle:# minute|# minutes} of waiting in all.",
    "way-groups": "Way out: groups of up to {most:# person|# people} instead of {old}: {groups:# "
    "group|# groups}.",
    "way-small": "Way out: groups of {least:# person|# people} or more instead of {old}: {groups:# "
    "group|# groups}.",
    "way-interpreter": "Way out: {count:one more interpreter|# more interpreters} for {languages}.",
    "way-languages": "Way out: up to {count:# working language|# working languages} in a group "
    "instead of {old}: {used:# interpreter|# interpreters} at work.",
    "way-escorts": "Way out: {count:one more escort|# more escorts}.",
    "way-hours": "Way out: all escorts and interpreters on duty until minute {minute}.",
    "way-pins": "Way out: release what is pinned for {who}.",
    "way-apart": "Way out: {who} may share {count:a group|groups} with those it is kept apart "
    "from.",
    "short-stops": "Group {who} sees {seen} of {least} stops so far.",
    "short-pin": "Group {who} does not reach the pinned stop {stop} so far.",
    "short-people": "Group {who} has {people:# person|# people} so far; at least {least} are "
    "needed.",
    "short-staff": "{count:# interpreter or escort is|# interpreters or escorts are} short so far.",
    "visit-moved": "Group {group}: {stop} at minute {start} instead of {old}.",
    "visit-dropped": "Group {group} no longer goes to {stop} (minute {start}).",
    "visit-added": "Group {group} goes to {stop} at minute {start}.",
    "guest-in": "{guests} joins group {group}.",
    "guest-out": "{guests} leaves group {group}.",
    "new-group": "New group {group}: {guests}.",
    "no-group": "Group {group} is dissolved.",
    "escort": "Group {group} is led by {who}.",
    "interpreter": "Group {group}: {who} interprets {languages}.",
    "languages": "Group {group} works in {languages}.",
    "joins-at": "{who} joins group {group} at {stop} at minute {start}.",
    "joins-never": "{who} arrives after the last visit of group {group}.",
    "no-place": "No group can take {who}.",
    "short-tour": "Group {who} sees {seen} of {least} stops.",
    "late-home": "Group {who} is back in the hall at minute {minute}, after the end.",
    "no-staff": "Nobody is free to replace {who} in group {group}.",
    "more-interpreter": "One more interpreter for {languages}",
    "more-escort": "One more escort",
    "more-place": "One more group at once at {what}",
    "more-minutes": "{what:# more minute|# more minutes}",
    "more-people": "Groups of up to {what:# person|# people}",
    "less-idle": "{n:# minute|# minutes} less waiting",
    "more-idle": "{n:# minute|# minutes} more waiting",
    "less-walk": "{n:# minute|# minutes} less walking",
    "more-walk": "{n:# minute|# minutes} more walking",
    "less-unmet": "{n:# unmet wish|# unmet wishes} fewer",
    "more-unmet": "{n:# unmet wish|# unmet wishes} more",
    "less-staff": "{n:# interpreter|# interpreters} fewer at work",
    "more-staff": "{n:# interpreter|# interpreters} more at work",
    "saves": "{what}: {parts}; {points:# point|# points} saved in all.",
    "none-spare": "Interpreters for {languages}: {used} of {there} at work, none to spare.",
    "no-escort-spare": "Escorts: {used} of {there} lead a group, none to spare.",
    "stop-full": "{stop}: {used} of at most {there} visits taken, {unmet:# wish|# wishes} unmet.",
    "nothing-changes": "Nothing changes.",
    "no-better": "No repair is better.",
    "better-offered": "A better repair is offered in {path}:",
    "saves-nothing": "One more of anything saves nothing.",
    "drafting": "draft · score {total} · {missing:# shortfall|# shortfalls}",
    "progress": "score {total} · bound {bound} · gap {gap}",
    "stopped": "Stopped.",
    "solved": "{groups:# group|# groups}, score {total} "
    "(idle {idle}, walking {walk}, unmet wishes {unmet}, interpreters {used})",
    "not-found": "No plan was found in the time given, and none was proved impossible.",
}
