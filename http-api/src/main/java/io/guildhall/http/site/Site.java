package io.guildhall.http.site;

import io.guildhall.http.endpoint.SecurityHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * The pages for people: the start page, the API's document with Swagger UI, the page that the verification mail leads to, and the sandbox
 * provider's. All of it comes from the class path, by the names in one table: no path is ever made of what a request says. Each file is read
 * once, when it is first asked for. To read a page changes nothing: what a page offers to do, its script sends to the API as a POST.
 */
public final class Site {
    private static final ContentType HTML = ContentTypes.TEXT_HTML_UTF8;
    private static final ContentType CSS = ContentTypes.parse("text/css; charset=UTF-8");
    private static final ContentType SCRIPT = ContentTypes.parse("text/javascript; charset=UTF-8");
    private static final ContentType SVG = ContentTypes.parse("image/svg+xml");
    private static final Pattern ONBOARDING = Pattern.compile("/sandbox/payout-accounts/\\w{1,100}/onboarding");
    private static final Pattern DEVELOPMENT = Pattern.compile("(?s)<!-- development -->.*?<!-- /development -->\n");
    private static final String UI = "/META-INF/resources/webjars/swagger-ui/" + uiVersion() + "/";

    /** @param managementPort where the start page of a node in development points to for health and metrics */
    public record Facts(boolean production, int managementPort) {}

    private record File(Supplier<byte[]> content, ContentType type) {}

    private record Loaded(byte[] content, ContentType type, String etag) {}

    private final Map<String, File> files;
    private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();
    private final Facts facts;
    private final File missing = new File(() -> read("missing.html"), HTML);

    public Site(Supplier<byte[]> openApi, Facts facts) {
        this.facts = facts;
        var table = new HashMap<String, File>();
        table.put("/", new File(this::startPage, HTML));
        table.put("/verify", new File(() -> read("verify.html"), HTML));
        table.put("/docs", new File(() -> read("docs.html"), HTML));
        table.put("/docs/swagger-ui.css", new File(() -> read(UI + "swagger-ui.css"), CSS));
        table.put("/docs/swagger-ui-bundle.js", new File(() -> read(UI + "swagger-ui-bundle.js"), SCRIPT));
        table.put("/openapi.json", new File(openApi, ContentTypes.APPLICATION_JSON));
        // Browsers ask for it by this name where what they show is no page of ours.
        table.put("/favicon.ico", new File(() -> read("mark.svg"), SVG));
        table.put("/site/mark.svg", new File(() -> read("mark.svg"), SVG));
        List.of("site.css", "docs.css").forEach(name -> table.put("/site/" + name, new File(() -> read(name), CSS)));
        List.of("site.js", "docs.js", "post.js", "verify.js")
                .forEach(name -> table.put("/site/" + name, new File(() -> read(name), SCRIPT)));
        if (!facts.production()) {
            table.put(ONBOARDING.pattern(), new File(() -> read("onboarding.html"), HTML));
            table.put("/site/onboarding.js", new File(() -> read("onboarding.js"), SCRIPT));
        }
        this.files = Map.copyOf(table);
    }

    /** The page that a request asks for; nothing where it is for the API. */
    public Optional<HttpResponse> page(HttpRequest request) {
        if (!reads(request)) return Optional.empty();
        var path = request.getUri().path();
        var name = ONBOARDING.matcher(path).matches() ? ONBOARDING.pattern() : path;
        return Optional.ofNullable(files.get(name))
                .map(file -> respond(request, name, loaded.computeIfAbsent(name, _ -> load(file))));
    }

    /** For a browser that asks for what is nowhere; nothing for who did not ask for a page. */
    public Optional<HttpResponse> missing(HttpRequest request) {
        boolean wantsPage = request.getHeader("Accept")
                .filter(it -> it.value().contains("text/html"))
                .isPresent();
        return reads(request) && wantsPage
                ? Optional.of(HttpResponse.create()
                        .withStatus(404)
                        .withEntity(missing.type(), missing.content().get())
                        .addHeaders(SecurityHeaders.forPages(facts.production()))
                        .addHeader(RawHeader.create("Cache-Control", "no-store")))
                : Optional.empty();
    }

    private static boolean reads(HttpRequest request) {
        return request.method().equals(HttpMethods.GET) || request.method().equals(HttpMethods.HEAD);
    }

    private HttpResponse respond(HttpRequest request, String name, Loaded file) {
        boolean known = request.getHeader("If-None-Match")
                .filter(it -> it.value().contains(file.etag()))
                .isPresent();
        var response = known
                ? HttpResponse.create().withStatus(304)
                : HttpResponse.create().withEntity(file.type(), file.content());
        return response.addHeaders(
                        name.equals("/docs")
                                ? SecurityHeaders.forSwaggerUi(facts.production())
                                : SecurityHeaders.forPages(facts.production()))
                .addHeader(RawHeader.create("ETag", file.etag()))
                .addHeader(RawHeader.create("Cache-Control", "public, no-cache"));
    }

    private static Loaded load(File file) {
        var content = file.content().get();
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new Loaded(content, file.type(), '"' + HexFormat.of().formatHex(digest, 0, 12) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private byte[] startPage() {
        var page = new String(read("index.html"), StandardCharsets.UTF_8);
        if (facts.production()) page = DEVELOPMENT.matcher(page).replaceAll("");
        return page.replace("{{mode}}", facts.production() ? "production" : "development")
                .replace("{{management-port}}", Integer.toString(facts.managementPort()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(String resource) {
        try (var file = Site.class.getResourceAsStream(resource)) {
            if (file == null) throw new IllegalStateException("not on the class path: " + resource);
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String uiVersion() {
        try (var file = Site.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            var properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
