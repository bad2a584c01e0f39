package io.guildhall.node;

import com.typesafe.config.Config;
import io.guildhall.embedded.StartupException;
import io.guildhall.projections.Start;
import io.guildhall.projections.relay.KafkaSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The optional services of a node: each is used if its address is set. */
public record ServiceSettings(Optional<Relay> kafka, Optional<Redis> redis) {
    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final Map<String, String> SASL_MODULES = Map.of(
            "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule",
            "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule",
            "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

    private static final Duration MIN_KAFKA_TIMEOUT = Duration.ofSeconds(1);
    /** The relay itself waits a little longer. */
    private static final Duration MAX_KAFKA_TIMEOUT = Duration.ofSeconds(25);

    /** @param start where the relay starts when it runs for the first time */
    public record Relay(KafkaSettings kafka, Start start) {}

    /** @param timeout for connecting, and for each call */
    public record Redis(URI url, Duration timeout) {
        /** Omits the password. */
        @Override
        public String toString() {
            return "Redis[" + url.getHost() + "]";
        }
    }

    /** @param config {@code guildhall} */
    static ServiceSettings from(Config config) {
        return new ServiceSettings(kafka(config.getConfig("kafka")), redis(config.getConfig("redis")));
    }

    private static Optional<Relay> kafka(Config config) {
        var servers = config.getString("bootstrap-servers");
        if (servers.isBlank()) return Optional.empty();
        for (var server : servers.split(",", -1))
            if (!server.strip().matches("(\\[[0-9a-fA-F:]+]|[^\\s:/@]+):[0-9]{1,5}"))
                throw new StartupException(
                        "guildhall.kafka.bootstrap-servers (KAFKA_BOOTSTRAP_SERVERS) must be host:port,"
                                + " or several separated by commas, not '" + servers + "'.");
        return Optional.of(new Relay(
                new KafkaSettings(servers.replace(" ", ""), timeout(config.getDuration("timeout")), security(config)),
                start(config.getString("start"))));
    }

    private static Duration timeout(Duration timeout) {
        if (timeout.compareTo(MIN_KAFKA_TIMEOUT) >= 0 && timeout.compareTo(MAX_KAFKA_TIMEOUT) <= 0) return timeout;
        throw new StartupException("guildhall.kafka.timeout must be from " + MIN_KAFKA_TIMEOUT.toSeconds() + "s to "
                + MAX_KAFKA_TIMEOUT.toSeconds() + "s, not " + timeout.toMillis() + "ms.");
    }

    private static Start start(String text) {
        return switch (text) {
            case "now" -> Start.now();
            case "beginning" -> Start.beginning();
            default ->
                throw new StartupException(
                        "guildhall.kafka.start (KAFKA_RELAY_START) must be now or beginning, not '" + text + "'.");
        };
    }

    /** As properties of the Kafka client. */
    private static Map<String, String> security(Config config) {
        var protocol = config.getString("security-protocol");
        if (!PROTOCOLS.contains(protocol))
            throw new StartupException("guildhall.kafka.security-protocol (KAFKA_SECURITY_PROTOCOL) must be PLAINTEXT,"
                    + " SSL, SASL_PLAINTEXT or SASL_SSL, not '" + protocol + "'.");
        var properties = new HashMap<String, String>();
        properties.put("security.protocol", protocol);
        if (protocol.startsWith("SASL")) properties.putAll(sasl(config));
        if (protocol.endsWith("SSL")) {
            properties.putAll(pem("truststore", config.getString("tls-ca-file"), "KAFKA_TLS_CA_FILE"));
            properties.putAll(pem("keystore", config.getString("tls-key-file"), "KAFKA_TLS_KEY_FILE"));
        }
        return properties;
    }

    private static Map<String, String> sasl(Config config) {
        var mechanism = config.getString("sasl-mechanism");
        var module = SASL_MODULES.get(mechanism);
        if (module == null)
            throw new StartupException("guildhall.kafka.sasl-mechanism (KAFKA_SASL_MECHANISM) must be PLAIN,"
                    + " SCRAM-SHA-256 or SCRAM-SHA-512, not '" + mechanism + "'.");
        var username = config.getString("sasl-username");
        var password = config.getString("sasl-password");
        if (username.isBlank() || password.isBlank())
            throw new StartupException(
                    "guildhall.kafka.security-protocol requires a user. Set KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD.");
        return Map.of(
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                module + " required username=" + quoted(username) + " password=" + quoted(password) + ";");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Map<String, String> pem(String store, String file, String variable) {
        if (file.isBlank()) return Map.of();
        if (!Files.isReadable(Path.of(file)))
            throw new StartupException("The file " + file + " of " + variable + " cannot be read.");
        return Map.of("ssl." + store + ".type", "PEM", "ssl." + store + ".location", file);
    }

    private static Optional<Redis> redis(Config config) {
        var text = config.getString("url");
        if (text.isBlank()) return Optional.empty();
        return Optional.of(new Redis(redisUrl(text), config.getDuration("timeout")));
    }

    /** The message does not contain the URL, which can have a password. */
    private static URI redisUrl(String text) {
        try {
            var url = URI.create(text.strip());
            boolean isRedis =
                    url.getScheme() != null && List.of("redis", "rediss").contains(url.getScheme());
            if (isRedis && url.getHost() != null && url.getPath().matches("/?[0-9]{0,3}")) return url;
        } catch (IllegalArgumentException e) {
            // The same message.
        }
        throw new StartupException(
                "guildhall.redis.url (REDIS_URL) must be redis://user:password@host:port/database, or start with rediss://"
                        + " for TLS. Characters of the password such as @, : and / must be percent-encoded.");
    }
}
