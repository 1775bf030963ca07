// Doing all of several things although one of them fails.

/** Calls `work` for each item, the later ones too when it throws; then throws the first error. */
export function attemptAll<T>(items: readonly T[], work: (item: T) => void): void {
  const errors: unknown[] = [];
  for (const item of items) {
    try {
      work(item);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
