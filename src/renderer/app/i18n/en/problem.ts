import type { Same } from '../key.ts'
import type { problem as zh } from '../zh-CN/problem.ts'

export const problem: Same<typeof zh> = {
  CONFIG_READABLE: {
    what: 'Other users of this machine can read the configuration file',
    todo: 'It holds accounts and passwords; keep the right to read it to yourself.',
  },
  KEY_FILE_ONLY: {
    what: 'Secrets are protected by a key file only',
    todo: 'Whoever copies the whole data folder can open them; use the system key store or an encrypted disk.',
  },
  SECRETS_LOCKED: {
    what: 'Stored passwords cannot be opened',
    todo: 'Enter the passwords of the vendor systems again in the settings.',
  },
  CLOCK_SKEW: {
    what: 'The clock of this machine differs much from the vendor system',
    todo: 'Set the clock; readings are asked for up to the earlier of the two.',
  },
  INSECURE_UPSTREAM: {
    what: 'The connection to a vendor system is not encrypted',
    todo: 'Account and password travel in the clear; use an https address where there is one.',
  },
  STORE_DAMAGED: {
    what: 'A data file is damaged',
    todo: 'Restore the last good backup; the damaged file is kept as it is.',
  },
  BACKUP_FAILED: {
    what: 'The last backup failed',
    todo: 'Check the disk space and the rights on the data folder; it is tried again in time.',
  },
  LAN_NOT_LISTENING: {
    what: 'The LAN service is not listening',
    todo: 'Mini-programs cannot reach this machine; see the LAN service for the reason, and take another port or card.',
  },
  PAYMENT_NOT_READY: {
    what: 'WeChat Pay is not ready',
    todo: 'Something is wrong with the merchant, its certificate or a key file: nobody can pay on a phone; the LAN service screen says what, part by part.',
  },
  CRASHED: {
    what: 'Something broke',
    todo: 'No data is lost, and nothing is sent again by itself; see what happened under Diagnostics.',
  },
  UNCLEAN_STOP: {
    what: 'The program did not stop cleanly last time',
    todo: 'The data was checked and unfinished jobs can go on; nothing to do.',
  },
}
