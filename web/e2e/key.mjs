// A security key without a browser: it makes a passkey and answers with it, as
// the portal's script hands it on.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { unescape } from './visitor.mjs'

const hash = (data) => createHash('sha256').update(data).digest()
const base64url = (data) => Buffer.from(data).toString('base64url')

/** The head of something in CBOR: its kind and how much of it. */
const head = (kind, n) => Buffer.from(n < 24 ? [(kind << 5) | n] : n < 256 ? [(kind << 5) | 24, n] : [(kind << 5) | 25, n >> 8, n & 255])

/** Whole numbers, bytes, text and maps as CBOR. */
function cbor(value) {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([name, one]) => [cbor(name), cbor(one)])])
}

const uint32 = (n) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}

export class Key {
  #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  #id = randomBytes(16)
  #signed = 0

  constructor(origin) {
    this.origin = origin
  }

  /** What the passkey form of a page asks. */
  #asked(body) {
    return JSON.parse(unescape(body.match(/data-options="([^"]*)"/)[1]))
  }

  /** What the key says about itself; 5: somebody touched it and showed who they are. */
  #data(flags) {
    return Buffer.concat([hash(new URL(this.origin).hostname), Buffer.from([flags]), uint32(this.#signed)])
  }

  #client(type, challenge) {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }))
  }

  #answer(response) {
    const id = base64url(this.#id)
    const texts = Object.fromEntries(Object.entries(response).map(([name, data]) => [name, base64url(data)]))
    return JSON.stringify({ id, rawId: id, type: 'public-key', response: texts, clientExtensionResults: {} })
  }

  /** Makes a passkey as a page asks. */
  make(body) {
    const { challenge, user } = this.#asked(body)
    this.handle = Buffer.from(user.id, 'base64url')
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' })
    const point = [x, y].map((one) => Buffer.from(one, 'base64url'))
    const key = cbor(new Map([[1, 2], [3, -7], [-1, 1], [-2, point[0]], [-3, point[1]]]))
    const authData = Buffer.concat([this.#data(0x45), Buffer.alloc(16), Buffer.from([0, this.#id.length]), this.#id, key])
    const attestationObject = cbor(new Map([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]]))
    return this.#answer({ clientDataJSON: this.#client('webauthn.create', challenge), attestationObject })
  }

  /** Answers with the passkey. */
  use(body) {
    this.#signed++
    const clientDataJSON = this.#client('webauthn.get', this.#asked(body).challenge)
    const authenticatorData = this.#data(5)
    const signature = sign('sha256', Buffer.concat([authenticatorData, hash(clientDataJSON)]), this.#keys.privateKey)
    return this.#answer({ clientDataJSON, authenticatorData, signature, userHandle: this.handle })
  }
}
