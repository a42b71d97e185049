/** Invented for the demo; good on its own laptop only. */
export const DEMO_CREDENTIALS = {
  user: { appId: 'demo-user-app', appKey: 'demo-user-key-on-loopback' },
  manager: { appId: 'demo-manager-app', appKey: 'demo-manager-key-on-loopback' },
  jam: 'demo-jam-on-loopback',
} as const
