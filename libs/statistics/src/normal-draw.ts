/** A standard normal from two uniform numbers in [0, 1) (Box & Muller 1958). */
export const normalDraw = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
