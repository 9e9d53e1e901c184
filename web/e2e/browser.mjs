// Starts the browser that comes inside the npm package @sparticuz/chromium, so
// that every machine tests with the same one.
import { execFileSync } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'
import { chromium } from 'playwright-core'

const cache = fileURLToPath(new URL('../../.cache/chromium', import.meta.url))
const packed = path.resolve(path.dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../../bin/chromium.br')
const lockIsStaleAfter = 120_000

export const chromiumArgs = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-quic', '--disable-gpu']

/** Starts a browser. */
export async function startBrowser() {
  return chromium.launch({ executablePath: await chromiumProgram(), args: chromiumArgs })
}

/** The browser's program; PORTAL_BROWSER names another one. */
export async function chromiumProgram() {
  const program = process.env.PORTAL_BROWSER ?? (await unpack())
  sayWhatIsMissing(program)
  return program
}

/** Unpacks the browser once; whoever comes second waits for the first. */
async function unpack() {
  const program = path.join(cache, 'chromium')
  await mkdir(cache, { recursive: true })
  const lock = path.join(cache, 'lock')
  while (!existsSync(program)) {
    try {
      await mkdir(lock)
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const made = await stat(lock).catch(() => null)
      // Whoever held it was broken off.
      if (made && Date.now() - made.mtimeMs > lockIsStaleAfter) await rm(lock, { recursive: true, force: true })
      await sleep(200)
      continue
    }
    try {
      const half = `${program}.new`
      await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(half))
      await chmod(half, 0o755)
      await rename(half, program)
    } finally {
      await rm(lock, { recursive: true, force: true })
    }
  }
  return program
}

/** Fails with the names of the system libraries that the browser lacks. */
function sayWhatIsMissing(program) {
  if (process.platform !== 'linux') return
  const missing = execFileSync('ldd', [program], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0])
  if (missing.length > 0) {
    throw new Error(`the browser lacks ${missing.join(', ')}: the README's "Check it" says what to install`)
  }
}
