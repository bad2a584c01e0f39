package io.guildhall.http.endpoint;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** What browsers are told about our answers. */
public final class SecurityHeaders {
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
    private static final String OWN =
            "; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'";

    private SecurityHeaders() {}

    /** For answers that are data: a browser shall do nothing with them. */
    public static List<HttpHeader> forData(boolean production) {
        return with(NOTHING, production);
    }

    /** For our own pages, which load what they need from here and nowhere else, and have nothing inline. */
    public static List<HttpHeader> forPages(boolean production) {
        return with(NOTHING + OWN + "; style-src 'self'", production);
    }

    /** For the one page that shows Swagger UI, which writes styles into what it draws. */
    public static List<HttpHeader> forSwaggerUi(boolean production) {
        return with(NOTHING + OWN + "; style-src 'self' 'unsafe-inline'", production);
    }

    private static List<HttpHeader> with(String contentPolicy, boolean production) {
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
