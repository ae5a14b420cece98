// Runs before the first paint: a chosen theme must not flash the other one.
try {
  var theme = localStorage.getItem('galley.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be switched off; the system's theme stands.
}
