/** Fen for a kWh and a m³. */
export const PRICE = { electricity: 58, water: 310 } as const
