/** Where one meter's page is; its id holds a colon. */
export const meterPath = (id: string) => `/meters/${encodeURIComponent(id)}`
