// SortableJS ships as a script that sets a global; here it becomes a module.
import '../vendor/sortablejs-1.15.7/Sortable.min.js';

export default globalThis.Sortable;
