export const devicePath = (deviceCode: string) => `/water/devices/${encodeURIComponent(deviceCode)}`
export const meterPath = (deviceCode: string) => `/meters/${encodeURIComponent(`water:${deviceCode}`)}`
export const roomPath = (roomId: string) => `/rooms/${encodeURIComponent(roomId)}`
