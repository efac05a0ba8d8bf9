// Pictures of the console for docs/images, taken from the demo as people see it:
//   dotnet build tests/Scenarios && dotnet run --project src/Server -- demo
//   node tools/Screenshots/take.mjs http://localhost:5080 LOGIN PASSWORD [FOLDER] [LANGUAGE] [THEME]
import { createRequire } from 'node:module'
import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = path => fileURLToPath(new URL(path, import.meta.url))
const { chromium } = createRequire(import.meta.url)(here('../../artifacts/bin/Ochag.Scenarios/debug/.playwright/package'))

const [root, login, password, folder = here('../../docs/images'), language = 'ru', theme = 'light'] = process.argv.slice(2)
const widths = [[1440, 960], [390, 844]]
const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
mkdirSync(folder, { recursive: true })

const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] })
const context = await browser.newContext({ baseURL: root, locale: 'ru-RU', colorScheme: theme })
await context.addCookies([{ name: 'ochag.language', value: `c=${language}|uic=${language}`, url: root }])
const page = await context.newPage()
const faults = []
page.on('console', m => { if (m.type() === 'error') faults.push(m.text()) })
page.on('pageerror', e => faults.push(String(e)))

async function take(name, whole = false) {
  for (const [width, height] of widths) {
    await page.setViewportSize({ width, height })
    await page.evaluate(() => document.fonts.ready)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    if (wide > width) faults.push(`${name}: ${wide} px wide in a window of ${width}`)
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: whole })
  }
}

await page.goto('/console/sign-in')
await take('sign-in')
await page.fill('#f-login', login)
await page.fill('#f-password', password)
await page.press('#f-password', 'Enter')
await page.waitForURL('**/console')
await take('dashboard')

// A flat in a building whose heat is shared by its meter: the working that needs most explaining.
await page.setViewportSize({ width: 1440, height: 960 })
await page.fill('#search', 'чита очажная 3 12')
await page.press('#search', 'Enter')
await page.waitForURL('**/search')
await take('search')
await page.click('.hits a[href*="/accounts/"] >> nth=0')
await page.waitForURL('**/accounts/*')
await take('account', process.env.WHOLE === 'yes')
await page.click('#lines tr:has(.service-heating) a.money')
await page.waitForSelector('.working-panel')
const whole = await page.getAttribute('.working-panel .actions a', 'href')
await page.goto(whole)
await take('working', process.env.WHOLE === 'yes')
await page.click('.crumbs a')
await page.click('.crumbs a')
await page.waitForURL('**/buildings/*')
await take('building', process.env.WHOLE === 'yes')
await page.goto('/console/runs')
await take('runs')
await page.click('main table a >> nth=0')
await page.waitForURL('**/runs/*')
await take('run')
for (const area of ['tour', 'rules', 'audit', 'people']) {
  const answer = await page.goto(`/console/${area}`)
  if (answer.ok()) await take(area)
}

await browser.close()
for (const fault of faults) console.error(fault)
process.exit(faults.length === 0 ? 0 : 1)
