export const roomPath = (roomId: string) => `/rooms/${encodeURIComponent(roomId)}`
/** The desk with this room chosen. */
export const deskPath = (roomId: string) => `/recharge?room=${encodeURIComponent(roomId)}`
