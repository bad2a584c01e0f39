package io.guildhall.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.embedded.StartupException;
import io.guildhall.http.server.ConnectionLimits;
import io.guildhall.http.server.TrustedProxies;
import io.guildhall.operate.OperatorToken;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of a node, read once and validated: a node with invalid settings does not start. */
public record Settings(
        Mode mode,
        String secret,
        Path dataFolder,
        Optional<String> databaseUrl,
        ConnectionPools connectionPools,
        int followerReaders,
        Http http,
        AttemptLimits limits,
        Management management,
        List<String> seeds,
        Duration leaseDuration,
        Duration askTimeout,
        int maxActiveEntities,
        Ai ai,
        Optional<URI> cloudinary,
        EscrowRules escrowRules,
        Payments payments,
        Hires hires,
        MailSettings mail,
        ServiceSettings services) {

    private static final String DEVELOPMENT_SECRET = "development only, not a secret";
    private static final int MIN_SECRET_LENGTH = 32;
    private static final int MAX_FOLLOWER_READERS = 1024;
    /** An entity in memory, with its actor: measured 5 kB for a job; a room is larger. */
    private static final int ENTITY_BYTES = 10_000;
    /** A node that restarts or a failover must not undo hires. */
    private static final Duration MIN_HIRE_TIME_LIMIT = Duration.ofMinutes(1);

    public enum Mode {
        DEV,
        PRODUCTION
    }

    /** @param corsOrigins other sites whose pages can call the API */
    public record Http(
            String host,
            int port,
            URI publicUrl,
            Set<String> corsOrigins,
            ConnectionLimits connections,
            TrustedProxies proxies) {}

    /** Attempts to register, log in or refresh. */
    public record AttemptLimits(int perAddressPerMinute, int perAccountPerMinute) {}

    /**
     * The addresses for operators.
     *
     * @param token empty if it is in the data folder
     * @param hostNames in lower case, in addition to localhost and IP addresses
     * @param probes serves health and metrics only
     */
    public record Management(
            String host, int port, Optional<OperatorToken> token, Set<String> hostNames, Optional<Probes> probes) {

        /**
         * Where programs on this machine reach the management port of a node.
         *
         * @param node its number from 0, if several run on this machine
         */
        public URI localUrl(int node) {
            return Addresses.url(host, port + node);
        }
    }

    public record Probes(String host, int port) {}

    /** @param taxonomyFile skills in addition to the bundled ones */
    public record Ai(Optional<OpenAi> openAi, Optional<Path> taxonomyFile) {}

    /** A server that speaks OpenAI's protocol. Without one, embeddings are computed in this process. */
    public record OpenAi(URI baseUrl, String key) {
        /** Without the key. */
        @Override
        public String toString() {
            return "OpenAi[" + baseUrl + "]";
        }
    }

    /**
     * @param confirmationWindow how long a payer can take to confirm a charge
     * @param openCallPause the first pause before the provider is queried again for the outcome of an open call
     * @param refusedCallPause the first pause before a refused payout or refund is tried again
     * @param auditHour of the day in UTC at which the day before is compared with the provider
     */
    public record Payments(
            int feeBasisPoints,
            Duration confirmationWindow,
            Duration openCallPause,
            Duration refusedCallPause,
            int auditHour) {}

    /** @param timeLimit from the start of a hire to its deadline */
    public record Hires(Duration timeLimit) {}

    /** Loads the program's configuration, with the given values in place of the configured ones. */
    public static Config load(Config overrides) {
        try {
            return ConfigFactory.load(overrides.withFallback(ConfigFactory.parseResources("application.conf")));
        } catch (ConfigException e) {
            throw invalid(e);
        }
    }

    /** Loads the program's configuration without the environment variables and system properties of this process. */
    public static Config loadDefaults(Config overrides) {
        return overrides
                .withFallback(ConfigFactory.parseResources("application.conf"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve(ConfigResolveOptions.defaults().setUseSystemEnvironment(false));
    }

    /** @throws StartupException naming the key, what is wrong and the remedy */
    public static Settings from(Config root) {
        try {
            var config = root.getConfig("guildhall");
            var mode = mode(config.getString("mode"));
            return new Settings(
                    mode,
                    secret(config.getString("secret"), mode, config.getString("http.host")),
                    Path.of(config.getString("data-folder")),
                    nonBlank(config.getString("database.url")).map(SettingUrls::jdbc),
                    ConnectionPools.from(config.getConfig("database")),
                    followerReaders(config.getInt("followers.readers")),
                    http(config.getConfig("http")),
                    new AttemptLimits(
                            config.getInt("http.attempts-per-address-per-minute"),
                            config.getInt("http.attempts-per-account-per-minute")),
                    management(config.getConfig("management")),
                    list(config.getString("cluster.seeds")),
                    config.getDuration("cluster.lease-duration"),
                    config.getDuration("ask-timeout"),
                    maxActiveEntities(config.getInt("entities.max-active")),
                    ai(config.getConfig("ai")),
                    cloudinary(config.getConfig("files")),
                    escrowRules(config.getConfig("contracts")),
                    payments(config.getConfig("payments"), mode),
                    hires(config.getConfig("hires")),
                    MailSettings.from(config.getConfig("mail"), mode),
                    ServiceSettings.from(config));
        } catch (ConfigException e) {
            throw invalid(e);
        }
    }

    private static StartupException invalid(ConfigException e) {
        return new StartupException("The configuration is invalid: " + e.getMessage(), e);
    }

    public boolean isDevelopment() {
        return mode == Mode.DEV;
    }

    public boolean hasDevelopmentSecret() {
        return secret.equals(DEVELOPMENT_SECRET);
    }

    /** Whether other machines can reach the API of a node in development mode. */
    public boolean isPublicDevelopment() {
        return isDevelopment() && !Addresses.isLoopback(http.host());
    }

    /** The token that operator commands must send. Creates it in the data folder if the settings have none. */
    public OperatorToken operatorToken() {
        return management.token().orElseGet(() -> OperatorToken.ofFolder(dataFolder));
    }

    private static Mode mode(String text) {
        return switch (text) {
            case "dev" -> Mode.DEV;
            case "production" -> Mode.PRODUCTION;
            default ->
                throw new StartupException(
                        "guildhall.mode (GUILDHALL_MODE) must be dev or production, not '" + text + "'.");
        };
    }

    private static int maxActiveEntities(int number) {
        if (number < 0)
            throw new StartupException(
                    "guildhall.entities.max-active (GUILDHALL_MAX_ACTIVE_ENTITIES) must be 0 or more, not " + number
                            + ".");
        return number > 0 ? number : maxActiveEntities(Runtime.getRuntime().maxMemory());
    }

    /** As many as half of a heap holds. */
    static int maxActiveEntities(long heapBytes) {
        return (int) (heapBytes / 2 / ENTITY_BYTES);
    }

    private static int followerReaders(int number) {
        if (number >= 1 && number <= MAX_FOLLOWER_READERS) return number;
        throw new StartupException("guildhall.followers.readers (GUILDHALL_FOLLOWER_READERS) must be from 1 to "
                + MAX_FOLLOWER_READERS + ", not " + number + ".");
    }

    private static String secret(String secret, Mode mode, String host) {
        if (mode == Mode.DEV) {
            if (secret.equals(DEVELOPMENT_SECRET) && !Addresses.isLoopback(host))
                throw new StartupException("Other machines can reach " + host
                        + " (guildhall.http.host, GUILDHALL_HOST), and the secret is the public one from the sources: whoever"
                        + " knows it can forge the links in mails. Set GUILDHALL_SECRET, for example to the output of"
                        + " `openssl rand -base64 33`, or unset GUILDHALL_HOST.");
            return secret;
        }
        if (secret.equals(DEVELOPMENT_SECRET) || secret.length() < MIN_SECRET_LENGTH)
            throw new StartupException("Production requires its own secret of at least " + MIN_SECRET_LENGTH
                    + " characters, the same on all nodes. Set GUILDHALL_SECRET, for example to the output of"
                    + " `openssl rand -base64 33`.");
        return secret;
    }

    private static Http http(Config config) {
        var host = config.getString("host");
        int port = port(config.getInt("port"), "http.port (GUILDHALL_PORT)");
        return new Http(
                host,
                port,
                nonBlank(config.getString("public-url"))
                        .map(SettingUrls::publicUrl)
                        .orElseGet(() -> Addresses.url(host, port)),
                Set.copyOf(list(config.getString("cors-origins"))),
                connections(config.getConfig("connections")),
                proxies(list(config.getString("trusted-proxies"))));
    }

    private static ConnectionLimits connections(Config config) {
        return new ConnectionLimits(
                positive(config.getInt("max"), "http.connections.max (GUILDHALL_MAX_CONNECTIONS)"),
                positive(
                        config.getInt("max-per-address"),
                        "http.connections.max-per-address (GUILDHALL_MAX_CONNECTIONS_PER_ADDRESS)"),
                config.getDuration("header-timeout"),
                config.getDuration("keep-alive-timeout"),
                config.getDuration("send-timeout"),
                config.getBytes("min-bytes-per-second"));
    }

    private static TrustedProxies proxies(List<String> networks) {
        try {
            return new TrustedProxies(Set.copyOf(networks));
        } catch (IllegalArgumentException e) {
            throw new StartupException(
                    "guildhall.http.trusted-proxies (GUILDHALL_TRUSTED_PROXIES): " + e.getMessage() + ".", e);
        }
    }

    private static int positive(int number, String key) {
        if (number >= 1) return number;
        throw new StartupException("guildhall." + key + " must be at least 1, not " + number + ".");
    }

    private static Management management(Config config) {
        int probesPort = config.getInt("probes.port");
        return new Management(
                config.getString("host"),
                port(config.getInt("port"), "management.port (GUILDHALL_MANAGEMENT_PORT)"),
                nonBlank(config.getString("token")).map(OperatorToken::new),
                list(config.getString("host-names")).stream()
                        .map(it -> it.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                probesPort == 0
                        ? Optional.empty()
                        : Optional.of(new Probes(
                                config.getString("probes.host"),
                                port(probesPort, "management.probes.port (GUILDHALL_PROBES_PORT)"))));
    }

    private static int port(int port, String key) {
        if (port < 1 || port > SettingUrls.MAX_PORT)
            throw new StartupException(
                    "guildhall." + key + " must be a port from 1 to " + SettingUrls.MAX_PORT + ", not " + port + ".");
        return port;
    }

    private static Ai ai(Config config) {
        return new Ai(
                openAi(config), nonBlank(config.getString("taxonomy-file")).map(Path::of));
    }

    private static Optional<OpenAi> openAi(Config config) {
        var embedder = config.getString("embedder");
        return switch (embedder) {
            case "local" -> Optional.empty();
            case "openai" -> {
                var key = config.getString("openai.key");
                if (key.isBlank())
                    throw new StartupException(
                            "guildhall.ai.embedder is openai, which requires a key. Set OPENAI_API_KEY, or unset"
                                    + " GUILDHALL_EMBEDDER to compute embeddings in this process.");
                yield Optional.of(new OpenAi(SettingUrls.openAi(config.getString("openai.base-url")), key));
            }
            default ->
                throw new StartupException(
                        "guildhall.ai.embedder (GUILDHALL_EMBEDDER) must be local or openai, not '" + embedder + "'.");
        };
    }

    /** Empty if files are stored in a local folder. */
    private static Optional<URI> cloudinary(Config config) {
        var store = config.getString("store");
        return switch (store) {
            case "local" -> Optional.empty();
            case "cloudinary" -> Optional.of(SettingUrls.cloudinary(config.getString("cloudinary-url")));
            default ->
                throw new StartupException(
                        "guildhall.files.store (GUILDHALL_FILES) must be local or cloudinary, not '" + store + "'.");
        };
    }

    private static EscrowRules escrowRules(Config config) {
        try {
            return new EscrowRules(
                    config.getInt("acceptance-days"),
                    config.getIntList("acceptance-warning-days"),
                    config.getInt("refund-days"),
                    config.getIntList("refund-warning-days"),
                    Optional.of(config.getInt("max-refund-requests")));
        } catch (IllegalArgumentException e) {
            throw new StartupException("guildhall.contracts is invalid: " + e.getMessage(), e);
        }
    }

    private static Payments payments(Config config, Mode mode) {
        var provider = config.getString("provider");
        if (!provider.equals("sandbox"))
            throw new StartupException("guildhall.payments.provider (GUILDHALL_PAYMENTS) must be sandbox, not '"
                    + provider + "': this version supports no other provider.");
        if (mode == Mode.PRODUCTION)
            throw new StartupException("Production requires a real payment provider, and this version supports only the"
                    + " sandbox. Unset GUILDHALL_MODE to run in development mode.");
        int fee = config.getInt("fee-basis-points");
        if (fee < 0 || fee > Deal.MAX_FEE_BASIS_POINTS)
            throw new StartupException("guildhall.payments.fee-basis-points must be from 0 to "
                    + Deal.MAX_FEE_BASIS_POINTS + ", not " + fee + ". 500 basis points are 5%.");
        return new Payments(
                fee,
                config.getDuration("confirmation-window"),
                config.getDuration("open-call-pause"),
                config.getDuration("refused-call-pause"),
                auditHour(config.getInt("audit-hour")));
    }

    private static int auditHour(int hour) {
        if (hour >= 0 && hour < 24) return hour;
        throw new StartupException(
                "guildhall.payments.audit-hour (GUILDHALL_AUDIT_HOUR) must be from 0 to 23, not " + hour + ".");
    }

    private static Hires hires(Config config) {
        var timeLimit = config.getDuration("time-limit");
        if (timeLimit.compareTo(MIN_HIRE_TIME_LIMIT) < 0)
            throw new StartupException("guildhall.hires.time-limit (GUILDHALL_HIRE_TIME_LIMIT) must be at least "
                    + MIN_HIRE_TIME_LIMIT.toSeconds() + "s, not " + timeLimit.toSeconds() + "s.");
        return new Hires(timeLimit);
    }

    private static Optional<String> nonBlank(String text) {
        return Optional.of(text).filter(it -> !it.isBlank());
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "Settings[mode=" + mode + "]";
    }
}
