/** Worked time as people read it: whole minutes in, `7:30` or `7.50` out. */

export const clockHours = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** Hours with two decimals: 90 minutes are 1.50. */
export function decimalHours(minutes: number): string {
  const hundredths = Math.round((minutes * 100) / 60)
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}
