import htmx from 'htmx.org'

// The extension for server-sent events looks for the library on the window, so it must be there before it loads.
declare global {
  interface Window {
    htmx: typeof htmx
  }
}
window.htmx = htmx
