// Runs before the first paint: the page's own choice wins, otherwise the system's wish. Without JavaScript: light.
const root = document.documentElement
const dark = matchMedia('(prefers-color-scheme: dark)')

function apply(): void {
  const choice = root.dataset.theme ?? 'auto'
  root.setAttribute('data-bs-theme', choice === 'dark' || (choice === 'auto' && dark.matches) ? 'dark' : 'light')
}

apply()
dark.addEventListener('change', apply)
