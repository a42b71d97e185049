/** Moves the clock of this process, and of a page that it is put into, by milliseconds: it goes on from there. */
export function shiftDate(by: number): void {
  globalThis.Date = new Proxy(Date, {
    construct: (real, given: [], made) =>
      Reflect.construct(real, given.length > 0 ? given : [real.now() + by], made) as object,
    get: (real, name) => (name === 'now' ? () => real.now() + by : (Reflect.get(real, name) as unknown)),
  })
}

const by = Number(globalThis.process?.env['SITEDESK_CLOCK_SHIFT_MS'] ?? 0)
if (by !== 0) shiftDate(by)
