"""Register: a phone number, a PIN, a name, an account, consents; signing in; the own profile."""
