import type { Same } from '../key.ts'
import type { errors as zh } from '../zh-CN/errors.ts'

export const errors: Same<typeof zh> = {
  INVALID_INPUT: {
    what: 'Something is not filled in correctly',
    todo: 'Correct the marked fields and try again.',
  },
  TOKEN_REQUIRED: {
    what: 'This page has no key to the console',
    todo: 'Open the console from the program again.',
  },
  SESSION_REQUIRED: { what: 'Not signed in, or locked', todo: 'Enter your PIN to go on.' },
  PIN_WRONG: {
    what: 'Name or PIN is wrong',
    todo: 'Check and enter it again; an administrator can set a new PIN.',
  },
  ROLE_REQUIRED: {
    what: 'This operator may not do that',
    todo: 'Change to an operator who may, or ask an administrator for the role.',
  },
  PIN_CHANGE_REQUIRED: { what: 'This PIN was for one time', todo: 'Choose a PIN of your own, then go on.' },
  ORIGIN_REFUSED: {
    what: 'The request did not come from the console page and was refused',
    todo: 'Open the console from the program again.',
  },
  NOT_FOUND: { what: 'Not found', todo: 'It may be deleted or renamed; go back to the list.' },
  UNKNOWN_OPERATION: {
    what: 'The program does not know this operation',
    todo: 'Page and program differ in version; reload the page.',
  },
  METHOD_NOT_ALLOWED: { what: 'The request has the wrong form', todo: 'Reload the page and try again.' },
  CONFLICT: {
    what: 'Somebody changed this meanwhile',
    todo: 'Reload, look at what it is now, then change it again.',
  },
  NAME_TAKEN: { what: 'This name is taken', todo: 'Choose another name.' },
  ALREADY_SET_UP: { what: 'The administrator exists already', todo: 'Sign in.' },
  LAST_ADMIN: {
    what: 'This is the last administrator who can sign in',
    todo: 'Make somebody else an administrator first.',
  },
  FIXED_BY_FILE: { what: 'Fixed by the configuration file', todo: 'Change it in that file and start again.' },
  ROOM_BUSY: {
    what: 'A recharge of this room has no outcome yet',
    todo: 'Wait for its outcome; see it in the recharge records.',
  },
  DUPLICATE_SUSPECTED: {
    what: 'Possibly a repeat: this room has the same or an undecided recharge',
    todo: 'Check the earlier one; confirm only when another is meant.',
  },
  INTENT_CONFLICT: {
    what: 'This number belongs to another recharge',
    todo: 'Go back to the search and begin this one anew.',
  },
  SHIFT_NOT_OPEN: {
    what: 'No shift is open, so no cash can be taken',
    todo: 'Count the float, open the shift, then go on.',
  },
  SHIFT_OPEN: { what: 'A shift is open already', todo: 'Close it before opening another.' },
  AMOUNT_TOO_LARGE: {
    what: 'The amount is above the limit and must be entered twice',
    todo: 'Check the amount and enter it again.',
  },
  NOT_ALLOWED_NOW: { what: 'Not possible in the present state', todo: 'Look at its state now, then decide.' },
  ALREADY_PAID: {
    what: 'This is paid already; nothing was booked again',
    todo: 'Take no money. Give back what you took, and look at the payments of this one.',
  },
  SIGNED_OFF: { what: 'Signed off; it cannot be changed', todo: 'A supervisor records a correction apart.' },
  PORT_BUSY: {
    what: 'The port is supplying power',
    todo: 'Wait until it ends, or switch that port off first.',
  },
  PORT_BROKEN: { what: 'The port is broken (999)', todo: 'Use another port and have this one repaired.' },
  CHARGER_BUSY: {
    what: 'Another task is using this charger',
    todo: 'Wait until it ends, or cancel that task.',
  },
  CHARGER_AMBIGUOUS: {
    what: 'Two devices nearby use this name',
    todo: 'Disconnect one of them from power, then try again.',
  },
  CODE_TAKEN: {
    what: 'The code or Bluetooth name belongs to another charger',
    todo: 'Check the label, or correct the earlier entry.',
  },
  JOB_RUNNING: { what: 'Such a job is running', todo: 'Wait until it ends, or cancel it first.' },
  JOB_NOT_RUNNING: { what: 'The job has ended', todo: 'Nothing to cancel; start it again if needed.' },
  NOT_CONFIGURED: {
    what: 'The connection to this system is not set up',
    todo: 'Enter address and account in the settings.',
  },
  NOT_SUPPORTED: { what: 'Not supported here', todo: 'See what this device or system supports.' },
  BODY_TOO_LARGE: { what: 'Too much was sent at once', todo: 'Send it in several parts.' },
  TOO_MANY_ATTEMPTS: {
    what: 'Too many wrong PINs; sign-in is paused',
    todo: 'Wait for the countdown, then try again.',
  },
  CANCELLED: { what: 'Cancelled', todo: 'Start again when needed; what was done is kept.' },
  CHARGER_BAD_REPLY: {
    what: 'The charger answered something unreadable',
    todo: 'Try once more; if it stays, export the exchange log for the vendor.',
  },
  CHARGER_REFUSED: {
    what: 'The charger refused the command',
    todo: 'See what the status means; set its clock or pair it again if needed.',
  },
  INTERNAL: {
    what: 'An error inside the program',
    todo: 'Copy the code for support; the log has the details.',
  },
  UPSTREAM_REFUSED: {
    what: 'The vendor system refused the request',
    todo: 'Check account and rights, or ask the vendor.',
  },
  UPSTREAM_FAULT: {
    what: 'The vendor system gave an answer that makes no sense',
    todo: 'Try again later; if it stays, copy the code for support.',
  },
  UPSTREAM_OFFLINE: {
    what: 'The vendor system cannot be reached',
    todo: 'Check the network; what is held here can still be used.',
  },
  RADIO_UNAVAILABLE: {
    what: 'Bluetooth is not available',
    todo: 'Switch Bluetooth on and allow this program to use it.',
  },
  CHARGER_NOT_FOUND: {
    what: 'This charger was not heard',
    todo: 'Go closer, check that it has power, scan again.',
  },
  CHARGER_UNREACHABLE: {
    what: 'No connection: a phone holds it or it is too far away',
    todo: 'Go closer, ask others to disconnect, then try again.',
  },
  CHARGER_NO_REPLY: {
    what: 'The charger did not answer',
    todo: 'Try once more; if it stays, switch the charger off and on.',
  },
  CHARGER_LOST: { what: 'The connection broke', todo: 'Go closer, check its power, then try again.' },
  SECRETS_LOCKED: {
    what: 'Stored passwords cannot be opened',
    todo: 'After a change of user or machine, enter them again in the settings.',
  },
  STORE_DAMAGED: {
    what: 'A data file is damaged',
    todo: 'Restore the latest backup; the damaged file is kept as it is.',
  },
  MIGRATION_FAILED: {
    what: 'The data could not be brought to this version',
    todo: 'It was put back as it was; install the version before and ask for help.',
  },
  UPDATE_NOT_STARTED: {
    what: 'The installer did not start; nothing was changed',
    todo: 'Go on with this version; try again, or run the installer by hand.',
  },
  STORE_NEWER: { what: 'The data is from a newer version', todo: 'Install the newer version, then open it.' },
  CONNECTION_LOST: {
    what: 'The connection to the program broke before an answer came',
    todo: 'Reading resumes by itself; check the outcome of a change before doing it again.',
  },
  PAYMENT_UNKNOWN: {
    what: 'The payment platform does not answer, so nobody knows whether this is being paid; nothing was changed',
    todo: 'Check the network and try again. To go on all the same a supervisor gives a reason; money that comes later is listed to be given back.',
  },
  STORAGE_FULL: {
    what: 'The disk is full; nothing was written and no money was sent',
    todo: 'Everything can still be read. Remove files and try again; no restart is needed.',
  },
  PLACE_UNUSABLE: {
    what: 'This folder cannot be used',
    todo: 'Check that the disk is plugged in or the share connected and that this program may write there, then try again.',
  },
  BACKUP_UNUSABLE: {
    what: 'This backup cannot be used',
    todo: 'Check the passphrase; if it still does not open, the file is not whole: take another one.',
  },
  RECHARGE_OPEN: {
    what: 'A recharge is on its way or to be verified; nothing can be restored now',
    todo: 'Settle it under Recharge records first, or the desk would forget money that was sent.',
  },
}
