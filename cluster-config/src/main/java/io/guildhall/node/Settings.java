package io.guildhall.node;

import static io.guildhall.node.ConfigValues.list;
import static io.guildhall.node.ConfigValues.nonBlank;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import io.guildhall.adapter.postgres.MasterKeys;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.embedded.StartupException;
import io.guildhall.http.live.LiveSettings;
import io.guildhall.http.network.TrustedProxies;
import io.guildhall.http.server.ConnectionLimits;
import io.guildhall.operate.OperatorToken;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of a node, read once and validated: a node with invalid settings does not start. */
public record Settings(
        Mode mode,
        String secret,
        MasterKeys masterKeys,
        boolean hasDevelopmentMasterKey,
        Path dataFolder,
        Optional<String> databaseUrl,
        ConnectionPools connectionPools,
        int followerReaders,
        Http http,
        LiveSettings live,
        AttemptLimits limits,
        Management management,
        List<String> seeds,
        Duration leaseDuration,
        Duration askTimeout,
        int maxActiveEntities,
        Ai ai,
        FileSettings files,
        EscrowRules escrowRules,
        Duration roomReadOnlyAfter,
        Payments payments,
        Hires hires,
        MailSettings mail,
        WebhookSettings webhooks,
        ServiceSettings services) {

    private static final String DEVELOPMENT_SECRET = "development only, not a secret";
    private static final int MIN_SECRET_LENGTH = 32;
    private static final int MAX_FOLLOWER_READERS = 1024;
    /** An entity in memory, with its actor: measured 5 kB for a job; a room is larger. */
    private static final int ENTITY_BYTES = 10_000;

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

    /**
     * Attempts to register, log in or refresh, and the limits of endpoints.
     *
     * @param registrationsPerDay of one e-mail address from one network
     * @param allRegistrationsPerHour of all e-mail addresses
     * @param accountFactor multiplies the limits of the endpoints for each account
     */
    public record AttemptLimits(
            int perAddressPerMinute,
            int perAccountPerMinute,
            int registrationsPerDay,
            int allRegistrationsPerHour,
            int accountFactor) {}

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
            var http = HttpSettings.http(config.getConfig("http"));
            return new Settings(
                    mode,
                    secret(config.getString("secret"), mode, config.getString("http.host")),
                    MasterKeySettings.parse(config.getString("master-keys"), mode),
                    MasterKeySettings.containDevelopmentKey(config.getString("master-keys")),
                    Path.of(config.getString("data-folder")),
                    nonBlank(config.getString("database.url")).map(SettingUrls::jdbc),
                    ConnectionPools.from(config.getConfig("database")),
                    followerReaders(config.getInt("followers.readers")),
                    http,
                    LiveConnectionSettings.live(config.getConfig("live"), http.connections()),
                    HttpSettings.attempts(config.getConfig("http"), config.getConfig("mail")),
                    HttpSettings.management(config.getConfig("management")),
                    list(config.getString("cluster.seeds")),
                    config.getDuration("cluster.lease-duration"),
                    config.getDuration("ask-timeout"),
                    maxActiveEntities(config.getInt("entities.max-active")),
                    ModelSettings.ai(config.getConfig("ai")),
                    FileSettings.from(config.getConfig("files")),
                    DealSettings.escrowRules(config.getConfig("contracts")),
                    DealSettings.roomReadOnlyAfter(config.getConfig("contracts")),
                    DealSettings.payments(config.getConfig("payments"), mode),
                    DealSettings.hires(config.getConfig("hires")),
                    MailSettings.from(config.getConfig("mail"), mode),
                    WebhookSettings.from(config.getConfig("webhooks"), mode == Mode.DEV),
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

    /** Returns the number of entities that fit into half of the heap. */
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
                        + " (guildhall.http.host, GUILDHALL_HOST), and the secret is the public one from the sources: anyone"
                        + " who knows it can forge the links in mails. Set GUILDHALL_SECRET, for example to the output of"
                        + " `openssl rand -base64 33`, or unset GUILDHALL_HOST.");
            return secret;
        }
        if (secret.equals(DEVELOPMENT_SECRET) || secret.length() < MIN_SECRET_LENGTH)
            throw new StartupException("Production requires its own secret of at least " + MIN_SECRET_LENGTH
                    + " characters, the same on all nodes. Set GUILDHALL_SECRET, for example to the output of"
                    + " `openssl rand -base64 33`.");
        return secret;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "Settings[mode=" + mode + "]";
    }
}
