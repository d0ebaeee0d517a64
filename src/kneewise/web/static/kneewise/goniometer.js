// The phone as a goniometer: pure functions, no page and no clock in here. docs/how-to/phone-goniometer.md
// explains the angles. Vectors are [x, y, z] in the phone's own axes: x to its right, y to its top, z out of
// its screen. "Up" is the direction against gravity; turning the phone on the spot (its yaw) does not change it.

export const STALE_MS = 300; // an older reading is no reading
export const STEADY_MS = 1000; // a value is taken only after that long within the next line
export const STEADY_DEGREES = 3;
export const LEAST_READINGS = 6; // in that time; fewer would be a guess
export const OFF_AXIS_DEGREES = 12; // so far may the phone's long edge be from upright when zero is set
export const TURNED_DEGREES = 125; // beyond it the phone lies with its top towards the knee
const FACES_DOWN = 0.5; // this share of the lean has to be away from the screen
const SMOOTH_MS = 80;
const EARTH = 9.81;
const MOVING = 1.5; // m/s² off from gravity alone: the phone is being pushed

const RADIANS = Math.PI / 180;
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const size = (a) => Math.hypot(a[0], a[1], a[2]);
const scaled = (a, by) => [a[0] * by, a[1] * by, a[2] * by];
const known = (...values) => values.every((value) => typeof value === "number" && Number.isFinite(value));

/** Up from the angles of a `deviceorientation` event (degrees); null where the sensor tells nothing. */
export function upFromOrientation(beta, gamma) {
  if (!known(beta, gamma)) return null;
  const b = beta * RADIANS, g = gamma * RADIANS;
  return [-Math.cos(b) * Math.sin(g), Math.sin(b), Math.cos(b) * Math.cos(g)];
}

/** Up from `accelerationIncludingGravity` (m/s²); null without values or while the phone is pushed about.
 *  Some phones tell it the other way round: setting zero on the same phone takes that out again. */
export function upFromAcceleration(x, y, z) {
  if (!known(x, y, z)) return null;
  const strength = size([x, y, z]);
  return Math.abs(strength - EARTH) > MOVING ? null : scaled([x, y, z], 1 / strength);
}

/** The angle between two directions in degrees, exact also where they are nearly the same. */
export function angleBetween(a, b) {
  return Math.atan2(size(cross(a, b)), dot(a, b)) / RADIANS;
}

/** The mean direction; null of nothing. */
export function meanDirection(directions) {
  const sum = directions.reduce((a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]], [0, 0, 0]);
  const length = size(sum);
  return length > 1e-9 ? scaled(sum, 1 / length) : null;
}

/** How far the phone's long edge is from upright, whichever way round its sensor counts. */
export function offUpright(up) {
  const angle = angleBetween(up, [0, 1, 0]);
  return Math.min(angle, 180 - angle);
}

/** The zero direction as it is kept: `flip` is -1 where the sensor counts gravity instead of "up" (some phones'
 *  accelerometers do), known because the phone's top is up when zero is set. Null where it is not upright. */
export function zeroFrom(up) {
  if (!up || offUpright(up) > OFF_AXIS_DEGREES) return null;
  const flip = up[1] < 0 ? -1 : 1;
  return { axis: scaled(up, flip), flip };
}

/** How far the phone leans from the zero direction (degrees). It lies with its back on the front of the shin and
 *  its top towards the foot, so its screen faces up while the knee is bent or the leg is below the upright: that
 *  is positive. Beyond the upright the screen faces down: negative. On its side it has no such face: positive. */
export function lean(up, zero) {
  const ours = scaled(up, zero.flip);
  const angle = angleBetween(ours, zero.axis);
  const along = dot(ours, zero.axis);
  const across = [0, 1, 2].map((i) => ours[i] - along * zero.axis[i]);
  return across[2] < -FACES_DOWN * size(across) ? -angle : angle;
}

/** The direction smoothed over some tenths of a second, so that a hand's tremble does not count. */
export function smoothed(before, up, milliseconds) {
  if (!before || !(milliseconds < STALE_MS)) return up;
  const kept = Math.exp(-Math.max(milliseconds, 0) / SMOOTH_MS);
  return meanDirection([scaled(before, kept), scaled(up, 1 - kept)]) ?? up;
}

/** The lean as the measure counts it. "from_upright": the knee with the thigh upright, 0 straight, bent is
 *  positive. "from_floor": the straight leg, 0 flat on the floor, lifted is positive. */
export function asMeasured(leaning, counts) {
  return counts === "from_floor" ? 90 - leaning : leaning;
}

/** The middle value; null of nothing. */
export function median(values) {
  if (!values.length) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** How far apart values lie; 0 of none. */
export function spread(values) {
  return values.length ? Math.max(...values) - Math.min(...values) : 0;
}

/** The newest reading if it is fresh, else null: an old angle is never shown. */
export function fresh(readings, now) {
  const last = readings.at(-1);
  return last && now - last.at <= STALE_MS && now >= last.at ? last : null;
}

/** How steady the newest readings are since a moment: `{share, value}`. `share` of the time that is needed,
 *  0 to 1; `value` is the middle one of that time once it is full, else null. Readings are `{at, degrees}`. */
export function steady(readings, since, now) {
  if (!fresh(readings, now)) return { share: 0, value: null };
  const kept = [];
  let low = Infinity, high = -Infinity, next = now;
  for (let i = readings.length - 1; i >= 0; i -= 1) {
    const { at, degrees } = readings[i];
    low = Math.min(low, degrees);
    high = Math.max(high, degrees);
    if (at < since || next - at > STALE_MS || high - low > STEADY_DEGREES) break;
    kept.push(degrees);
    next = at;
    if (now - at >= STEADY_MS) break;
  }
  const held = kept.length ? Math.min((now - next) / STEADY_MS, 1) : 0;
  const full = held >= 1 && kept.length >= LEAST_READINGS;
  return { share: full ? 1 : Math.min(held, 0.99), value: full ? median(kept) : null };
}

/** What came of a change against the error of the method: "real", "chance", or "unknown" without an error. */
export function judged(before, after, error) {
  if (!known(before, after) || !known(error)) return "unknown";
  const change = Math.abs(after - before);
  return change > 1e-9 && change >= error - 1e-9 ? "real" : "chance";
}
