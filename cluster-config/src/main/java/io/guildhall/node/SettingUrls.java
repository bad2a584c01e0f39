package io.guildhall.node;

import io.guildhall.embedded.StartupException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Validates the URLs among the settings. Error messages do not repeat URLs that can contain a password. */
final class SettingUrls {
    static final int MAX_PORT = 65535;

    private SettingUrls() {}

    /**
     * Removes a trailing slash. A path, query or user would be lost when links are derived from the URL, so they are
     * refused.
     */
    static URI publicUrl(String text) {
        try {
            var url = URI.create(text);
            var hasOnlyHostAndPort = url.getHost() != null
                    && url.getPort() != 0
                    && url.getPort() <= MAX_PORT
                    && url.getRawUserInfo() == null
                    && Set.of("", "/").contains(url.getRawPath())
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
            if (!hasOnlyHostAndPort || !isHttp(url)) throw new IllegalArgumentException();
            return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw new StartupException(
                    "guildhall.http.public-url (GUILDHALL_PUBLIC_URL) must be the URL under which users reach the start"
                            + " page: http:// or https://, a host and optionally a port, without a path, such as"
                            + " https://guildhall.example.com. A path is not supported; use a separate host name.");
        }
    }

    private static boolean isHttp(URI url) {
        return url.getScheme() != null
                && Set.of("http", "https").contains(url.getScheme().toLowerCase(Locale.ROOT));
    }

    /** Accepts postgres://user:password@host:port/database, as hosting providers write it, and returns a JDBC URL. */
    static String jdbc(String text) {
        if (text.startsWith("jdbc:postgresql:")) return text;
        try {
            var url = URI.create(text);
            if (!Set.of("postgres", "postgresql").contains(String.valueOf(url.getScheme())) || url.getHost() == null)
                throw new IllegalArgumentException();
            var query = new StringBuilder(url.getRawQuery() == null ? "" : url.getRawQuery());
            if (url.getRawUserInfo() != null) {
                var userAndPassword = url.getRawUserInfo().split(":", 2);
                query.append(query.isEmpty() ? "" : "&").append("user=").append(userAndPassword[0]);
                if (userAndPassword.length == 2) query.append("&password=").append(userAndPassword[1]);
            }
            return "jdbc:postgresql://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                    + url.getRawPath() + (query.isEmpty() ? "" : "?" + query);
        } catch (IllegalArgumentException e) {
            throw new StartupException(
                    "DATABASE_URL must have the form jdbc:postgresql://host:port/database?user=…&password=… or"
                            + " postgres://user:password@host:port/database.");
        }
    }

    static URI openAi(String text) {
        try {
            var url = URI.create(text);
            if (url.getHost() != null && isHttp(url)) return url;
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        throw new StartupException("guildhall.ai.openai.base-url (OPENAI_BASE_URL) must be a URL such as"
                + " https://api.openai.com/v1, not '" + text + "'.");
    }

    static URI cloudinary(String text) {
        if (!text.matches("cloudinary://[^:@/]+:[^:@/]+@[A-Za-z0-9_-]+"))
            throw new StartupException(
                    "guildhall.files.store is cloudinary, which requires an account. Set CLOUDINARY_URL to the API"
                            + " environment variable that Cloudinary shows: cloudinary://key:secret@cloud.");
        return URI.create(text);
    }
}
