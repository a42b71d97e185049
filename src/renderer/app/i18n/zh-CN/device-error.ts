/** Why one of many chargers was not changed. */
export const deviceError = {
  notFound: '登记表里没有这台',
  orderTooDear: '单价 × 最长单元数超过 999.99 元',
} as const
