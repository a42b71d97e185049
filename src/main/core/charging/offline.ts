import type { PaymentProvider } from './providers.ts'

/** Staff take the money and say so at the console (U-26): there is nobody to ask, and nothing to close. */
export const offlinePayment: PaymentProvider = {
  kind: 'offline',
  merchant: null,
  begin: () => Promise.resolve({ prepayId: null, package: '', extra: {} }),
  query: () => Promise.resolve({ state: 'pending', transactionId: null, paidAt: null }),
  close: () => Promise.resolve(true),
}
