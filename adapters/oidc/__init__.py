"""Signs people in at a provider of OpenID Connect: what oO is there is called a relying party.

Nothing of it is imported, and no request is made, before the first sign-in. Signatures and claims are checked
by authlib. See docs/decisions/0043-sign-in-by-openid-connect.md.
"""
