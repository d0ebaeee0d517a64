// What this device keeps for times without a network: the service worker, and how all of it goes again.
import "./outbox.js";

const { change, erase, state } = globalThis.kneewiseOutbox;
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 300_000;

// Registers the service worker and asks it to keep the session that is open. Says whether it is kept.
export async function keepSession() {
  if (!("serviceWorker" in navigator)) return false;
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const registration = await navigator.serviceWorker.ready;
  return new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => done(event.data === "kept");
    registration.active.postMessage("keep-session", [channel.port2]);
  });
}

export async function dropSession() {
  if (!globalThis.caches) return;
  for (const name of await caches.keys()) if (name.startsWith("kneewise-session")) await caches.delete(name);
}

// The browser sends later by itself where it can, also when this page is closed.
export async function askToSendLater() {
  try {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.sync.register("kneewise-outbox");
  } catch {
    // Not every browser can: the next page that is opened sends it.
  }
}

// What belongs to the course that is followed now; other people on this device keep theirs.
export async function eraseCourse() {
  await dropSession();
  const { course } = await state();
  for (const store of ["outbox", "progress", "locks"]) {
    await change([store], (one) => {
      const cursor = one.objectStore(store).openCursor();
      cursor.onsuccess = () => {
        const at = cursor.result;
        if (!at) return;
        if (at.value.course === course) at.delete();
        at.continue();
      };
    });
  }
}

export async function eraseDevice() {
  await erase();
  if (globalThis.caches) for (const name of await caches.keys()) await caches.delete(name);
  if ("serviceWorker" in navigator) {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  }
}

// Calls `work` until it says that nothing is left: at once when the network is back, else less and less often.
export function keepTrying(work) {
  let wait = FIRST_WAIT;
  let timer = null;
  const attempt = async () => {
    clearTimeout(timer);
    let left = true;
    try {
      left = await work();
    } catch {
      left = true;
    }
    if (!left) {
      wait = FIRST_WAIT;
      return;
    }
    timer = setTimeout(attempt, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };
  const now = () => {
    wait = FIRST_WAIT;
    attempt();
  };
  addEventListener("online", now);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());
  return now;
}
