/** Where the browser starts: fonts and style, who is signed in, and which page the address means. */
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/source-serif-4/opsz.css';
import '@fontsource-variable/source-serif-4/opsz-italic.css';
import '#web/style/fonts.css';
import '#web/style/tokens.css';
import '#web/style/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '#web/pages/app.tsx';
import { queryClient } from '#web/pages/queries.ts';
import { registerWorker } from '#web/register-worker.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no place to draw in.');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
registerWorker();
