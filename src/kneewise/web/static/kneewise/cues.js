// Beeps and buzzes made here: no file is fetched. Silent where the person or the browser wants it so.
const TONES = {
  tick: [[660, 0.06]],
  go: [[880, 0.16]],
  hold: [[740, 0.16]],
  back: [[587, 0.16]],
  rest: [[523, 0.14], [392, 0.2]],
  end: [[523, 0.12], [659, 0.12], [784, 0.3]],
};
const BUZZES = { go: 80, hold: 80, back: 40, rest: [80, 60, 80], end: [120, 80, 240] };
const GAP = 0.04;
const LOUD = 0.25;

export class Cues {
  constructor({ sound, buzz }) {
    this.sound = sound;
    this.buzz = buzz;
    this.context = null;
  }

  // Browsers let sound begin only in answer to a press: call this from one.
  wake() {
    const Context = globalThis.AudioContext || globalThis.webkitAudioContext;
    if (!this.sound || !Context) return;
    this.context = this.context || new Context();
    if (this.context.state === "suspended") this.context.resume().catch(() => {});
  }

  give(name) {
    if (this.buzz && navigator.vibrate && BUZZES[name]) navigator.vibrate(BUZZES[name]);
    if (!this.sound || !this.context) return;
    let at = this.context.currentTime;
    for (const [pitch, long] of TONES[name] || []) {
      this.tone(pitch, at, long);
      at += long + GAP;
    }
  }

  tone(pitch, at, long) {
    const oscillator = this.context.createOscillator();
    const gain = this.context.createGain();
    oscillator.type = "sine";
    oscillator.frequency.value = pitch;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(LOUD, at + 0.01);
    gain.gain.linearRampToValueAtTime(0, at + long);
    oscillator.connect(gain).connect(this.context.destination);
    oscillator.start(at);
    oscillator.stop(at + long);
  }
}
