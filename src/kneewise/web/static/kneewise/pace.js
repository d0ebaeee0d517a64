// The steps of one exercise in order, and the clock that walks through them.

// Steps: ready (count down), go, hold, back (a part of a repetition), own (as long as it takes), rest, other_side.
export function stepsOf(exercise, { ready, otherSide }) {
  const steps = [];
  for (let set = 1; set <= exercise.sets; set += 1) {
    exercise.sides.forEach((side, leg) => {
      const turn = leg > 0;
      steps.push({ kind: turn ? "other_side" : "ready", seconds: turn ? otherSide : ready, set, rep: 0, side });
      if (exercise.pace.length) {
        for (let rep = 1; rep <= exercise.reps; rep += 1) {
          for (const [kind, seconds] of exercise.pace) steps.push({ kind, seconds, set, rep, side });
        }
      } else {
        steps.push({ kind: "own", seconds: 0, set, rep: 0, side });
      }
      steps[steps.length - 1].endsSide = true;
    });
    steps[steps.length - 1].endsSet = true;
    if (set < exercise.sets && exercise.rest) {
      steps.push({ kind: "rest", seconds: exercise.rest, set, rep: 0, side: "" });
    }
  }
  return steps;
}

const TICK = 100;

// Time is measured and never counted in ticks: a page in the background is slow, and a hold is no shorter for it.
export class Pace {
  constructor(steps, { onStep, onTick, onEnd }, at = 0) {
    this.steps = steps;
    this.at = Math.min(at, steps.length);
    this.left = this.step ? this.step.seconds * 1000 : 0;
    this.on = { onStep, onTick, onEnd };
    this.timer = null;
    this.last = 0;
    this.begun = false;
  }

  get step() {
    return this.steps[this.at];
  }

  get running() {
    return this.timer !== null;
  }

  start() {
    if (this.running || !this.step) return;
    this.last = performance.now();
    this.timer = setInterval(() => this.tick(), TICK);
    if (!this.begun) this.on.onStep(this.step);
    this.begun = true;
    this.on.onTick(this);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
  }

  tick() {
    const now = performance.now();
    if (this.step.seconds) {
      this.left -= now - this.last;
      if (this.left <= 0) {
        this.next();
        return;
      }
    }
    this.last = now;
    this.on.onTick(this);
  }

  // One step further, and never two at once: what was missed while the page slept was not done.
  next() {
    this.at += 1;
    this.last = performance.now();
    if (!this.step) {
      this.pause();
      this.on.onEnd();
      return;
    }
    this.left = this.step.seconds * 1000;
    this.begun = true;
    this.on.onStep(this.step);
    this.on.onTick(this);
  }

  // To the end of this set (or of the rest): what a press on "this set is done" means.
  finishSet() {
    while (this.step && !this.step.endsSide && this.step.kind !== "rest") this.at += 1;
    this.next();
  }
}
