// What waits to be sent, in the database of the browser: words and photos survive a closed page and a flat
// battery. Where there is no such database (private windows of old phones) it is kept for the page alone.
let opening = null;
const loose = new Map();

function open() {
  opening ??= new Promise((resolve) => {
    let request;
    try {
      request = indexedDB.open("fengsui", 1);
    } catch {
      resolve(null);
      return;
    }
    request.onupgradeneeded = () => request.result.createObjectStore("outbox", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  return opening;
}

async function run(mode, act) {
  const database = await open();
  if (!database) return undefined;
  return new Promise((resolve, reject) => {
    const change = database.transaction("outbox", mode);
    const request = act(change.objectStore("outbox"));
    change.oncomplete = () => resolve(request.result);
    change.onerror = () => reject(change.error);
    change.onabort = () => reject(change.error);
  });
}

export async function put(item) {
  if (await open()) await run("readwrite", (table) => table.put(item));
  else loose.set(item.key, item);
}

export async function remove(key) {
  loose.delete(key);
  await run("readwrite", (table) => table.delete(key));
}

export async function all() {
  const found = (await run("readonly", (table) => table.getAll())) ?? [];
  return [...found, ...loose.values()].sort((one, other) => one.at - other.at);
}
