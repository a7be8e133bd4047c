/** Settings of the auth server: e-mail and password, accounts usable at once (there is no mail server in the local stack). */
export function authOptions(jwtSecret: string, siteUrl: string) {
  return {
    enabled: true,
    jwt_secret: jwtSecret,
    jwt_expiry: 3_600,
    enable_signup: true,
    site_url: siteUrl,
    email: { enable_signup: true, enable_confirmations: false },
  };
}
