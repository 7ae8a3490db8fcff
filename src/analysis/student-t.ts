/** The two-sided 95 % quantile of Student's t for 1 to 10 degrees of freedom. */
const few = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281];
const z = 1.959964;

/** The same for any number of degrees, whole or not; exact to about three decimals. From 1 degree down it is that of 1. */
export function studentT95(degrees: number): number {
  if (degrees <= few.length) {
    const below = Math.max(1, Math.floor(degrees));
    const [low, high] = [few[below - 1] ?? z, few[below] ?? few[few.length - 1] ?? z];
    return degrees <= below ? low : low + (high - low) * (degrees - below);
  }
  // Cornish and Fisher's expansion around the normal quantile.
  const z3 = z ** 3;
  const z5 = z ** 5;
  return z + (z3 + z) / (4 * degrees) + (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees * degrees);
}
