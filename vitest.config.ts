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
      node('security', ['tests/security/**/*.test.ts'], 60_000),
      {
        plugins: [react()],
        test: { name: 'renderer', include: ['tests/renderer/**/*.test.{ts,tsx}'], environment: 'happy-dom' },
      },
      node('e2e', ['tests/e2e/**/*.test.ts'], 120_000),
      node('desktop', ['tests/desktop/**/*.test.ts'], 120_000),
    ],
  },
})
