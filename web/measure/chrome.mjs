// Starts the browser with a port that Lighthouse can drive it by.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const startsWithin = 30_000

/** A running browser: its port, and end. */
export async function launch(program, args) {
  const profile = await mkdtemp(path.join(tmpdir(), 'portal-chrome-'))
  const child = spawn(program, [...args, '--headless=old', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe']
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const end = async () => {
    child.kill()
    await ended
    await rm(profile, { recursive: true, force: true })
  }
  try {
    return { port: await portOf(child), end }
  } catch (error) {
    await end()
    throw error
  }
}

/** The port that the browser says it listens on. */
function portOf(child) {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`the browser does not start:\n${said}`)), startsWithin)
    child.stderr.on('data', (chunk) => {
      said += chunk
      const match = said.match(/DevTools listening on ws:\/\/[^:]+:(\d+)\//)
      if (!match) return
      clearTimeout(timer)
      resolve(Number(match[1]))
    })
    child.once('error', reject)
  })
}
