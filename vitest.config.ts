import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const node = (name: string, include: string[], testTimeout = 20_000) => ({
  test: { name, include, environment: 'node' as const, testTimeout, hookTimeout: testTimeout },
})

export default defineConfig({
  test: {
    reporters: ['default', './tests/plain-reporter.ts'],
    coverage: { include: ['src/**/*.{ts,tsx}'] },
    projects: [
      node('unit', ['tests/unit/**/*.test.ts', 'tests/borders.test.ts']),
      node('contract', ['tests/contract/**/*.test.ts']),
      node('upstream', ['tests/upstream/**/*.test.ts'], 60_000),
      node('lan', ['tests/lan/**/*.test.ts'], 60_000),
      node('security', ['tests/security/**/*.test.ts'], 60_000),
      {
        plugins: [react()],
        test: {
          name: 'renderer',
          include: ['tests/renderer/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          // a busy machine draws a whole screen in seconds
          testTimeout: 20_000,
        },
      },
      {
        test: {
          ...node('e2e', ['tests/e2e/**/*.test.ts'], 120_000).test,
          // the console is built before the first file; each file starts a host and a browser of its own
          globalSetup: ['tests/e2e/support/build.ts'],
          // after all others: what people see is looked at on a machine that does little else
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...node('radio', ['tests/radio/**/*.test.ts']).test,
          // noble keeps timers and listeners of the process alive: a process for each file, ended with it
          pool: 'forks' as const,
        },
      },
      node('desktop', ['tests/desktop/**/*.test.ts'], 120_000),
    ],
  },
})
