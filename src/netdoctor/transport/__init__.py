"""Sessions with devices: SSH logins, commands and their answers, secrets taken out of what devices print."""
