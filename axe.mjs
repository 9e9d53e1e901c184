import { startBrowser } from '/work/main/web/e2e/browser.mjs'
import http from 'node:http'
import fs from 'node:fs'
const b = await startBrowser()
const axe = fs.readFileSync('/work/main/web/node_modules/axe-core/axe.min.js','utf8')
const server = http.createServer((q, r) => { try { const p='/tmp/cshot'+q.url; const c=fs.readFileSync(p); r.setHeader('Content-Type', p.endsWith('.css')?'text/css':p.endsWith('.js')?'text/javascript':p.endsWith('svg')?'image/svg+xml':'text/html'); r.end(c) } catch { r.statusCode=404; r.end() } }).listen(8798)
for (const name of ['public','staff','problem','home']) for (const w of [320,1280]) {
  const page = await b.newPage({ viewport: { width: w, height: 800 } })
  await page.goto(`http://localhost:8798/${name}.html`)
  await page.evaluate(axe)
  const r = await page.evaluate(() => axe.run())
  for (const v of r.violations) console.log(name, w, v.id, v.impact, v.nodes.map(n => n.html.slice(0,160)).slice(0,3))
  await page.close()
}
await b.close(); server.close()
