package io.guildhall;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.guildhall.embedded.StartupException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a person may set, bound once and checked: a program that starts has sound settings. */
public record Settings(
        Mode mode,
        String secret,
        Path data,
        Optional<String> databaseUrl,
        int databaseConnections,
        Http http,
        int managementPort,
        List<String> seeds,
        int feeBasisPoints,
        Duration askPatience,
        Limits limits,
        Ai ai,
        Optional<URI> cloudinary,
        Payments payments) {

    private static final String DEVELOPMENT_SECRET = "development only, not a secret";
    private static final int SHORTEST_SECRET = 32;

    public enum Mode {
        DEV,
        PRODUCTION
    }

    /** @param corsOrigins other sites whose pages may call the API */
    public record Http(String host, int port, URI publicUrl, Set<String> corsOrigins) {}

    public record Limits(int byAddressPerMinute, int byAccountPerMinute) {}

    /** @param taxonomy a file that adds to the skills that come with the program */
    public record Ai(Optional<OpenAi> openAi, Optional<Path> taxonomy) {}

    /** A server that speaks OpenAI's protocol; without one, texts are read in this process. */
    public record OpenAi(URI baseUrl, String key) {
        /** Without the key. */
        @Override
        public String toString() {
            return "OpenAi[" + baseUrl + "]";
        }
    }

    public record Payments(Duration confirmationWindow, Duration openPause, Duration refusedPause) {}

    /** The program's configuration with these keys over it, resolved once all are known. */
    static Config load(Config overrides) {
        try {
            return ConfigFactory.load(overrides.withFallback(ConfigFactory.parseResources("application.conf")));
        } catch (ConfigException e) {
            throw new StartupException("The configuration is not sound: " + e.getMessage(), e);
        }
    }

    /** @throws StartupException naming the key, what is wrong and the remedy */
    public static Settings of(Config root) {
        try {
            var config = root.getConfig("guildhall");
            var mode = mode(config.getString("mode"));
            var secret = secret(config.getString("secret"), mode);
            refuseSandbox(config.getString("payments.provider"), mode);
            return new Settings(
                    mode,
                    secret,
                    Path.of(config.getString("data")),
                    Optional.of(config.getString("database.url"))
                            .filter(it -> !it.isBlank())
                            .map(Settings::jdbc),
                    config.getInt("database.connections"),
                    http(config),
                    port(config, "management-port"),
                    list(config.getString("cluster.seeds")),
                    config.getInt("fee-basis-points"),
                    config.getDuration("ask-patience"),
                    new Limits(
                            config.getInt("limits.by-address-per-minute"),
                            config.getInt("limits.by-account-per-minute")),
                    ai(config.getConfig("ai")),
                    cloudinary(config.getString("files.store"), config.getString("files.cloudinary-url")),
                    new Payments(
                            config.getDuration("payments.confirmation-window"),
                            config.getDuration("payments.open-pause"),
                            config.getDuration("payments.refused-pause")));
        } catch (ConfigException e) {
            throw new StartupException("The configuration is not sound: " + e.getMessage(), e);
        }
    }

    public boolean isDevelopment() {
        return mode == Mode.DEV;
    }

    public boolean hasDevelopmentSecret() {
        return secret.equals(DEVELOPMENT_SECRET);
    }

    private static Mode mode(String text) {
        return switch (text) {
            case "dev" -> Mode.DEV;
            case "production" -> Mode.PRODUCTION;
            default ->
                throw new StartupException("guildhall.mode (GUILDHALL_MODE) is dev or production, not '" + text + "'.");
        };
    }

    /** Nothing where files are kept in a folder. The address holds a secret: it is not repeated. */
    private static Optional<URI> cloudinary(String store, String account) {
        return switch (store) {
            case "local" -> Optional.empty();
            case "cloudinary" -> {
                if (!account.matches("cloudinary://[^:@/]+:[^:@/]+@[A-Za-z0-9_-]+"))
                    throw new StartupException(
                            "guildhall.files.store is cloudinary, which needs an account: set CLOUDINARY_URL to what"
                                    + " Cloudinary shows as API environment variable, cloudinary://key:secret@cloud.");
                yield Optional.of(URI.create(account));
            }
            default ->
                throw new StartupException(
                        "guildhall.files.store (GUILDHALL_FILES) is local or cloudinary, not '" + store + "'.");
        };
    }

    private static Ai ai(Config ai) {
        return new Ai(
                openAi(ai),
                Optional.of(ai.getString("taxonomy"))
                        .filter(it -> !it.isBlank())
                        .map(Path::of));
    }

    private static Optional<OpenAi> openAi(Config ai) {
        var embedder = ai.getString("embedder");
        return switch (embedder) {
            case "local" -> Optional.empty();
            case "openai" -> {
                var key = ai.getString("openai.key");
                if (key.isBlank())
                    throw new StartupException(
                            "guildhall.ai.embedder is openai, which needs a key: set OPENAI_API_KEY, or unset"
                                    + " GUILDHALL_EMBEDDER to read texts in this process.");
                yield Optional.of(new OpenAi(server(ai.getString("openai.base-url")), key));
            }
            default ->
                throw new StartupException(
                        "guildhall.ai.embedder (GUILDHALL_EMBEDDER) is local or openai, not '" + embedder + "'.");
        };
    }

    private static URI server(String url) {
        try {
            var address = URI.create(url);
            if (address.getHost() != null && Set.of("http", "https").contains(address.getScheme())) return address;
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new StartupException("guildhall.ai.openai.base-url (OPENAI_BASE_URL) is an address such as"
                + " https://api.openai.com/v1, not '" + url + "'.");
    }

    private static void refuseSandbox(String provider, Mode mode) {
        if (!provider.equals("sandbox"))
            throw new StartupException("guildhall.payments.provider (GUILDHALL_PAYMENTS) is sandbox, not '" + provider
                    + "': this version has no other.");
        if (mode == Mode.PRODUCTION)
            throw new StartupException(
                    "Production needs a payment provider that moves money, and this version has the sandbox only,"
                            + " which plays one. Unset GUILDHALL_MODE to run it for development.");
    }

    private static String secret(String secret, Mode mode) {
        if (mode == Mode.DEV) return secret;
        if (secret.equals(DEVELOPMENT_SECRET) || secret.length() < SHORTEST_SECRET)
            throw new StartupException("Production needs a secret of its own, of " + SHORTEST_SECRET
                    + " characters or more, the same on all nodes: set GUILDHALL_SECRET, for instance to what `openssl rand -base64 33`"
                    + " prints.");
        return secret;
    }

    private static Http http(Config config) {
        var host = config.getString("http.host");
        int port = port(config, "http.port");
        var given = config.getString("http.public-url");
        var shown = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        return new Http(
                host,
                port,
                given.isBlank() ? URI.create("http://" + shown + ":" + port) : publicUrl(given),
                Set.copyOf(list(config.getString("http.cors-origins"))));
    }

    /** What would be cut off silently when links are made of it is refused; a last slash means nothing, and goes. */
    static URI publicUrl(String given) {
        try {
            var uri = URI.create(given);
            var bare = uri.getHost() != null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65535
                    && uri.getRawUserInfo() == null
                    && Set.of("", "/").contains(uri.getRawPath())
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (!bare
                    || !Set.of("http", "https")
                            .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)))
                throw new IllegalArgumentException();
            return URI.create(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
        } catch (IllegalArgumentException e) {
            // The address may hold a password: it is not repeated.
            throw new StartupException(
                    "guildhall.http.public-url (GUILDHALL_PUBLIC_URL) is where people reach the start page:"
                            + " http:// or https://, a host and, if need be, a port, with nothing before or after, such as"
                            + " https://guildhall.example.com. To serve it under a path, give it a host name of its own instead.");
        }
    }

    private static int port(Config config, String key) {
        int port = config.getInt(key);
        if (port < 1 || port > 65535)
            throw new StartupException("guildhall." + key + " is a port, 1 to 65535, not " + port + ".");
        return port;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
    }

    /** Takes postgres://user:password@host:port/database as well, as hosts of databases give it. */
    static String jdbc(String url) {
        if (url.startsWith("jdbc:postgresql:")) return url;
        try {
            var uri = URI.create(url);
            if (!Set.of("postgres", "postgresql").contains(uri.getScheme()) || uri.getHost() == null)
                throw new IllegalArgumentException();
            var query = new StringBuilder(uri.getRawQuery() == null ? "" : uri.getRawQuery());
            if (uri.getRawUserInfo() != null) {
                var parts = uri.getRawUserInfo().split(":", 2);
                query.append(query.isEmpty() ? "" : "&").append("user=").append(parts[0]);
                if (parts.length == 2) query.append("&password=").append(parts[1]);
            }
            return "jdbc:postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                    + uri.getRawPath() + (query.isEmpty() ? "" : "?" + query);
        } catch (IllegalArgumentException e) {
            // The address may hold a password: it is not repeated.
            throw new StartupException("DATABASE_URL is jdbc:postgresql://host:port/database?user=…&password=… or"
                    + " postgres://user:password@host:port/database.");
        }
    }

    @Override
    public String toString() {
        return "settings of a node in mode " + mode;
    }
}
