// The page around goniometer.js: asks for the sensor, sets zero, takes three tries, fills in the form.
// What it says stands in the page's own words (data-say-…); it sends nothing by itself.

const panel = document.querySelector("[data-goniometer]");
if (panel) start(panel, await import(panel.dataset.goniometer));

function start(root, math) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const form = root.closest("form");
  const fields = [...form.querySelectorAll("input[name^='value-']")];
  const counts = root.dataset.counts;
  const [least, most, mostSpread] = ["least", "most", "mostSpread"].map((key) => Number(root.dataset[key]));
  const WAIT_MS = 1500; // for a first reading
  const JOLT_MS = 250; // the tap itself shakes the phone
  const GIVE_UP_MS = 10_000;
  const SILENT_MS = 1000; // without a reading for so long, what is under way ends
  const KEPT_MS = 3000;
  const ZERO_KEPT_MINUTES = 30;
  const KEY = "kneewise-goniometer-zero";

  let zero = null; // { axis, flip, source }
  let readings = []; // { at, up, degrees }
  let task = null; // { kind: "zero" | "try", since, until }
  let tries = [];
  let timer = 0;
  let source = "";

  const say = (key, values = {}) => {
    let text = root.dataset[`say${key}`] ?? "";
    for (const [name, value] of Object.entries(values)) text = text.replaceAll(`{${name}}`, value);
    part("say").textContent = text;
    root.dataset.state = key;
  };
  const show = (name, shown) => { part(name).hidden = !shown; };
  const side = () => form.querySelector("input[name='side']:checked")?.value ?? "";
  const method = () => form.querySelector("input[name='method']:checked")?.value ?? "";

  // --- readings ---------------------------------------------------------------------------------

  function take(up, from) {
    if (!up || document.visibilityState === "hidden") return;
    // An accelerometer tells more often and does not fall silent when the phone lies still: it goes first.
    if (from === "orientation" && source === "motion") return;
    if (from !== source) readings = [];
    source = from;
    const at = performance.now(), last = readings.at(-1);
    const now = math.smoothed(last?.up, up, last ? at - last.at : Infinity);
    const usable = zero && zero.source === source;
    readings.push({ at, up: now, degrees: usable ? math.lean(now, zero) : math.offUpright(now) });
    while (readings.length && at - readings[0].at > KEPT_MS) readings.shift();
    look();
  }

  const onMotion = (event) => {
    const a = event.accelerationIncludingGravity;
    if (a) take(math.upFromAcceleration(a.x, a.y, a.z), "motion");
  };
  const onOrientation = (event) => take(math.upFromOrientation(event.beta, event.gamma), "orientation");

  function forget() {
    readings = [];
    source = "";
  }

  // --- what is shown ----------------------------------------------------------------------------

  function ring(share) {
    part("ring").setAttribute("stroke-dashoffset", String(100 - 100 * share));
  }

  function look() {
    const now = performance.now();
    const newest = math.fresh(readings, now);
    const usable = newest && zero && zero.source === source;
    const degrees = usable ? math.asMeasured(newest.degrees, counts) : null;
    root.dataset.angle = degrees === null ? "" : degrees.toFixed(2);
    part("angle").textContent = degrees === null ? root.dataset.sayNothing : `${Math.round(degrees)}°`;
    if (!task) { ring(0); return; }
    if (!newest) {
      if (now - Math.max(readings.at(-1)?.at ?? 0, task.since) > SILENT_MS) cancel("Stopped");
      ring(0);
      return;
    }
    if (now > task.until) { cancel("Shaky"); return; }
    const { share, value } = math.steady(readings, task.since, now);
    ring(share);
    if (value === null) return;
    if (task.kind === "zero") setZero(now); else keepTry(value);
  }

  function cancel(why) {
    task = null;
    ring(0);
    say(why);
  }

  function begin(kind, key, values) {
    const now = performance.now();
    task = { kind, since: now + JOLT_MS, until: now + GIVE_UP_MS };
    say(key, values);
  }

  // --- zero -------------------------------------------------------------------------------------

  function setZero(now) {
    const lately = readings.filter((one) => now - one.at <= math.STEADY_MS);
    const made = math.zeroFrom(math.meanDirection(lately.map((one) => one.up)));
    if (!made) { cancel("Tilted"); return; }
    task = null;
    useZero({ ...made, source });
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ zero, at: Date.now() }));
    } catch { /* a browser that keeps nothing: zero is set again next time */ }
    say("Zeroed");
    navigator.vibrate?.(60);
    part("take").focus();
  }

  function useZero(made) {
    zero = made;
    readings = [];
    show("live", true);
    part("zero").classList.add("done");
    next();
  }

  function keptZero() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
      const young = kept && Date.now() - kept.at < ZERO_KEPT_MINUTES * 60_000;
      return young ? kept.zero : null;
    } catch {
      return null;
    }
  }

  // --- tries ------------------------------------------------------------------------------------

  function next() {
    const left = tries.length < fields.length;
    part("take").hidden = !left;
    part("take").textContent = root.dataset.sayTake.replace("{n}", String(tries.length + 1));
    part("again").hidden = tries.length === 0;
  }

  function keepTry(leaning) {
    if (Math.abs(leaning) > math.TURNED_DEGREES) { cancel("Turned"); return; }
    const value = Math.round(math.asMeasured(leaning, counts));
    if (value < least || value > most) { cancel("Cannot"); return; }
    task = null;
    ring(1);
    tries.push(value);
    fields[tries.length - 1].value = String(value);
    navigator.vibrate?.([60, 60, 60]);
    say("Taken", { n: tries.length, value });
    next();
    if (tries.length === fields.length) summary();
  }

  function summary() {
    const middle = math.median(tries), apart = math.spread(tries);
    const lines = [root.dataset.sayMiddle.replace("{value}", middle).replace("{spread}", apart)];
    if (mostSpread && apart > mostSpread) lines.push(root.dataset.sayApart);
    else lines.push(compared(middle));
    part("sum").replaceChildren(...lines.filter(Boolean).map((text) => {
      const line = document.createElement("p");
      line.textContent = text;
      return line;
    }));
    say("All");
  }

  function compared(middle) {
    const row = document.querySelector(`[data-earlier][data-side="${side()}"][data-method="${method()}"]`);
    if (!row) return root.dataset.sayFirst;
    const before = Number(row.dataset.earlier);
    const error = row.dataset.error === "" ? NaN : Number(row.dataset.error);
    const key = { real: "sayReal", chance: "sayChance", unknown: "sayUnknown" }[math.judged(before, middle, error)];
    return root.dataset[key].replace("{before}", before).replace("{day}", row.dataset.day)
      .replace("{change}", Math.abs(middle - before)).replace("{error}", error);
  }

  function startAgain() {
    tries = [];
    fields.forEach((field) => { field.value = ""; });
    part("sum").replaceChildren();
    say("Ready");
    next();
  }

  // --- permission -------------------------------------------------------------------------------

  async function allowed() {
    // Both are asked within the one tap: after a wait it would no longer count as one.
    const kinds = [globalThis.DeviceMotionEvent, globalThis.DeviceOrientationEvent]
      .filter((kind) => typeof kind?.requestPermission === "function");
    if (!kinds.length) return true; // a browser that does not ask
    const answers = await Promise.allSettled(kinds.map((kind) => kind.requestPermission()));
    return answers.some((answer) => answer.value === "granted");
  }

  async function use() {
    if (!globalThis.isSecureContext) { say("Insecure"); return; }
    if (!globalThis.DeviceMotionEvent && !globalThis.DeviceOrientationEvent) { say("None"); return; }
    if (!await allowed()) { say("Refused"); return; }
    say("Waiting");
    addEventListener("devicemotion", onMotion);
    addEventListener("deviceorientation", onOrientation);
    clearInterval(timer);
    timer = setInterval(look, 100);
    const since = performance.now();
    const poll = setInterval(() => {
      if (readings.length) {
        clearInterval(poll);
        part("start").hidden = true;
        show("zero", true);
        const kept = keptZero();
        if (kept && kept.source === source) { useZero(kept); say("Ready"); } else say("Zero");
        navigator.wakeLock?.request("screen").catch(() => {});
      } else if (performance.now() - since > WAIT_MS) {
        clearInterval(poll);
        stop();
        say("None");
      }
    }, 100);
  }

  function stop() {
    clearInterval(timer);
    removeEventListener("devicemotion", onMotion);
    removeEventListener("deviceorientation", onOrientation);
    forget();
  }

  // A page that nobody looks at measures nothing: what was under way is over, what was read is forgotten.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    forget();
    if (task) cancel("Hidden");
    look();
  });

  part("start").addEventListener("click", use);
  part("set-zero").addEventListener("click", () => begin("zero", "Zeroing"));
  part("again").addEventListener("click", startAgain);
  part("take").addEventListener("click", () => {
    if (!side()) {
      say("WhichLeg");
      form.querySelector("input[name='side']")?.focus();
      return;
    }
    begin("try", "Hold", { n: tries.length + 1 });
  });
  form.addEventListener("change", (event) => {
    if (["side", "method"].includes(event.target.name) && tries.length === fields.length) summary();
  });
  root.hidden = false;
  say("Intro");
}
