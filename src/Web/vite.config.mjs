import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = path => fileURLToPath(new URL(path, import.meta.url))

// One sprite of the icons that the pages name: a page carries a reference instead of the drawing, and the browser
// keeps the file. Our own drawings in icons/ go before the kit's.
function sprite() {
  const names = readFileSync(here('icons/names.txt'), 'utf8').split(/\s+/).filter(Boolean)
  const symbol = name => {
    const own = here(`icons/${name}.svg`)
    const source = readFileSync(
      existsSync(own) ? own : here(`node_modules/@tabler/icons/icons/outline/${name}.svg`), 'utf8')
    const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(source)[1].trim()
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" ` +
      `stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`
  }
  return {
    name: 'ochag-icons',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'icons.svg',
        source: `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join('\n')}</svg>\n`,
      })
      this.emitFile({ type: 'asset', fileName: 'mark.svg', source: readFileSync(here('icons/mark.svg'), 'utf8') })
    },
  }
}

export default defineConfig({
  root: here('.'),
  base: './', // addresses inside the style sheet stay relative, so that a path base needs no build of its own
  plugins: [sprite()],
  build: {
    outDir: here('../Server/wwwroot/dist'),
    emptyOutDir: true,
    assetsInlineLimit: 0, // the font and images are files: data: addresses would widen the security policy
    target: 'es2022',
    rollupOptions: {
      input: { console: here('console/console.ts'), theme: here('console/theme.ts') },
      output: {
        // No hashes: the server's static assets add fingerprints.
        entryFileNames: '[name].js',
        assetFileNames: '[name][extname]',
      },
    },
  },
})
