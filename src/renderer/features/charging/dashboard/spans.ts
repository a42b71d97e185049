export const SPANS = [1, 7, 30] as const
export type Days = (typeof SPANS)[number]

export const daysOf = (text: string | undefined): Days => SPANS.find((days) => String(days) === text) ?? 1
