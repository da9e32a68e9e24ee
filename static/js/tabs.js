// <div data-tabs>: [role=tab aria-controls] buttons and their panels; arrows, Home and End walk them. Without script all panels show.

function choose(tabs, chosen) {
  for (const tab of tabs) {
    const here = tab === chosen;
    tab.setAttribute('aria-selected', String(here));
    tab.tabIndex = here ? 0 : -1;
    document.getElementById(tab.getAttribute('aria-controls')).hidden = !here;
  }
}

export function start(group) {
  const tabs = [...group.querySelectorAll('[role=tab]')];
  const forward = document.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const backward = document.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
  group.addEventListener('click', ({ target }) => {
    const tab = target.closest('[role=tab]');
    if (tab) choose(tabs, tab);
  });
  group.addEventListener('keydown', (event) => {
    const here = tabs.indexOf(document.activeElement);
    const next = { [forward]: here + 1, [backward]: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (here < 0 || next === undefined) return;
    event.preventDefault();
    const tab = tabs[(next + tabs.length) % tabs.length];
    choose(tabs, tab);
    tab.focus();
  });
  choose(tabs, tabs.find((tab) => tab.getAttribute('aria-selected') === 'true') ?? tabs[0]);
}
