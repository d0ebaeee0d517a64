// The service worker. The server puts `const OWN = {…}` and outbox.js before this text (see web/views/offline.py).
// It keeps our own files, and – only once a session was opened – that one session, for times without a network.
"use strict";
/* global OWN, kneewiseOutbox */
const FILES = `kneewise-own-${OWN.version}`;
const SESSION = "kneewise-session-1";
const SESSION_PATH = "/today/session/";
const WAIT = 8_000;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const files = await caches.open(FILES);
    await files.addAll(OWN.files.map((path) => new Request(path, { cache: "reload", credentials: "same-origin" })));
    await keepFiles(loaded(await (await files.match(OWN.offline)).text()));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("kneewise-own-") && name !== FILES);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
    if (await caches.has(SESSION)) await askForSession().catch(() => {}); // its files may have changed as well
  })());
});

// What a page or a style sheet loads from us.
function loaded(text) {
  const sheets = [...text.matchAll(/<link[^>]* rel="stylesheet"[^>]*>/g)].map((one) => /href="([^"]+)"/.exec(one[0]));
  const scripts = [...text.matchAll(/<script[^>]* src="([^"]+)"/g)];
  return [...sheets, ...scripts].filter(Boolean).map((one) => one[1].replaceAll("&amp;", "&"))
    .filter((one) => one.startsWith("/"));
}

function asked(text, base) {
  return [...text.matchAll(/url\(["']?([^"')]+)["']?\)/g)]
    .map((one) => new URL(one[1], base))
    .filter((url) => url.origin === self.location.origin)
    .map((url) => url.pathname + url.search);
}

async function keepFiles(paths) {
  const files = await caches.open(FILES);
  for (const path of new Set(paths)) {
    if (await files.match(path)) continue;
    const answer = await fetch(path, { credentials: "same-origin" });
    if (!answer.ok) continue;
    await files.put(path, answer.clone());
    if (path.includes(".css")) await keepFiles(asked(await answer.text(), new URL(path, self.location.href)));
  }
}

// Keep the session that the server gives now; forget the one kept where it gives none or has stopped it.
async function keepSession(answer) {
  if (answer.status >= 500) return caches.has(SESSION);
  if (!answer.ok || answer.headers.get("Kneewise-Session") !== "open") {
    await caches.delete(SESSION);
    return false;
  }
  const text = await answer.text();
  await keepFiles(loaded(text));
  const kept = await caches.open(SESSION);
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const policy = answer.headers.get("Content-Security-Policy");
  if (policy) headers["Content-Security-Policy"] = policy;
  await kept.put(SESSION_PATH, new Response(text, { headers }));
  return true;
}

async function askForSession() {
  return keepSession(
    await fetch(SESSION_PATH, { credentials: "same-origin", cache: "no-store", redirect: "manual" }),
  );
}

self.addEventListener("message", (event) => {
  if (event.data !== "keep-session") return;
  const port = event.ports[0];
  event.waitUntil((async () => {
    try {
      port.postMessage((await askForSession()) ? "kept" : "not kept");
    } catch {
      port.postMessage((await caches.has(SESSION)) ? "kept" : "not kept");
    }
  })());
});

async function afterContact(path, answer) {
  if (path === SESSION_PATH) await keepSession(answer);
  else if (answer.headers.get("Kneewise-Session") === "locked") await caches.delete(SESSION);
  if ((await caches.has(SESSION)) || (await kneewiseOutbox.waiting())) await kneewiseOutbox.send().catch(() => {});
}

const late = (milliseconds) => new Promise((_, failed) => {
  setTimeout(() => failed(new Error("no answer in time")), milliseconds);
});

async function page(event, path) {
  const kept = path === SESSION_PATH && (await caches.match(SESSION_PATH, { cacheName: SESSION }));
  try {
    const asking = fetch(event.request);
    const answer = await (kept ? Promise.race([asking, late(WAIT)]) : asking);
    if (kept && answer.status >= 500) return kept;
    event.waitUntil(afterContact(path, answer.clone()));
    return answer;
  } catch {
    return kept || (await caches.match(OWN.offline, { cacheName: FILES })) || Response.error();
  }
}

async function file(request, url) {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  // An address with a hash never changes; the others are asked for anew while there is a network.
  if (kept && (url.searchParams.has("v") || url.pathname.includes("/icon"))) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok && kept) await files.put(request, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event, url.pathname));
  else if (url.pathname.startsWith("/static/") || url.pathname.endsWith(".css")) {
    event.respondWith(file(event.request, url));
  }
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "kneewise-outbox") return;
  event.waitUntil(kneewiseOutbox.send().then((left) => {
    if (left.waiting) throw new Error("something is left to send");
  }));
});
