/** Addresses of these screens; filters stand behind the question mark, by the keys of their filters. */
const withFilters = (path: string, filters: Readonly<Record<string, string>>): string => {
  const query = new URLSearchParams(filters).toString()
  return query === '' ? path : `${path}?${query}`
}

type Filters = Readonly<Record<string, string>>

export const ordersPath = (filters: Filters = {}) => withFilters('/charging/orders', filters)
export const userPath = (user: string, filters: Filters = {}) =>
  withFilters(`/charging/users/${encodeURIComponent(user)}`, filters)
export const coinsPath = (filters: Filters = {}) => withFilters('/charging/coins', filters)
export const cashoutsPath = (filters: Filters = {}) => withFilters('/charging/cashouts', filters)
export const blacklistPath = (filters: Filters = {}) => withFilters('/charging/blacklist', filters)
export const abnormalPath = (tab: 'zombies' | 'unpaid' | 'refunds') =>
  withFilters('/charging/abnormal', { tab })
