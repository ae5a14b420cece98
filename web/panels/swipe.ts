/** Turning from one annotation to the next with a finger. */

/** A finger must go this far sideways, and more sideways than down, to turn to the next annotation. */
const swipe = 64;

/** The step that a swipe asks for: to the left is on, to the right is back; 0 for anything else. */
export function stepOf(dx: number, dy: number, isRtl: boolean): 1 | -1 | 0 {
  if (Math.abs(dx) < swipe || Math.abs(dx) < 2 * Math.abs(dy)) return 0;
  return dx < 0 !== isRtl ? 1 : -1;
}
