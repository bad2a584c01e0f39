package io.guildhall.node;

import com.typesafe.config.Config;
import io.guildhall.adapter.smtp.ReturnPaths;
import io.guildhall.adapter.smtp.SmtpSender;
import io.guildhall.adapter.smtp.SmtpServer;
import io.guildhall.embedded.StartupException;
import io.guildhall.kernel.EmailAddress;
import io.guildhall.projections.notify.mail.MailLimits;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings for sending e-mails.
 *
 * @param smtp empty if they are stored in the outbox, in development only
 */
public record MailSettings(Optional<Smtp> smtp, MailLimits limits, MessageDelays delays) {
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]{1,253}");
    private static final int TLS_PORT = 465;
    private static final int STARTTLS_PORT = 587;
    private static final int PLAIN_PORT = 25;

    private static final String URL_FORMAT =
            "SMTP_URL must have the form smtp://user:password@host:port for STARTTLS, smtps://user:password@host:port for"
                    + " TLS, or smtp+plain://host:port for a server on the same network.";

    /**
     * @param notification from a message to the notification of a member that has not read it
     * @param mail from that notification to its e-mail
     */
    public record MessageDelays(Duration notification, Duration mail) {}

    public record Smtp(SmtpServer server, SmtpSender sender) {}

    /** @throws StartupException naming the key, what is wrong and the remedy; it does not repeat the URL with its password */
    static MailSettings from(Config config, Settings.Mode mode) {
        var url = config.getString("smtp-url");
        if (url.isBlank() && mode == Settings.Mode.PRODUCTION)
            throw new StartupException(
                    "Production requires a mail server: without one, e-mails are stored and not sent."
                            + " Set SMTP_URL, for example to smtps://user:password@smtp.example.org, and GUILDHALL_MAIL_FROM.");
        return new MailSettings(
                url.isBlank() ? Optional.empty() : Optional.of(new Smtp(server(url, config), sender(config))),
                limits(config),
                new MessageDelays(
                        config.getDuration("message-notification-delay"), config.getDuration("message-mail-delay")));
    }

    private static SmtpServer server(String text, Config config) {
        try {
            var url = URI.create(text);
            var encryption = encryption(String.valueOf(url.getScheme()));
            var credentials = Optional.ofNullable(url.getRawUserInfo()).map(MailSettings::credentials);
            boolean isComplete = url.getHost() != null
                    && url.getPort() != 0
                    && url.getPort() <= SettingUrls.MAX_PORT
                    && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"))
                    && url.getRawQuery() == null
                    && (encryption != SmtpServer.Encryption.NONE || credentials.isEmpty());
            if (!isComplete) throw new IllegalArgumentException();
            return new SmtpServer(
                    url.getHost(),
                    url.getPort() < 0 ? defaultPort(encryption) : url.getPort(),
                    encryption,
                    credentials,
                    config.getDuration("connect-timeout"),
                    config.getDuration("response-timeout"));
        } catch (IllegalArgumentException _) {
            throw new StartupException(URL_FORMAT);
        }
    }

    private static SmtpServer.Encryption encryption(String scheme) {
        return switch (scheme) {
            case "smtps" -> SmtpServer.Encryption.TLS;
            case "smtp" -> SmtpServer.Encryption.STARTTLS;
            case "smtp+plain" -> SmtpServer.Encryption.NONE;
            default -> throw new IllegalArgumentException();
        };
    }

    private static int defaultPort(SmtpServer.Encryption encryption) {
        return switch (encryption) {
            case TLS -> TLS_PORT;
            case STARTTLS -> STARTTLS_PORT;
            case NONE -> PLAIN_PORT;
        };
    }

    private static SmtpServer.Credentials credentials(String userInfo) {
        int colon = userInfo.indexOf(':');
        if (colon < 1) throw new IllegalArgumentException();
        return new SmtpServer.Credentials(decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
    }

    /** Decodes percent-encoding only: a plus sign is not a space. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static SmtpSender sender(Config config) {
        var from = config.getString("from");
        if (EmailAddress.tryParse(from).isEmpty())
            throw new StartupException(
                    "guildhall.mail.from (GUILDHALL_MAIL_FROM) must be the e-mail address of the sender,"
                            + " such as no-reply@example.org, not '" + from + "'.");
        return new SmtpSender(
                config.getString("from-name").replaceAll("[\\r\\n\"<>]", " "),
                from,
                bounceAddress(config),
                dkim(config.getConfig("dkim")));
    }

    private static Optional<String> bounceAddress(Config config) {
        var address = config.getString("bounce-address");
        if (address.isBlank()) return Optional.empty();
        if (EmailAddress.tryParse(address).isEmpty() || address.indexOf('@') > ReturnPaths.MAX_USER_LENGTH)
            throw new StartupException(
                    "guildhall.mail.bounce-address (GUILDHALL_MAIL_BOUNCES) must be an e-mail address with"
                            + " at most " + ReturnPaths.MAX_USER_LENGTH
                            + " characters before the @, such as bounces@mail.example.org, not '" + address + "'.");
        return Optional.of(address);
    }

    private static Optional<SmtpSender.Dkim> dkim(Config config) {
        var file = config.getString("key-file");
        if (file.isBlank()) return Optional.empty();
        var domain = config.getString("domain");
        var selector = config.getString("selector");
        if (!DOMAIN.matcher(domain).matches() || !DOMAIN.matcher(selector).matches())
            throw new StartupException(
                    "guildhall.mail.dkim.key-file (GUILDHALL_DKIM_KEY_FILE) requires the domain and the"
                            + " selector of its DNS record. Set GUILDHALL_DKIM_DOMAIN and GUILDHALL_DKIM_SELECTOR.");
        return Optional.of(new SmtpSender.Dkim(domain, selector, rsaKey(Path.of(file))));
    }

    private static byte[] rsaKey(Path file) {
        try {
            var pem = Files.readString(file)
                    .replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                    .replaceAll("\\s", "");
            var key = Base64.getDecoder().decode(pem);
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(key))
                    .getEncoded();
        } catch (IOException | IllegalArgumentException | GeneralSecurityException _) {
            throw new StartupException(
                    "guildhall.mail.dkim.key-file (GUILDHALL_DKIM_KEY_FILE) must name a readable file with"
                            + " a private RSA key in PEM. Create one with `openssl genpkey -algorithm RSA -pkeyopt"
                            + " rsa_keygen_bits:2048`.");
        }
    }

    private static MailLimits limits(Config config) {
        try {
            return new MailLimits(config.getInt("max-per-address-per-hour"), config.getInt("max-per-address-per-day"));
        } catch (IllegalArgumentException e) {
            throw new StartupException(
                    "guildhall.mail.max-per-address-per-hour (GUILDHALL_MAX_MAILS_PER_HOUR) and -per-day"
                            + " (GUILDHALL_MAX_MAILS_PER_DAY): " + e.getMessage() + ".",
                    e);
        }
    }
}
