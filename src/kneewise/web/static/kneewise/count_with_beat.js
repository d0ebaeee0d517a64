// Counts repetitions: a tap on the large button or the space bar is one. A beat can be heard and seen. The
// number is filled into the form; nothing is sent by itself. What it says stands in the page's own words.

const panel = document.querySelector("[data-counter]");
if (panel) start(panel);

function start(root) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const form = root.closest("form");
  const field = form.querySelector("input[name='value-1']");
  const most = Number(root.dataset.most);
  const BOUNCE_MS = 250; // two taps of one finger within it are one
  const LOOK_MS = 25, AHEAD_SECONDS = 0.1;

  let count = 0, running = false, lastTap = -Infinity;
  let sound = null, timer = 0, nextBeat = 0, beats = 0;

  const say = (key, values = {}) => {
    let text = root.dataset[`say${key}`] ?? "";
    for (const [name, value] of Object.entries(values)) text = text.replaceAll(`{${name}}`, value);
    part("say").textContent = text;
    root.dataset.state = key;
  };

  function draw() {
    part("number").textContent = String(count);
    part("less").disabled = !running || count === 0;
    for (const name of ["count", "less", "stop"]) part(name).hidden = !running;
    part("start").hidden = running;
  }

  // --- the beat: two to a repetition, the high one for up and the low one for down -----------------------

  const pace = () => Number(root.querySelector("select[data-part='pace']").value) || 0;

  function click(at, high) {
    const quiet = document.documentElement.dataset.sound === "off"; // as chosen under "Text size and look"
    if (quiet || !sound || sound.state !== "running") return;
    const tone = sound.createOscillator(), loud = sound.createGain();
    tone.frequency.value = high ? 880 : 587;
    loud.gain.setValueAtTime(0.25, at);
    loud.gain.exponentialRampToValueAtTime(0.001, at + 0.08);
    tone.connect(loud).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.09);
  }

  function beat() {
    const now = performance.now() / 1000;
    while (nextBeat < now + AHEAD_SECONDS) {
      const up = beats % 2 === 0;
      if (sound) click(sound.currentTime + Math.max(nextBeat - now, 0), up);
      setTimeout(() => {
        part("beat").textContent = up ? root.dataset.sayUp : root.dataset.sayDown;
        part("beat").classList.toggle("down", !up);
        root.dataset.beats = String(Number(root.dataset.beats ?? 0) + 1);
      }, Math.max(nextBeat - now, 0) * 1000);
      beats += 1;
      nextBeat += pace() / 2;
    }
  }

  function setBeat() {
    clearInterval(timer);
    timer = 0;
    part("beat").textContent = "";
    if (!running || !pace()) return;
    try {
      sound ??= new AudioContext();
      sound.resume();
    } catch { /* no sound here: the beat is still seen */ }
    beats = 0;
    nextBeat = performance.now() / 1000 + 0.1;
    timer = setInterval(beat, LOOK_MS);
  }

  // --- counting -----------------------------------------------------------------------------------------

  function begin() {
    count = 0;
    running = true;
    lastTap = -Infinity;
    root.dataset.beats = "0";
    field.value = "";
    say("Counting");
    draw();
    setBeat();
    part("count").focus();
    navigator.wakeLock?.request("screen").catch(() => {});
  }

  function one() {
    const now = performance.now();
    if (!running || now - lastTap < BOUNCE_MS || count >= most) return;
    lastTap = now;
    count += 1;
    navigator.vibrate?.(20);
    draw();
  }

  function finish(key) {
    running = false;
    field.value = String(count);
    setBeat();
    draw();
    say(key, { n: count });
    field.focus();
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, summary, a, button");
    const ours = event.target === part("count");
    if (event.key !== " " || !running || (typing && !ours)) return;
    event.preventDefault(); // neither a scrolled page nor a second count by the button
    if (!event.repeat) one();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === " " && running && event.target === part("count")) event.preventDefault();
  });
  // A count that nobody watched is no count.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && running) finish("Hidden");
  });

  part("start").addEventListener("click", begin);
  part("count").addEventListener("click", one);
  part("less").addEventListener("click", () => {
    count = Math.max(count - 1, 0);
    draw();
    part("count").focus();
  });
  part("stop").addEventListener("click", () => finish("Done"));
  part("pace").addEventListener("change", setBeat);
  root.hidden = false;
  draw();
  say("Intro");
}
