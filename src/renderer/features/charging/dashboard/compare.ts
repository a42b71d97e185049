/** How a figure stands against the one before, in whole percent; null: there was nothing before. */
export function changeOf(now: number, before: number): number | null {
  if (before === 0) return now === 0 ? 0 : null
  return Math.round(((now - before) / before) * 100)
}

/** `+12%`, `−3%` */
export const percentText = (percent: number): string => `${percent < 0 ? '−' : '+'}${Math.abs(percent)}%`
