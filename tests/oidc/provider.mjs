// A certified OpenID provider for tests: signs in whoever the test names, asks for PKCE, keeps all in memory.
// Usage: node provider.mjs PEOPLE REDIRECT_URI; PEOPLE is JSON: {"name": {"email": …, "email_verified": …}}
// Prints its address when it listens.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [people, redirectUri] = [JSON.parse(process.argv[2]), process.argv[3]];
const server = createServer();

server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "assess",
        client_secret: "a secret of the test and nobody else",
        redirect_uris: [redirectUri],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    cookies: { keys: ["of the test"] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, name) => ({ accountId: name, claims: () => ({ sub: name, ...people[name] }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (ctx) => {
      const grant = new provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope("openid email");
      await grant.save();
      return grant;
    },
    pkce: { methods: ["S256"], required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 60, Session: 60 },
  });
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith("/interaction/")) return next();
    const result = ctx.query.as ? { login: { accountId: ctx.query.as } } : { error: "access_denied" };
    return provider.interactionFinished(ctx.req, ctx.res, result);
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
