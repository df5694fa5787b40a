// SPDX-License-Identifier: GPL-3.0-or-later
// The lists and what can be done with them. Every function returns a new state; other apps hear the difference.

const TITLE_MAX = 500,
  NAME_MAX = 60;

/** What a new tile begins with. */
export const emptyState = () => ({
  lists: [{ id: 'tasks', name: 'Tasks' }],
  items: [],
  current: 'tasks',
  showDone: true,
});

const cut = (text, length) => text.trim().replace(/\s+/g, ' ').slice(0, length);
const isDay = value => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);

/** What storage gave back, with everything left out that isn't whole. */
export function restoreState(value) {
  const lists = (Array.isArray(value?.lists) ? value.lists : [])
    .filter(list => typeof list?.id === 'string' && typeof list.name === 'string')
    .map(({ id, name }) => ({ id, name: cut(name, NAME_MAX) || 'Tasks' }));
  if (lists.length === 0) return emptyState();
  const known = new Set(lists.map(list => list.id));
  const items = (Array.isArray(value.items) ? value.items : [])
    .filter(item => typeof item?.id === 'string' && typeof item.title === 'string')
    .map(({ id, title, due, done, list }) => ({
      id,
      title: cut(title, TITLE_MAX),
      due: isDay(due) ? due : null,
      done: done === true,
      list: known.has(list) ? list : lists[0].id,
    }));
  return {
    lists,
    items,
    current: known.has(value.current) ? value.current : lists[0].id,
    showDone: value.showDone !== false,
  };
}

/** The items that the person sees, in order. */
export const visibleItems = state =>
  state.items.filter(item => item.list === state.current && (state.showDone || !item.done));

/** How many things are left to do in a list. */
export const countLeft = (state, list) => state.items.filter(item => item.list === list && !item.done).length;

/** Adds an item at the end of the current list; a title of blanks changes nothing. */
export function addItem(state, id, title, due) {
  const text = cut(title, TITLE_MAX);
  return text === ''
    ? state
    : { ...state, items: [...state.items, { id, title: text, due, done: false, list: state.current }] };
}

/** Changes some of an item's title, due, done, list. */
export function editItem(state, id, changes) {
  const clean = { ...changes };
  if ('title' in clean && (clean.title = cut(clean.title, TITLE_MAX)) === '') delete clean.title;
  return { ...state, items: state.items.map(item => (item.id === id ? { ...item, ...clean } : item)) };
}

export const removeItem = (state, id) => ({ ...state, items: state.items.filter(item => item.id !== id) });

/** Puts an item before another one, or last where `before` is null. */
export function placeItem(state, id, before) {
  const item = state.items.find(other => other.id === id);
  if (item === undefined || id === before) return state;
  const others = state.items.filter(other => other !== item);
  const index = others.findIndex(other => other.id === before);
  others.splice(index < 0 ? others.length : index, 0, item);
  return { ...state, items: others };
}

/** Moves an item by `step` among those that are seen. */
export function moveItem(state, id, step) {
  const ids = visibleItems(state).map(item => item.id),
    from = ids.indexOf(id),
    to = from + step;
  if (from < 0 || to < 0 || to >= ids.length) return state;
  return placeItem(state, id, (step < 0 ? ids[to] : ids[to + 1]) ?? null);
}

/** Adds a list and shows it. */
export function addList(state, id, name) {
  const text = cut(name, NAME_MAX);
  return text === '' ? state : { ...state, lists: [...state.lists, { id, name: text }], current: id };
}

export function renameList(state, id, name) {
  const text = cut(name, NAME_MAX);
  return text === ''
    ? state
    : { ...state, lists: state.lists.map(list => (list.id === id ? { ...list, name: text } : list)) };
}

/** Removes a list with its items; the last list stays. */
export function removeList(state, id) {
  const lists = state.lists.filter(list => list.id !== id);
  if (lists.length === 0) return state;
  const current = state.current === id ? lists[0].id : state.current;
  return { ...state, lists, current, items: state.items.filter(item => item.list !== id) };
}

export const removeDone = (state, list) => ({
  ...state,
  items: state.items.filter(item => item.list !== list || !item.done),
});

/* Puts `thing` into `list` behind the one that stood before it in `old`, or first. */
function putBack(list, thing, old) {
  const earlier = old.slice(0, old.indexOf(thing)).map(other => other.id);
  list.splice(list.findLastIndex(other => earlier.includes(other.id)) + 1, 0, thing);
}

/** `now` without what the step from `before` to `after` removed or changed; what came later stays. */
export function revert(now, before, after) {
  const lists = [...now.lists],
    items = [...now.items];
  for (const list of before.lists) {
    if (!after.lists.some(other => other.id === list.id)) putBack(lists, list, before.lists);
  }
  for (const item of before.items) {
    const index = items.findIndex(other => other.id === item.id);
    if (after.items.includes(item)) continue;
    if (index < 0) putBack(items, item, before.items);
    else items[index] = item;
  }
  const restored = lists.length > now.lists.length;
  return { ...now, lists, items, current: restored ? before.current : now.current };
}

/** The items as other apps hear of them, with the list's name in place of its id. */
export function listed(state) {
  const names = new Map(state.lists.map(list => [list.id, list.name]));
  return state.items.map(({ id, title, due, done, list }) => ({ id, title, due, done, list: names.get(list) }));
}

/** What other apps must hear after a change: items new or changed, and ids gone. */
export function difference(before, after) {
  const old = new Map(listed(before).map(item => [item.id, JSON.stringify(item)])),
    now = listed(after);
  const changed = now.filter(item => old.get(item.id) !== JSON.stringify(item));
  now.forEach(item => old.delete(item.id));
  return { changed, removed: [...old.keys()] };
}
