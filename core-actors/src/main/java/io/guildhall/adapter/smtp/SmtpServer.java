package io.guildhall.adapter.smtp;

import java.time.Duration;
import java.util.Optional;

/**
 * The connection settings of a mail server.
 *
 * @param connectTimeout for the connection and the TLS handshake
 * @param responseTimeout for one response of the server
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
        /** STARTTLS is required; usually port 587. The server's certificate must be valid. */
        STARTTLS,
        /** For a server on the same machine or in a test. */
        NONE
    }

    public record Credentials(String user, String password) {
        /** Omits the password. */
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }
}
