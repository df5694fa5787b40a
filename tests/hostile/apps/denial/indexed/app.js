// SPDX-License-Identifier: GPL-3.0-or-later
// Fills IndexedDB, which has no limit of its own.
const open = indexedDB.open('full');
open.onupgradeneeded = () => open.result.createObjectStore('all', { autoIncrement: true });
open.onsuccess = () => {
  const fill = () => {
    const change = open.result.transaction('all', 'readwrite');
    change.objectStore('all').add(new Uint8Array(4 << 20).fill(7));
    change.oncomplete = fill;
    change.onerror = fill;
  };
  fill();
};
