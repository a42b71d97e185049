import { LaunchRefusal, LINE_PREFIX } from './refusal.ts'

/** One line on stderr; stdout belongs to the ready line. */
export const say = (line: string): void => {
  process.stderr.write(`${LINE_PREFIX}${line.replaceAll(/\s*\n\s*/g, ' ')}\n`)
}

/** Tells why the start failed and gives the exit code. Only a bug shows its stack. */
export function reportFailure(error: unknown): number {
  if (error instanceof LaunchRefusal) {
    say(error.message)
    return error.exitCode
  }
  say(error instanceof Error ? error.message : String(error))
  if (error instanceof Error && error.stack) process.stderr.write(`${error.stack}\n`)
  return 1
}
