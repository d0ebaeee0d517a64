// The page for times without a network: says what this device holds.
import "./outbox.js";

const show = (id, shown) => { document.getElementById(id).hidden = !shown; };

const session = Boolean(globalThis.caches && (await caches.match("/today/session/")));
show("kept-session", session);
show("kept-nothing", !session);
show("kept-entries", (await globalThis.kneewiseOutbox.waiting().catch(() => 0)) > 0);
