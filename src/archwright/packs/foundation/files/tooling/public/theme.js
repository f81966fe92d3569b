// Runs before the first paint, so that a stored choice of theme never flashes.
(() => {
  let choice = '/*= theme.mode =*/';
  try {
    choice = localStorage.getItem('theme') ?? choice;
  } catch {
    // storage may be blocked: the default stands
  }
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const dark = (choice === 'system' ? system : choice) === 'dark';
  document.documentElement.classList.toggle('dark', dark);
  document.documentElement.dataset.defaultTheme = '/*= theme.mode =*/';
})();
