"""Use-cases of accounts: signing in, credentials, invitations, roles."""
