import { editDistance } from '../../domain/edit-distance.js';

/** The name that somebody meant, or undefined when none is near. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const most = Math.max(2, Math.floor(given.length / 2));
  const [nearest] = names
    .map((name) => ({ name, distance: editDistance(given.toLowerCase(), name.toLowerCase(), most) }))
    .filter(({ distance }) => distance <= most)
    .sort((one, other) => one.distance - other.distance);
  return nearest?.name;
}
