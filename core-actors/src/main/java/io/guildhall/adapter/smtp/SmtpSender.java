package io.guildhall.adapter.smtp;

import java.util.Optional;

/**
 * The sender of mails.
 *
 * @param address such as {@code no-reply@example.org}; its domain is also that of each Message-ID
 * @param bounceAddress the mailbox that receives reports about undeliverable mails; empty if there is none
 */
public record SmtpSender(String name, String address, Optional<String> bounceAddress, Optional<Dkim> dkim) {

    /**
     * A key with which mails are signed (RFC 6376).
     *
     * @param selector of the DNS record with the public key: {@code selector._domainkey.domain}
     * @param privateKey an RSA key in PKCS#8, as DER
     */
    public record Dkim(String domain, String selector, byte[] privateKey) {
        public Dkim {
            privateKey = privateKey.clone();
        }

        @Override
        public byte[] privateKey() {
            return privateKey.clone();
        }

        /** Omits the key. */
        @Override
        public String toString() {
            return "Dkim[" + selector + "._domainkey." + domain + "]";
        }
    }

    String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
