// Starts bin/portal the way a newcomer does, with a data folder and a Postgres
// of its own, and ends it again.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const binary = fileURLToPath(new URL('../../bin/portal', import.meta.url))
const readyWithin = 60_000
const stopWithin = 30_000

/** A running portal: its base URL, its data folder, and the lines it printed. */
export class Portal {
  /** Starts one; more are settings beside the usual ones. */
  static async start(more = {}) {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'portal-e2e-'))
    // As root the private Postgres runs as another user, who must get in.
    await chmod(dataDir, 0o711)
    const portal = new Portal(dataDir, await freePort(), more)
    await portal.run()
    return portal
  }

  constructor(dataDir, port, more) {
    this.dataDir = dataDir
    this.more = more
    this.port = port
    this.base = `http://localhost:${port}`
  }

  /** The settings that the program runs with. */
  get settings() {
    return { PATH: process.env.PATH, HOME: process.env.HOME, PORTAL_DATA_DIR: this.dataDir, PORTAL_ADDR: `127.0.0.1:${this.port}`, ...this.more }
  }

  /** What a command of the program prints. */
  command(...words) {
    return execFileSync(binary, words, { env: { ...this.settings, PORTAL_BASE_URL: this.base }, encoding: 'utf8' })
  }

  /** Every route, as the program lists it: method, path, and who may use it. */
  routes() {
    const lines = this.command('routes').trim().split('\n')
    return lines.slice(1).map((line) => line.split(/ {2,}/)).map(([method, pattern, who]) => ({ method, pattern, who }))
  }

  /** Makes whoever is signed in somebody who showed long ago that it is them: what
   * is dangerous asks them again. The program's clock cannot be moved, its data can. */
  async ageProofs() {
    await this.#change("update staff_session set proved_at = proved_at - interval '11 minutes'")
  }

  /** Lets everybody have been away for so many minutes. */
  async away(minutes) {
    await this.#change(`update staff_session set last_used_at = now() - interval '${minutes} minutes'`)
  }

  /** Keeps everybody from changing cases until what it gives is called. */
  async holdCases() {
    const { program, words } = await this.#psql()
    const holder = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] })
    holder.stdin.write("begin; lock table expression in exclusive mode; select 'held';\n")
    await once(holder.stdout, 'data')
    return async () => {
      holder.stdin.end()
      await once(holder, 'exit')
    }
  }

  /** Changes the database, as its owner. */
  async #change(statement) {
    const { program, words } = await this.#psql()
    execFileSync(program, [...words, '-c', statement])
  }

  /** The program that speaks with the portal's Postgres, and how it is called. */
  async #psql() {
    const file = await this.#postmaster()
    const [, , , port, socket] = (await readFile(file, 'utf8')).split('\n')
    const [server] = (await readFile(file.replace(/pid$/, 'opts'), 'utf8')).split(' ')
    const words = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-h', socket, '-p', port, '-U', 'portal_owner', '-d', 'portal']
    return { program: path.join(path.dirname(server), 'psql'), words }
  }

  /** The file by which the portal's Postgres says that it runs. */
  async #postmaster() {
    const folders = await readdir(this.dataDir)
    const file = folders.map((folder) => path.join(this.dataDir, folder, 'postmaster.pid')).find((one) => existsSync(one))
    if (!file) throw new Error(`no Postgres runs in ${this.dataDir}`)
    return file
  }

  /** Ends the portal's Postgres for good: from then on the database is away. */
  async endDatabase() {
    const file = await this.#postmaster()
    process.kill(parseInt(await readFile(file, 'utf8'), 10), 'SIGINT')
    for (let i = 0; existsSync(file); i++) {
      if (i === 100) throw new Error('Postgres does not end')
      await sleep(100)
    }
  }

  /** Starts the program and waits until it says that it is ready. */
  async run() {
    this.output = ''
    this.child = spawn(binary, ['serve'], {
      env: this.settings,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    this.ended = new Promise((resolve) => this.child.once('exit', resolve))
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not ready in ${readyWithin} ms:\n${this.output}`)), readyWithin)
      const hear = (chunk) => {
        this.output += chunk
        // The link comes right after the ready line, in one go with it or not.
        if (/Portal ready at .*\n/.test(this.output)) {
          clearTimeout(timer)
          setTimeout(resolve, 100)
        }
      }
      this.child.stdout.on('data', hear)
      this.child.stderr.on('data', hear)
      this.ended.then((code) => reject(new Error(`ended with ${code}:\n${this.output}`)))
    })
  }

  /** The path of the one-time sign-in link that was printed. */
  get link() {
    const match = this.output.match(new RegExp(`${this.base}(/admin/\\S+)`))
    if (!match) throw new Error(`no sign-in link was printed:\n${this.output}`)
    return match[1]
  }

  /** Stops the program with SIGTERM and waits for its end. */
  async stop() {
    this.child.kill('SIGTERM')
    const timer = setTimeout(() => this.child.kill('SIGKILL'), stopWithin)
    const code = await this.ended
    clearTimeout(timer)
    return code
  }

  /** Stops the program and deletes its data. */
  async end() {
    await this.stop()
    await rm(this.dataDir, { recursive: true, force: true })
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
