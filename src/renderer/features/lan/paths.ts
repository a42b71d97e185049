export const lanPath = '/lan'
export const requestsPath = '/lan/requests'
export const requestPath = (id: string) => `${requestsPath}/${encodeURIComponent(id)}`
export const requestsFrom = (address: string) => `${requestsPath}?address=${encodeURIComponent(address)}`
