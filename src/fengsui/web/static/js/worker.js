// Shows the tasks as last seen when there is no network. Only that page and the files it needs are kept;
// everything else goes to the server as if this were not here.
const KEPT = "fengsui-tasks";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function tasks(request) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected && answer.headers.get("content-type")?.startsWith("text/html")) {
      await kept.put("/tasks", answer.clone());
    }
    return answer;
  } catch (gone) {
    const last = await kept.match("/tasks");
    if (last) return last;
    throw gone;
  }
}

async function file(request) {
  const kept = await caches.open(KEPT);
  const known = await kept.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await kept.put(request, answer.clone());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === "/tasks") event.respondWith(tasks(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});
