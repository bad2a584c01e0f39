package io.guildhall.projections.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Checks the addresses of links that users write. */
final class SafeLink {
    private SafeLink() {}

    /**
     * An address that a link can lead to.
     *
     * @param address with the characters of ASCII only
     * @param name the host, or the mail address
     */
    record Target(String address, String name) {}

    /** Empty if a link must not lead there: to a script, to one of our pages, or to a host that looks like another one. */
    static Optional<Target> parse(String address) {
        try {
            var uri = new URI(address);
            if (uri.getScheme() == null) return Optional.empty();
            return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
                case "http", "https" -> page(uri);
                case "mailto" -> mailbox(uri);
                default -> Optional.empty();
            };
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** {@code https://bank.example@other.example} leads to the other host. Hosts are ASCII only. */
    private static Optional<Target> page(URI uri) {
        if (uri.getHost() == null || uri.getRawUserInfo() != null) return Optional.empty();
        return Optional.of(new Target(uri.toASCIIString(), uri.getHost()));
    }

    /** Without a subject and a text that someone else has chosen. */
    private static Optional<Target> mailbox(URI uri) {
        var mailbox = uri.getSchemeSpecificPart();
        boolean isOne =
                mailbox.indexOf('@') > 0 && mailbox.chars().noneMatch(it -> it <= ' ' || "?&,;/".indexOf(it) >= 0);
        return isOne ? Optional.of(new Target(uri.toASCIIString(), mailbox)) : Optional.empty();
    }
}
