package io.guildhall.http.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A readable name of the program that sends a request, for people who look through their sessions. It is what the program
 * says about itself in the header User-Agent: no decision depends on it.
 */
final class ApplicationName {
    static final String UNKNOWN = "Unknown application";

    /** The name of the program, as clients other than browsers send it: {@code curl/8.5.0}. */
    private static final Pattern FIRST_PRODUCT = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,39}");

    /** The first one that the header contains counts: Edge also says that it is Chrome, and Chrome that it is Safari. */
    private static final Map<String, String> BROWSERS = ordered(
            "Edg", "Edge",
            "OPR/", "Opera",
            "SamsungBrowser/", "Samsung Internet",
            "Vivaldi/", "Vivaldi",
            "FxiOS/", "Firefox",
            "Firefox/", "Firefox",
            "CriOS/", "Chrome",
            "Chrome/", "Chrome",
            "Safari/", "Safari");

    private static final Map<String, String> SYSTEMS = ordered(
            "iPhone", "iPhone",
            "iPad", "iPad",
            "Android", "Android",
            "CrOS", "ChromeOS",
            "Windows", "Windows",
            "Mac OS X", "macOS",
            "Linux", "Linux");

    private ApplicationName() {}

    static String fromUserAgent(Optional<String> header) {
        return header.flatMap(ApplicationName::name).orElse(UNKNOWN);
    }

    private static Optional<String> name(String header) {
        var browser = find(BROWSERS, header);
        var program = browser.or(() -> firstProduct(header));
        var system = find(SYSTEMS, header);
        return program.map(it -> system.map(on -> it + " on " + on).orElse(it)).or(() -> system);
    }

    private static Optional<String> firstProduct(String header) {
        var product = FIRST_PRODUCT.matcher(header);
        return product.lookingAt() && !product.group().equals("Mozilla")
                ? Optional.of(product.group())
                : Optional.empty();
    }

    private static Optional<String> find(Map<String, String> names, String header) {
        return names.entrySet().stream()
                .filter(it -> header.contains(it.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, String> ordered(String... pairs) {
        var names = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) names.put(pairs[i], pairs[i + 1]);
        return names;
    }
}
