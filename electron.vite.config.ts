import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { join } from 'node:path'
import { noteShippedPackages } from './scripts/shipped-packages.ts'

const at = (path: string) => join(import.meta.dirname, path)

/** Everything else is bundled: fewer files make a faster start and a smaller package. */
const NOT_BUNDLED = ['electron', 'better-sqlite3', '@abandonware/noble', /^node:/]

/** Larger than any chunk before the first screen should be; `npm test` measures the whole. */
const WARN_AT_KB = 900

const inPackage = (name: string) => new RegExp(`[\\\\/]node_modules[\\\\/](${name})[\\\\/]`)

const ANTD = inPackage('antd|@ant-design|@rc-component|rc-[a-z-]+')

/** What the date part needs and no first screen does; the locales' words for it stay with the other words. */
const DATE_PICKER =
  /[\\/]node_modules[\\/](?:dayjs|antd[\\/]es[\\/]date-picker|@rc-component[\\/]picker)[\\/](?!(?:.*[\\/])?locale[\\/](?!zh-cn\.js))/

/** Ed25519, 32 bytes as base64: whose versions this build may be replaced by; none: by nobody's. */
const UPDATE_KEY = JSON.stringify(process.env['SITEDESK_UPDATE_PUBLIC_KEY'] ?? '')

export default defineConfig({
  main: {
    define: { COMPILED_UPDATE_KEY: UPDATE_KEY },
    plugins: [noteShippedPackages(at('out'), 'main')],
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      minify: true,
      rolldownOptions: {
        input: {
          electron: at('src/main/electron.ts'),
          headless: at('src/main/headless.ts'),
          worker: at('src/main/worker.ts'),
        },
        external: NOT_BUNDLED,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [noteShippedPackages(at('out'), 'preload')],
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        external: ['electron'],
        // a sandboxed preload is one CommonJS file
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    base: './',
    plugins: [react(), noteShippedPackages(at('out'), 'renderer')],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      chunkSizeWarningLimit: WARN_AT_KB,
      rolldownOptions: {
        input: at('src/renderer/index.html'),
        output: {
          codeSplitting: {
            groups: [
              { name: 'react', test: inPackage('react|react-dom|react-router|scheduler'), priority: 30 },
              { name: 'charts', test: inPackage('echarts|zrender'), priority: 20 },
              {
                name: 'antd',
                test: (id: string) => ANTD.test(id) && !DATE_PICKER.test(id),
                priority: 10,
              },
              // after antd: what both need stays there
              { name: 'days', test: DATE_PICKER, priority: 5 },
            ],
          },
        },
      },
    },
  },
})
