// What a device keeps of a session until the diary has it: entries to send, how far a session has come, and a lock.
// Facts only; what follows from them is the server's. Shared by pages (as a module) and by the service worker.
(() => {
  "use strict";
  const NAME = "kneewise";
  const VERSION = 1;
  const STATE = "/today/session/state/";
  const ENTRIES = "/today/session/entries/";
  const MOST_AT_ONCE = 20;

  function open() {
    return new Promise((done, failed) => {
      const asked = indexedDB.open(NAME, VERSION);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("outbox", { keyPath: "id" });
        asked.result.createObjectStore("progress", { keyPath: "key" });
        asked.result.createObjectStore("locks", { keyPath: "course" });
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => asked.result.close();
        done(asked.result);
      };
      asked.onerror = () => failed(asked.error);
      asked.onblocked = () => failed(new Error("another page keeps the old store open"));
    });
  }

  // One transaction over the stores it names: all of it is kept, or nothing.
  async function change(stores, work) {
    const base = await open();
    try {
      return await new Promise((done, failed) => {
        const one = base.transaction(stores, "readwrite", { durability: "strict" });
        let answer;
        one.oncomplete = () => done(answer);
        one.onabort = one.onerror = () => failed(one.error);
        work(one, (value) => { answer = value; });
      });
    } finally {
      base.close();
    }
  }

  async function read(store, key) {
    const base = await open();
    try {
      return await new Promise((done, failed) => {
        const from = base.transaction(store).objectStore(store);
        const asked = key === undefined ? from.getAll() : from.get(key);
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
      });
    } finally {
      base.close();
    }
  }

  const put = (store, value) => change([store], (one) => one.objectStore(store).put(value));
  const drop = (store, key) => change([store], (one) => one.objectStore(store).delete(key));

  // An entry under an id that waits already stays as it is: the first word counts.
  function keep(one, course, entry) {
    const box = one.objectStore("outbox");
    const asked = box.get(entry.id);
    asked.onsuccess = () => {
      if (!asked.result) box.put({ id: entry.id, course, entry, state: "waiting", why: "" });
    };
  }

  async function state() {
    const answer = await fetch(STATE, { cache: "no-store", credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.json();
  }

  async function post(now, rows) {
    const answer = await fetch(ENTRIES, {
      method: "POST",
      credentials: "same-origin",
      redirect: "error",
      headers: { "Content-Type": "application/json", "X-CSRFToken": now.token },
      body: JSON.stringify({ course: now.course, entries: rows.map((row) => row.entry) }),
    });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.json();
  }

  const tellsSign = (row) => Boolean(row.entry.findings);

  // A lock that was set without the server's word ends when the server has heard all and says that it is open. A sign
  // that it refused it has not heard. Says whether the exercises are open.
  async function settle(now) {
    const unheard = (await read("outbox"))
      .filter((row) => row.course === now.course && (row.state === "waiting" || tellsSign(row)));
    const lock = await read("locks", now.course);
    if (now.locked && !lock) await put("locks", { course: now.course, by: "server" });
    if (!now.locked && lock && !unheard.length) await drop("locks", now.course);
    return !now.locked && !unheard.length;
  }

  // What became of entries that were sent. A sign whose day cannot be – a clock that is wrong – is told as of today.
  function became(now, some) {
    return change(["outbox"], (one, answer) => {
      const box = one.objectStore("outbox");
      const again = [];
      for (const result of now.results) {
        const row = some.find((other) => other.id === result.id);
        if (!row) continue;
        if (result.state === "kept") box.delete(row.id);
        else if (result.state === "refused" && tellsSign(row) && row.entry.on !== now.on) {
          again.push({ ...row, entry: { ...row.entry, on: now.on } });
          box.put(again.at(-1));
        } else box.put({ ...row, state: result.state, why: result.why });
      }
      answer(again);
    });
  }

  async function sendOnce() {
    const rows = (await read("outbox")).filter((row) => row.state === "waiting");
    let now = await state();
    const mine = rows.filter((row) => row.course === now.course);
    for (let from = 0; from < mine.length; from += MOST_AT_ONCE) {
      const some = mine.slice(from, from + MOST_AT_ONCE);
      now = await post(now, some);
      const again = await became(now, some);
      if (again.length) {
        now = await post(now, again);
        await became(now, again);
      }
    }
    const open = now.course ? await settle(now) : false;
    const left = await read("outbox");
    return {
      course: now.course,
      locked: now.locked,
      open,
      sent: mine.length,
      waiting: left.filter((row) => row.state === "waiting" && row.course === now.course).length,
      others: left.filter((row) => row.course !== now.course).length,
      bad: left.filter((row) => row.state !== "waiting"),
    };
  }

  // Two tabs and the service worker may all try: one after the other, for nothing is sent that is gone by then.
  function send() {
    const locks = globalThis.navigator && globalThis.navigator.locks;
    return locks ? locks.request("kneewise-outbox", sendOnce) : sendOnce();
  }

  // Where the browser keeps nothing: straight to the server.
  async function sendDirect(course, entries) {
    let now = await state();
    if (entries.length && now.course !== course) throw new Error("another programme is followed now");
    if (entries.length) now = await post(now, entries.map((entry) => ({ entry })));
    const bad = (now.results || []).filter((result) => result.state !== "kept");
    const open = !now.locked && !bad.length;
    return { course: now.course, locked: now.locked, open, sent: entries.length, waiting: 0, others: 0, bad };
  }

  async function waiting() {
    return (await read("outbox")).length;
  }

  function erase() {
    return new Promise((done) => {
      const asked = indexedDB.deleteDatabase(NAME);
      asked.onsuccess = asked.onerror = asked.onblocked = () => done();
    });
  }

  globalThis.kneewiseOutbox = { change, read, put, drop, keep, state, send, sendDirect, waiting, erase };
})();
