/** 2: what was asked is wrong (flags, config file) · 1: it cannot be done now (folder in use, store damaged). */
export type ExitCode = 1 | 2

/** The start is refused with one clear line on stderr and no stack trace. Nothing was changed. */
export class LaunchRefusal extends Error {
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LaunchRefusal'
    this.exitCode = exitCode
  }
}

/** Scripts tell our own refusals from a broken Electron by this beginning. */
export const LINE_PREFIX = 'sitedesk: '
