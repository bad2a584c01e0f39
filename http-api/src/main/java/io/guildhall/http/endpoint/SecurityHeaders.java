package io.guildhall.http.endpoint;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Response headers that restrict what browsers do with a response. */
public final class SecurityHeaders {
    private static final String DENY_ALL = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
    private static final String SAME_ORIGIN =
            "; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'";

    private SecurityHeaders() {}

    /** For data: a browser must not render or run anything. */
    public static List<HttpHeader> forData(boolean production) {
        return headers(DENY_ALL, production);
    }

    /** For our own pages. They load everything from this origin and have no inline scripts or styles. */
    public static List<HttpHeader> forPages(boolean production) {
        return headers(DENY_ALL + SAME_ORIGIN + "; style-src 'self'", production);
    }

    /** For the page with Swagger UI, which sets inline styles. */
    public static List<HttpHeader> forSwaggerUi(boolean production) {
        return headers(DENY_ALL + SAME_ORIGIN + "; style-src 'self' 'unsafe-inline'", production);
    }

    /** For the page that shows e-mails in frames. */
    public static List<HttpHeader> forFramingPage() {
        return headers(DENY_ALL + SAME_ORIGIN + "; style-src 'self'; frame-src 'self'", false);
    }

    /** For an e-mail that our own page shows in a frame: it has inline styles, and cannot run or load anything. */
    public static List<HttpHeader> forMails() {
        return List.of(
                RawHeader.create(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'self'; frame-ancestors 'self'; form-action"
                                + " 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"),
                RawHeader.create("X-Content-Type-Options", "nosniff"),
                RawHeader.create("X-Frame-Options", "SAMEORIGIN"),
                RawHeader.create("Referrer-Policy", "no-referrer"));
    }

    private static List<HttpHeader> headers(String contentPolicy, boolean production) {
        var headers = new ArrayList<HttpHeader>(List.of(
                RawHeader.create("Content-Security-Policy", contentPolicy),
                RawHeader.create("X-Content-Type-Options", "nosniff"),
                RawHeader.create("X-Frame-Options", "DENY"),
                RawHeader.create("Referrer-Policy", "no-referrer"),
                RawHeader.create("Cross-Origin-Opener-Policy", "same-origin")));
        if (production)
            headers.add(RawHeader.create("Strict-Transport-Security", "max-age=31536000; includeSubDomains"));
        return List.copyOf(headers);
    }
}
