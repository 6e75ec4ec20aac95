#!/bin/sh
# Starts a command that trusts the system's certificates and those mounted beside them, which is
# where the Helm chart puts selfSignedCertificate. Then it is that command: signals need no relay.
set -eu

mounted=${MOUNTED_CERTIFICATES:-/usr/local/share/ca-certificates}
system=${SYSTEM_CERTIFICATES:-/etc/ssl/certs/ca-certificates.crt}
bundle=${CERTIFICATE_BUNDLE:-/tmp/ocean/ca-certificates.crt}

mounted_certificates() {
    for file in "$mounted"/*.crt "$mounted"/*.pem; do
        if [ -r "$file" ]; then
            cat "$file"
            echo
        fi
    done
}

if [ -n "$(mounted_certificates)" ]; then
    {
        cat "$system"
        echo
        mounted_certificates
    } >"$bundle"
    export SSL_CERT_FILE="$bundle" REQUESTS_CA_BUNDLE="$bundle"
fi

exec "$@"
