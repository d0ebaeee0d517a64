// The session player: one exercise after the other, counted and timed. It keeps facts and sends them; what follows
// from them is the server's. What to do about a danger sign came with the page, so that it is there without a network.
import "./outbox.js";
import { Cues } from "./cues.js";
import { askToSendLater, dropSession, keepSession, keepTrying } from "./device.js";
import { Pace, stepsOf } from "./pace.js";

const { change, drop, keep, put, read, send, sendDirect } = globalThis.kneewiseOutbox;
const data = JSON.parse(document.getElementById("session-data").textContent);
const player = document.getElementById("player");
const root = document.documentElement;
const STOP_SHOWN = /^(before|danger|felt-|skip|after)/; // an exercise has its own, beside Start
const COUNTED_DOWN = 3;

// --- words, days, ids -----------------------------------------------------------------------------

function text(name, values = {}) {
  return Object.entries(values).reduce((said, [key, value]) => said.replaceAll(`{${key}}`, value), data.texts[name]);
}

function localDay(at = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

const daysBetween = (first, last) => Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000);
// A device whose day is still yesterday's, or whose clock is behind, keeps to the day of the page.
const thisDay = () => (localDay() < data.on ? data.on : localDay());

function longDay(day) {
  const options = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(root.lang, options);
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

// --- what the page holds ----------------------------------------------------------------------------

const exercises = data.exercises;
const exerciseOf = (id) => exercises.find((one) => one.id === id);
const screenOf = (name) => player.querySelector(`[data-screen="${name}"]`);
const chosen = (name) => player.querySelector(`input[name="${name}"]:checked`)?.value;
const status = document.getElementById("said");
const say = (words) => { status.textContent = words; };

function fill(name, words, inside = player) {
  for (const one of inside.querySelectorAll(`[data-fill="${name}"]`)) one.textContent = words;
}

function fault(section, words) {
  const place = section.querySelector("[data-fault]");
  place.textContent = words;
  place.hidden = !words;
  if (words) section.querySelector("input")?.focus();
}

function choose(name, value) {
  for (const one of player.querySelectorAll(`input[name="${name}"]`)) one.checked = one.value === String(value);
}

// Pain as a number; null where it is not known, undefined where nothing was chosen.
function pain(name) {
  const value = chosen(name);
  if (value === undefined) return undefined;
  return value === "unsure" ? null : Number(value);
}

function needPain(section, name) {
  const value = pain(name);
  fault(section, value === undefined ? text("choose_pain") : "");
  return value;
}

// --- what is kept ---------------------------------------------------------------------------------

let run = null;
let pace = null;
let locked = false;
let keepsHere = true;
const loose = []; // entries of a browser that keeps nothing: sent straight away, lost with the page

function freshRun() {
  const on = thisDay();
  return {
    key: `${data.course} ${on}`, course: data.course, on, entry: newId(), told: 0, items: {}, signs: {}, steps: {},
    screen: "before", finished: false, note: "", plan: exercises.map((one) => one.id),
  };
}

let saving = Promise.resolve();
function save() {
  const now = structuredClone(run);
  saving = saving.then(() => put("progress", now)).catch(() => { keepsHere = false; });
  return saving;
}

function withoutNothing(entry) {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null && value !== undefined
    && value !== "" && !(typeof value === "object" && !Object.keys(value).length)));
}

const didSomething = (one) => Object.keys(one.items).length > 0;

function sessionEntries(one, why = "") {
  const left = one.plan.filter((id) => !one.items[id]);
  const items = [...Object.values(one.items), ...left.map((id) => withoutNothing({
    exercise: id, done: false, skipped: why,
  }))];
  const entries = [withoutNothing({
    id: one.entry, on: one.on, kind: "session", items, pain_before: one.pain_before, pain_after: one.pain_after,
    signs: one.signs, note: one.note,
  })];
  if (typeof one.worst === "number") {
    entries.push({ id: `${one.entry}-worst`, on: one.on, kind: "check_in", pain_worst: one.worst });
  }
  return entries;
}

// All that belongs together is kept together: entries to send, how far it has come, and a lock.
async function keepAll(entries, { lock, progress = run } = {}) {
  await saving;
  try {
    await change(["outbox", "progress", "locks"], (one) => {
      for (const entry of entries) keep(one, data.course, entry);
      if (progress) one.objectStore("progress").put(structuredClone(progress));
      if (lock) one.objectStore("locks").put({ course: data.course, ...lock });
    });
    askToSendLater();
  } catch {
    keepsHere = false;
    loose.push(...entries);
  }
}

// --- sending --------------------------------------------------------------------------------------

function tellKept(words) {
  fill("kept", words);
}

function tellBad(result) {
  const lines = result.bad.map((row) => text("refused", { why: row.why }));
  if (result.others) lines.push(text("other_course"));
  const box = player.querySelector('[data-box="bad"]');
  const list = box.querySelector('[data-fill="bad"]');
  list.replaceChildren(...lines.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
  box.hidden = !lines.length;
  box.querySelector('[data-do="forget-bad"]').hidden = !result.bad.length;
}

// Sends what waits and hears whether exercises may go on. True while something is left to send.
async function contact() {
  let result;
  try {
    result = keepsHere ? await send() : await sendDirect(data.course, loose);
  } catch (error) {
    tellKept(text(keepsHere ? "kept_here" : "not_stored"));
    throw error;
  }
  if (!keepsHere) loose.length = 0;
  tellBad(result);
  if (!result.waiting) tellKept(result.bad.length ? "" : text("sent"));
  if (result.course === data.course) {
    if (result.locked) await stoppedByServer();
    else if (locked && result.open) location.reload(); // open again: the lock of this device is gone
  }
  return result.waiting > 0;
}

const sendSoon = keepTrying(contact);

// --- screens --------------------------------------------------------------------------------------

function show(name, { quiet = false } = {}) {
  pace?.pause();
  pace = null;
  for (const section of player.querySelectorAll("[data-screen]")) section.hidden = section.dataset.screen !== name;
  const section = screenOf(name);
  player.querySelector("[data-stopbar]").hidden = !STOP_SHOWN.test(name);
  if (run && name !== "stop") {
    run.screen = name;
    if (!quiet) save();
  }
  if (name.startsWith("exercise-")) openExercise(section, exerciseOf(name.slice(9)));
  if (name.startsWith("felt-")) openFelt(section, exerciseOf(name.slice(5)));
  if (name === "done" || name === "locked") sleepAgain();
  scrollTo(0, 0);
  const title = [...section.querySelectorAll("h1")].find((one) => one.checkVisibility());
  title?.focus({ preventScroll: true });
}

const nextOpen = () => exercises.find((one) => !run.items[one.id]);

function goOn() {
  const next = nextOpen();
  show(next ? `exercise-${next.id}` : "after");
}

function stepWords(exercise) {
  return text("step", { n: exercises.indexOf(exercise) + 1, all: exercises.length });
}

// --- one exercise -----------------------------------------------------------------------------------

let awake = null;
let wantsAwake = false;
async function stayAwake() {
  wantsAwake = true;
  try {
    awake = await navigator.wakeLock.request("screen");
  } catch {
    awake = null; // not every browser can; the exercises go on all the same
  }
}

function sleepAgain() {
  wantsAwake = false;
  awake?.release().catch(() => {});
  awake = null;
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches || root.classList.contains("motion-less");
const stills = new Map();
let moves = !calm();

function drawFigure(section, exercise) {
  const place = section.querySelector("[data-figure]");
  const button = section.querySelector('[data-do="picture"]');
  if (!exercise.moving || !("adoptedStyleSheets" in document) || calm()) return;
  if (!stills.has(exercise.id)) {
    stills.set(exercise.id, place.innerHTML);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(exercise.moving.style);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  place.innerHTML = moves ? exercise.moving.svg : stills.get(exercise.id);
  button.hidden = false;
  button.textContent = text(moves ? "picture_stop" : "picture_move");
}

function where(step, exercise) {
  const parts = [text("set", { n: step.set, all: exercise.sets })];
  if (step.side && exercise.sides.length > 1) parts.push(text(step.side));
  return parts.join(", ");
}

function clockWords(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 100 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function setsDone(exercise, at) {
  return stepsOf(exercise, data).slice(0, at).filter((step) => step.endsSet).length;
}

function drawClock(section, exercise) {
  const clock = section.querySelector("[data-clock]");
  const step = pace.step;
  const main = section.querySelector('[data-do="main"]');
  const part = section.querySelector('[data-do="next-part"]');
  clock.dataset.kind = step && pace.begun ? step.kind : "";
  clock.hidden = false;
  if (!step) return;
  const timed = step.seconds > 0;
  let what = step.kind === "other_side" ? text("other_side", { side: text(step.side) }) : text(step.kind);
  if (pace.begun && !pace.running) what = text("paused");
  fill("what", pace.begun ? what : text("ready_when"), section);
  let count = timed ? clockWords(pace.left) : String(exercise.reps);
  if (!pace.begun) count = exercise.reps === 1 && exercise.pace.length ? clockWords(exercise.pace[0][1] * 1000) : String(exercise.reps);
  fill("count", count, section);
  const reps = step.rep && exercise.reps > 1 ? ` – ${text("rep", { n: step.rep, all: exercise.reps })}` : "";
  fill("where", where(step, exercise) + reps, section);
  const share = timed && pace.begun ? 1 - pace.left / (step.seconds * 1000) : 0;
  clock.querySelector("[data-bar]").style.transform = `scaleX(${Math.min(Math.max(share, 0), 1)})`;
  main.textContent = text(!pace.begun ? "begin" : !pace.running ? "go_on" : step.kind === "own" ? "set_done" : "pause");
  part.hidden = !pace.running || step.kind === "own";
  part.textContent = text(step.kind === "rest" ? "rest_done" : "set_done");
}

function openExercise(section, exercise) {
  fill("step", stepWords(exercise), section);
  drawFigure(section, exercise);
  let second = 0;
  pace = new Pace(stepsOf(exercise, { ready: data.ready, otherSide: data.other_side }), {
    onStep(step) {
      second = 0;
      if (["go", "hold", "back", "rest"].includes(step.kind)) cues.give(step.kind);
      if (step.kind === "own") cues.give("go");
      if (step.kind === "ready") say(`${text("ready")}. ${where(step, exercise)}`);
      if (step.kind === "other_side") {
        cues.give("rest");
        say(text("other_side", { side: text(step.side) }));
      }
      if (step.kind === "rest") say(text("rest_for", { n: step.seconds }));
      if (["ready", "other_side", "rest"].includes(step.kind)) {
        run.steps[exercise.id] = pace.at;
        save();
      }
    },
    onTick() {
      const left = Math.ceil(pace.left / 1000);
      const counted = pace.step?.seconds > COUNTED_DOWN && pace.running;
      if (counted && left <= COUNTED_DOWN && left > 0 && left !== second) cues.give("tick");
      second = left;
      drawClock(section, exercise);
    },
    onEnd() {
      cues.give("end");
      run.steps[exercise.id] = pace.at;
      say(text("all_done"));
      show(`felt-${exercise.id}`);
    },
  }, run.steps[exercise.id] ?? 0);
  if (!pace.step) pace.at = 0;
  pace.left = pace.step.seconds * 1000;
  drawClock(section, exercise);
}

function pressMain(exercise, section) {
  cues.wake();
  if (pace.running && pace.step.kind === "own") pace.finishSet();
  else if (pace.running) pace.pause();
  else {
    stayAwake();
    pace.start();
    section.querySelector("[data-clock]").scrollIntoView({ block: "nearest" });
  }
  if (pace?.step) drawClock(section, exercise);
}

function openFelt(section, exercise) {
  const item = run.items[exercise.id];
  const done = setsDone(exercise, run.steps[exercise.id] ?? 0) || exercise.sets; // who says "done" has done it
  fill("step", stepWords(exercise), section);
  section.querySelector('[data-number="sets"]').value = item?.sets ?? done;
  section.querySelector('[data-number="reps"]').value = item?.reps ?? exercise.reps;
  tooMuch(section, exercise);
}

function tooMuch(section, exercise) {
  const value = pain(`during-${exercise.id}`);
  const words = typeof value !== "number" || value <= data.limit ? ""
    : text(value > data.most ? "too_much" : "a_bit_much", { pain: value, limit: value > data.most ? data.most : data.limit });
  const place = section.querySelector('[data-fill="too-much"]');
  place.textContent = words;
  place.hidden = !words;
}

function whole(section, name, most) {
  const field = section.querySelector(`[data-number="${name}"]`);
  const typed = field.value.trim();
  const bad = typed !== "" && (!/^\d+$/.test(typed) || Number(typed) > most);
  field.toggleAttribute("aria-invalid", bad);
  if (bad) {
    field.setAttribute("aria-invalid", "true");
    section.querySelector("details").open = true;
    fault(section, text("whole_number"));
    field.focus();
    return null;
  }
  return typed === "" ? undefined : Number(typed);
}

function keepFelt(section, exercise) {
  const felt = needPain(section, `during-${exercise.id}`);
  if (felt === undefined) return;
  const sets = whole(section, "sets", 100);
  if (sets === null) return;
  const reps = whole(section, "reps", 1000);
  if (reps === null) return;
  const effort = chosen(`effort-${exercise.id}`);
  run.items[exercise.id] = sets === 0
    ? { exercise: exercise.id, done: false }
    : { ...withoutNothing({ exercise: exercise.id, pain_during: felt, sets, reps, effort: effort && Number(effort) }), done: true };
  goOn();
}

// --- stopping ---------------------------------------------------------------------------------------

let from = "before";
let why = "";
const current = () => exerciseOf((/^(?:exercise|felt)-(.+)$/.exec(from) || [])[1]);

function noteStop(words, reason) {
  run.note = [run.note, words].filter(Boolean).join(" ");
  why = run.why = reason;
}

// What the exercise at hand has come to when somebody stops in its middle.
function leaveExercise(felt) {
  const exercise = current();
  if (!exercise || run.items[exercise.id]) return;
  const sets = run.steps[exercise.id] === undefined ? 0 : setsDone(exercise, run.steps[exercise.id]);
  const begun = run.steps[exercise.id] !== undefined;
  run.items[exercise.id] = begun
    ? { ...withoutNothing({ exercise: exercise.id, pain_during: felt, sets: sets || null }), done: true }
    : { ...withoutNothing({ exercise: exercise.id, skipped: why }), done: false };
}

// The answers that stop everything, and what the page says to them.
function showLock(pairs) {
  const levels = pairs.map((pair) => data.stops[pair]).filter(Boolean);
  const level = data.levels.filter((one) => levels.includes(one)).at(-1) ?? "unknown";
  const section = screenOf("locked");
  for (const one of section.querySelectorAll("[data-level]")) one.hidden = one.dataset.level !== level;
  for (const one of section.querySelectorAll("[data-sign-card]")) one.hidden = !pairs.includes(one.dataset.signCard);
  const names = (some) => some.map((pair) => data.signs[pair.replace(/-(present|unsure)$/, "")]).join(", ");
  const others = pairs.filter((pair) => data.stops[pair] !== level);
  fill("also", level !== "unknown" && others.length ? text("also", { signs: names(others) }) : "", section);
  fill("told", pairs.length ? text("told", { signs: names(pairs) }) : text("stopped_before"), section);
  locked = true;
  player.querySelector("#stale-note").hidden = true;
  show("locked", { quiet: true });
}

// Tell new signs. With a rule of their own they stop everything at once; the others when the server says so, or when
// it cannot be asked: to go on without a word would be a guess.
async function tell(findings, after) {
  run.told += 1;
  const entry = { id: `${run.entry}-s${run.told}`, on: run.on, kind: "check_in", findings };
  const pairs = Object.entries(findings).map(([one, answer]) => `${one}-${answer === true ? "present" : "unsure"}`);
  const stops = pairs.some((pair) => data.stops[pair]);
  if (stops) {
    await lockHere([entry], pairs);
    return;
  }
  await keepAll([entry]);
  let result = null;
  try {
    result = keepsHere ? await send() : await sendDirect(data.course, loose);
  } catch {
    result = null;
  }
  const present = Object.values(findings).includes(true);
  if (result?.locked || (result === null && present)) await lockHere([], pairs);
  else {
    if (!present) {
      const note = player.querySelector("#stale-note");
      note.textContent = text("unsure", { sign: Object.keys(findings).map((one) => data.signs[one]).join(", ") });
      note.hidden = false;
    }
    after();
  }
}

async function lockHere(entries, pairs) {
  leaveExercise(null);
  run.finished = true;
  const all = didSomething(run) ? [...entries, ...sessionEntries(run, run.why ?? why)] : entries;
  showLock(pairs);
  await keepAll(all, { lock: { by: "device", pairs, on: run.on } });
  tellKept(text(keepsHere ? "kept_here" : "not_stored"));
  dropSessionWhenTold();
  sendSoon();
}

// The page stays kept until the server has heard, for it holds what to do; the player itself is locked.
function dropSessionWhenTold() {
  addEventListener("kneewise-told", () => dropSession(), { once: true });
}

async function stoppedByServer() {
  dispatchEvent(new Event("kneewise-told"));
  await dropSession().catch(() => {});
  if (locked) return;
  if (run && !run.finished && didSomething(run)) {
    run.finished = true;
    await keepAll(sessionEntries(run, run.why ?? ""));
    await send().catch(() => {});
  }
  location.assign("/today/");
}

// --- the end ----------------------------------------------------------------------------------------

async function finish() {
  const section = screenOf("after");
  const after = needPain(section, "after");
  if (after === undefined || run.finished) return;
  run.pain_after = after;
  run.worst = pain("worst") ?? null;
  const typed = document.getElementById("session-note").value.trim();
  run.note = [run.note, typed].filter(Boolean).join(" ");
  run.finished = true;
  run.screen = "done";
  tellKept(text("sending"));
  await keepAll(sessionEntries(run, run.why ?? ""));
  show("done", { quiet: true });
  sendSoon();
}

// --- presses ----------------------------------------------------------------------------------------

const stored = (name, otherwise) => {
  try {
    return localStorage.getItem(name) ?? otherwise;
  } catch {
    return otherwise;
  }
};
const cues = new Cues({
  sound: stored("kneewise-sound", root.dataset.sound ?? "on") === "on",
  buzz: stored("kneewise-vibration", "on") === "on",
});

function drawSwitches() {
  for (const name of ["sound", "buzz"]) {
    for (const one of player.querySelectorAll(`[data-do="${name}"]`)) one.setAttribute("aria-pressed", String(cues[name]));
    fill(name, `: ${text(cues[name] ? "on" : "off")}`);
  }
  for (const one of player.querySelectorAll('[data-do="buzz"]')) one.hidden = !navigator.vibrate;
}

function flip(name, key) {
  cues[name] = !cues[name];
  try {
    localStorage.setItem(key, cues[name] ? "on" : "off");
  } catch {
    // A browser that keeps nothing asks again next time.
  }
  cues.wake();
  if (cues[name]) cues.give("go");
  drawSwitches();
}

function answersDue(section) {
  const answers = {};
  for (const one of section.querySelectorAll("[data-sign]")) {
    answers[one.dataset.sign] = one.querySelector("input:checked")?.value;
  }
  return answers;
}

const afterDanger = () => (run.stale ? show("signs") : goOn());

const presses = {
  connect: () => location.reload(),
  "go-on-stale": () => {
    run.stale = true;
    player.querySelector("#stale-note").hidden = false;
    show("before");
  },
  "keep-unfinished": async () => {
    const old = run.unfinished;
    delete run.unfinished;
    await keepAll(sessionEntries(old), { progress: { ...old, finished: true } });
    sendSoon();
    await begin();
  },
  "forget-unfinished": async () => {
    await drop("progress", run.unfinished.key);
    delete run.unfinished;
    await begin();
  },
  "before-next": (section) => {
    const value = needPain(section, "before");
    if (value === undefined) return;
    run.pain_before = value;
    const asks = data.due.length && !Object.keys(run.signs).length;
    if (asks) show("danger");
    else afterDanger();
  },
  "danger-next": (section) => {
    const answers = answersDue(section);
    const open = Object.values(answers).includes(undefined);
    fault(section, open ? text("answer_all") : "");
    if (open) return;
    const state = { present: true, absent: false, unsure: "unsure" };
    const told = Object.entries(answers).map(([finding, answer]) => [finding, state[answer]]);
    run.signs = Object.fromEntries(told.filter(([, answer]) => answer === false));
    const news = Object.fromEntries(told.filter(([, answer]) => answer !== false));
    if (Object.keys(news).length) tell(news, afterDanger);
    else afterDanger();
  },
  main: (section, exercise) => pressMain(exercise, section),
  "next-part": () => (pace.step.kind === "rest" ? pace.next() : pace.finishSet()),
  felt: (_section, exercise) => {
    if (pace?.begun) run.steps[exercise.id] = pace.at;
    show(`felt-${exercise.id}`);
  },
  "felt-next": (section, exercise) => keepFelt(section, exercise),
  again: () => show(`exercise-${(current() ?? exercises[0]).id}`),
  previous: (_section, exercise) => {
    const before = exercises[exercises.indexOf(exercise) - 1];
    if (before) show(`felt-${before.id}`);
    else show("before");
  },
  skip: () => {
    choose("skip", null);
    show("skip");
  },
  "skip-next": (section) => {
    const reason = chosen("skip");
    fault(section, reason ? "" : text("choose_why"));
    if (!reason) return;
    const exercise = current();
    run.items[exercise.id] = { exercise: exercise.id, done: false, skipped: reason };
    goOn();
  },
  stop: () => show("stop"),
  "carry-on": () => show(from),
  "stop-sign": () => {
    noteStop(text("stopped_sign"), "other");
    show("signs");
  },
  "stop-pain": () => {
    choose("stopped", null);
    show("stop_pain");
  },
  "stop-pain-next": (section) => {
    const value = needPain(section, "stopped");
    if (value === undefined) return;
    noteStop(text("stopped_pain"), "pain");
    leaveExercise(value);
    show("signs");
  },
  "stop-tired": () => {
    noteStop(text("tired"), "other");
    leaveExercise(null);
    show("after");
  },
  "stop-time": () => {
    why = run.why = "time";
    leaveExercise(null);
    show("after");
  },
  "signs-next": (section) => {
    const ticked = [...section.querySelectorAll("input:checked")].map((one) => one.value);
    fault(section, ticked.length ? "" : text("tick_one"));
    if (!ticked.length) return;
    const after = () => {
      leaveExercise(null);
      show("rest_today");
    };
    const next = run.why ? after : goOn;
    const news = ticked.filter((one) => one !== "none");
    if (news.length) tell(Object.fromEntries(news.map((one) => [one, true])), next);
    else next();
  },
  "to-after": () => show("after"),
  finish,
  sound: () => flip("sound", "kneewise-sound"),
  buzz: () => flip("buzz", "kneewise-vibration"),
  picture: (section, exercise) => {
    moves = !moves;
    drawFigure(section, exercise);
  },
  "forget-bad": async () => {
    const bad = (await read("outbox")).filter((row) => row.state !== "waiting");
    for (const row of bad) await drop("outbox", row.id);
    player.querySelector('[data-box="bad"]').hidden = true;
  },
};

player.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  const section = button.closest("[data-screen]");
  const shown = player.querySelector("[data-screen]:not([hidden])")?.dataset.screen ?? "";
  if (/^(before|danger|exercise-|felt-|after)/.test(shown)) from = shown;
  presses[button.dataset.do](section, current());
});

player.addEventListener("change", (event) => {
  const section = event.target.closest("[data-screen]");
  if (event.target.name === "new") {
    // "None of these" and a sign exclude each other.
    const none = event.target.value === "none";
    for (const one of section.querySelectorAll('input[name="new"]')) {
      if (one !== event.target && event.target.checked && (none || one.value === "none")) one.checked = false;
    }
  }
  if (event.target.name?.startsWith("during-")) tooMuch(section, exerciseOf(event.target.name.slice(7)));
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  if (wantsAwake) stayAwake();
  // A page that stayed open over midnight is of another day: it says so before anything was entered.
  if (run && run.on !== thisDay() && !run.finished && !didSomething(run) && !locked) location.reload();
});

// --- the beginning ------------------------------------------------------------------------------------

async function begin() {
  const lock = await read("locks", data.course);
  const rows = await read("progress");
  const on = thisDay();
  const mine = rows.filter((row) => row.course === data.course);
  run = mine.find((row) => row.on === on) ?? freshRun();
  if (lock) {
    showLock(lock.pairs ?? []);
    return;
  }
  const open = mine.filter((row) => row.on !== on && !row.finished);
  const unfinished = open.find(didSomething);
  for (const row of open) if (row !== unfinished) await drop("progress", row.key);
  for (const row of mine) if (row.finished && daysBetween(row.on, on) > 7) await drop("progress", row.key);
  if (unfinished) {
    fill("unfinished", text("unfinished", { day: longDay(unfinished.on), n: Object.keys(unfinished.items).length }));
    show("unfinished", { quiet: true });
    run.unfinished = unfinished;
    return;
  }
  const age = daysBetween(data.on, on);
  fill("from-day", text("from_day", { day: longDay(data.on) }));
  player.querySelector("#stale-note").textContent = text("from_day", { day: longDay(data.on) });
  if (run.finished) {
    show("done", { quiet: true });
    return;
  }
  if (age > data.oldest_days) {
    show("too_old", { quiet: true });
    return;
  }
  if (age > 0 && !run.stale) {
    show("stale", { quiet: true });
    return;
  }
  player.querySelector("#stale-note").hidden = age <= 0;
  restore();
}

// Go on where this session was left: what was entered stands in its fields again.
function restore() {
  run.plan = [...new Set([...exercises.map((one) => one.id), ...Object.keys(run.items)])];
  choose("before", run.pain_before === null ? "unsure" : run.pain_before);
  for (const item of Object.values(run.items)) {
    if (item.done) choose(`during-${item.exercise}`, item.pain_during ?? "unsure");
    if (item.effort !== undefined) choose(`effort-${item.exercise}`, item.effort);
  }
  const known = screenOf(run.screen) && !/^(stale|too_old|unfinished|locked|done|stop|skip|signs)/.test(run.screen);
  if (known) show(run.screen, { quiet: true });
  else if (run.why) show("signs", { quiet: true });
  else show("before", { quiet: true });
}

async function open() {
  document.getElementById("plain").hidden = true;
  player.hidden = false;
  drawSwitches();
  try {
    await begin();
  } catch {
    keepsHere = false;
    run = freshRun();
    fill("stored", text("not_stored"));
    show("before", { quiet: true });
  }
  sendSoon();
  if (keepsHere && (await keepSession().catch(() => false))) fill("stored", text("works_offline"));
}

open();
