import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ClientContext, createClient } from './api/client.ts'
import { keepLive } from './api/live.ts'
import { createQueryClient } from './api/queries.ts'
import { chooseTransport } from './api/transport.ts'
import { App } from './app/App.tsx'
import './app/base.css'
import './ui/ui.css'
import './ui/list.css'
import { startI18n } from './app/i18n/index.ts'
import { storedMode } from './app/mode.tsx'
import { applyTheme } from './app/theme.ts'

applyTheme(storedMode(), document.documentElement)
const client = createClient(chooseTransport())
const queries = createQueryClient()
keepLive(client, queries)
await startI18n()

const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <ClientContext value={client}>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </ClientContext>
  </StrictMode>,
)
