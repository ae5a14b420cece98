/** Registers the service worker, which opens Galley without the server. Browsers have one only on secure addresses. */

const lookEvery = 60 * 60_000;

/** Registers it once the page is drawn, and looks for a newer build every hour that the page stays open. */
export function registerWorker(): void {
  const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (!import.meta.env.PROD || !container) return;
  const register = async (): Promise<void> => {
    try {
      const registration = await container.register('/sw.js');
      setInterval(() => void registration.update().catch(() => undefined), lookEvery);
    } catch {
      // Without it everything works but opening offline; the next load tries again.
    }
  };
  if (document.readyState === 'complete') void register();
  else addEventListener('load', () => void register(), { once: true });
}
