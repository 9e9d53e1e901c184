// A real OpenID Connect provider (the npm package oidc-provider, which is
// certified) behind a small proxy, which a test has tamper with its answers.
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { createServer, request } from 'node:http'
import Provider from 'oidc-provider'

export const clientID = 'portal'
export const clientSecret = 'a secret that the portal and its provider share'

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const kid = 'of-the-provider'

/** The provider at 127.0.0.1: to a portal at localhost it is another site. */
export class Identities {
  static async start() {
    const one = new Identities()
    one.key = newKey()
    one.other = newKey()
    one.proxy = await listen(createServer((asked, answer) => one.#pass(asked, answer)))
    one.issuer = `http://127.0.0.1:${one.proxy.address().port}`
    return one
  }

  /** People, by what they type as their login. */
  people = {}
  /** What becomes of an answer: a function of its path and its body. */
  tamper = undefined
  /** Where people are sent back to in place of where the provider sends them. */
  divert = undefined
  /** Whether the provider's machine is off. */
  down = false

  /** The portal's settings for this provider. */
  settings(more = {}) {
    return {
      PORTAL_OIDC_ISSUER: this.issuer, PORTAL_OIDC_CLIENT_ID: clientID, PORTAL_OIDC_CLIENT_SECRET: clientSecret,
      PORTAL_OIDC_NAME: 'NHSmail', ...more
    }
  }

  /** Serves a portal that answers at a base address. */
  async serve(base) {
    const jwk = { ...this.key.privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
    const provider = new Provider(this.issuer, {
      clients: [{
        client_id: clientID, client_secret: clientSecret, token_endpoint_auth_method: 'client_secret_basic',
        redirect_uris: [`${base}/admin/sign-in/provider/return`], post_logout_redirect_uris: [`${base}/admin/sign-in`]
      }],
      jwks: { keys: [jwk] },
      cookies: { keys: ['of the cookies'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
      findAccount: (_, id) => this.people[id] && { accountId: id, claims: () => ({ sub: id, ...this.people[id] }) },
      pkce: { required: () => true },
      loadExistingGrant: async (ctx) => {
        const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
        grant.addOIDCScope('openid email profile')
        await grant.save()
        return grant
      },
      ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 }
    })
    this.behind = await listen(createServer(provider.callback()))
  }

  end() {
    for (const server of [this.proxy, this.behind]) {
      server?.closeAllConnections()
      server?.close()
    }
  }

  /** Has the next token say other things, signed by the provider's own key or as sign does it. */
  forge(claims, sign = (header, payload) => signed(header, payload, this.key.privateKey)) {
    this.tamper = (path, body) => {
      if (path !== '/token') return body
      const answer = JSON.parse(body)
      const payload = JSON.parse(Buffer.from(answer.id_token.split('.')[1], 'base64url'))
      return JSON.stringify({ ...answer, id_token: sign({ alg: 'RS256', kid }, { ...payload, ...claims }) })
    }
  }

  /** Answers as the provider does again. */
  honest() {
    this.tamper = undefined
    this.divert = undefined
  }

  #pass(asked, answer) {
    if (this.down) return asked.socket.destroy()
    const { port } = this.behind.address()
    const onward = request({ port, host: '127.0.0.1', method: asked.method, path: asked.url, headers: { ...asked.headers, 'accept-encoding': 'identity' } }, (came) => {
      const parts = []
      came.on('data', (part) => parts.push(part))
      came.on('end', () => {
        const path = new URL(asked.url, this.issuer).pathname
        const body = this.tamper ? this.tamper(path, Buffer.concat(parts).toString()) : Buffer.concat(parts)
        const { 'content-length': _, 'transfer-encoding': __, ...headers } = came.headers
        const back = headers.location?.includes('/sign-in/provider/return?')
        if (back && this.divert) headers.location = this.divert(headers.location)
        answer.writeHead(came.statusCode, headers).end(body)
      })
    })
    onward.on('error', () => asked.socket.destroy())
    asked.pipe(onward)
  }
}

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token that a key has signed. */
export function signed(header, payload, key) {
  const text = `${part(header)}.${part(payload)}`
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`
}

/** A token that says that nobody needs to sign it. */
export const unsigned = (header, payload) => `${part({ ...header, alg: 'none' })}.${part(payload)}.`

/** A token that is signed with a text that both sides know. */
export function signedByText(header, payload, text) {
  const content = `${part({ ...header, alg: 'HS256' })}.${part(payload)}`
  return `${content}.${createHmac('sha256', text).update(content).digest('base64url')}`
}

function listen(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}
