// Text along a line.

/** The angle of text along a direction in pixels: degrees, clockwise, such that it never stands on its head. */
export function uprightAngle(dx: number, dy: number): number {
  const angle = (Math.atan2(dy, dx) / Math.PI) * 180;
  if (angle >= 90) return angle - 180;
  return angle < -90 ? angle + 180 : angle;
}
