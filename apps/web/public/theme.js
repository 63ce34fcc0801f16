// Runs before the first paint: a chosen theme must not flash. A file of its own, because the page allows no inline script.
try {
  const theme = localStorage.getItem('plenum-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is refused: the system's theme is used.
}
