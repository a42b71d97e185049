import type { Same } from '../key.ts'
import type * as zh from '../zh-CN/charger-codes.ts'

export const chargerWarning: Same<typeof zh.chargerWarning> = {
  okMisspelt: 'The reply says 0K for OK; it was read as OK',
  statusMisspelt: 'The reply has the letter O for status 0; it was read as 0',
  portsMissing: 'The reply leaves out a port; it is shown as unknown',
  minutesOverLimit: 'A port has more than 360 minutes left',
  notCounting: 'The port does not count down from the minutes given; have a look at it',
  portsUnread: 'Done, but the ports could not be read afterwards',
  clockUnreadable: 'Its clock shows no valid time, usually after a power cut',
}

export const chargerEvent: Same<typeof zh.chargerEvent> = {
  connecting: 'connecting',
  connected: 'connected',
  reused: 'goes on with the connection of just now',
  connectFailed: 'could not connect',
  disconnected: 'disconnected',
  lost: 'connection lost',
  noReply: 'no reply',
  writeFailed: 'could not be sent',
  noise: 'bytes that are no reply',
  unexpected: 'a reply nobody asked for',
}

export const chargerTask: Same<typeof zh.chargerTask> = {
  command: 'a single command',
  provisioning: 'an installation run',
  release: 'disconnecting',
}
