package io.guildhall.adapter.smtp;

import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a mail server.
 *
 * @param connectTimeout also of the TLS handshake
 * @param responseTimeout of one response of the server
 */
public record SmtpServer(
        String host,
        int port,
        Encryption encryption,
        Optional<Credentials> credentials,
        Duration connectTimeout,
        Duration responseTimeout) {

    public enum Encryption {
        /** TLS from the first byte; usually port 465. The server's certificate must be valid. */
        TLS,
        /** STARTTLS, without which nothing is sent; usually port 587. The server's certificate must be valid. */
        STARTTLS,
        /** For a server on the same machine or in a test. */
        NONE
    }

    public record Credentials(String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }
}
