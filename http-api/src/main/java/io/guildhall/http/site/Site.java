package io.guildhall.http.site;

import io.guildhall.http.endpoint.SecurityHeaders;
import io.guildhall.kernel.Sha256;
import io.guildhall.projections.readmodel.notification.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * The web pages: start page, API documentation, e-mail verification, unsubscribing and, in development, the sandbox
 * identity check and the sent e-mails.
 * All files come from the class path by the names in one table; a path from a request is never used as a file name.
 * Each file is loaded once, at its first request. Loading a page changes nothing: actions are POST requests that its
 * script sends to the API.
 */
public final class Site {
    private static final ContentType HTML = ContentTypes.TEXT_HTML_UTF8;
    private static final ContentType CSS = ContentTypes.parse("text/css; charset=UTF-8");
    private static final ContentType SCRIPT = ContentTypes.parse("text/javascript; charset=UTF-8");
    private static final ContentType SVG = ContentTypes.parse("image/svg+xml");
    private static final Pattern ONBOARDING = Pattern.compile("/sandbox/payout-accounts/\\w{1,100}/onboarding");
    private static final Pattern ID = Pattern.compile("[\\w-]{1,100}");
    private static final String OUTBOX = "/dev/outbox";
    private static final Pattern DEVELOPMENT = Pattern.compile("(?s)<!-- development -->.*?<!-- /development -->\n");
    private static final String UI = "/META-INF/resources/webjars/swagger-ui/" + uiVersion() + "/";

    /**
     * @param managementPort for the start page's links to health and metrics, in development only
     * @param feeBasisPoints the platform's fee on released money, in hundredths of a percent
     */
    public record Settings(boolean production, int managementPort, int feeBasisPoints) {
        String fee() {
            return BigDecimal.valueOf(feeBasisPoints, 2).stripTrailingZeros().toPlainString() + "%";
        }
    }

    private record File(Supplier<byte[]> content, ContentType type) {}

    private record Loaded(byte[] content, ContentType type, String etag) {}

    private final Map<String, File> files;
    private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();
    private final Settings settings;

    /** Of all pages and files, except those with parameters. */
    Set<String> paths() {
        return files.keySet();
    }

    public Site(Supplier<byte[]> openApi, Supplier<byte[]> asyncApi, Settings settings) {
        this.settings = settings;
        var table = new HashMap<String, File>();
        table.put("/", new File(this::startPage, HTML));
        table.put("/verify", new File(() -> read("verify.html"), HTML));
        table.put("/unsubscribe", new File(() -> read("unsubscribe.html"), HTML));
        table.put("/docs", new File(() -> read("docs.html"), HTML));
        table.put("/docs/swagger-ui.css", new File(() -> read(UI + "swagger-ui.css"), CSS));
        table.put("/docs/swagger-ui-bundle.js", new File(() -> read(UI + "swagger-ui-bundle.js"), SCRIPT));
        table.put("/docs/live", new File(() -> read("live.html"), HTML));
        table.put("/openapi.json", new File(openApi, ContentTypes.APPLICATION_JSON));
        table.put("/asyncapi.json", new File(asyncApi, ContentTypes.APPLICATION_JSON));
        // Browsers request it by this name when they show JSON.
        table.put("/favicon.ico", new File(() -> read("mark.svg"), SVG));
        table.put("/site/mark.svg", new File(() -> read("mark.svg"), SVG));
        List.of("site.css", "docs.css", "live.css")
                .forEach(name -> table.put("/site/" + name, new File(() -> read(name), CSS)));
        List.of("site.js", "docs.js", "live.js", "post.js", "unsubscribe.js", "verify.js")
                .forEach(name -> table.put("/site/" + name, new File(() -> read(name), SCRIPT)));
        if (!settings.production()) {
            table.put(ONBOARDING.pattern(), new File(() -> read("onboarding.html"), HTML));
            table.put("/site/onboarding.js", new File(() -> read("onboarding.js"), SCRIPT));
            table.put(OUTBOX, new File(() -> read("outbox.html"), HTML));
            table.put("/site/outbox.css", new File(() -> read("outbox.css"), CSS));
            table.put("/site/outbox.js", new File(() -> read("outbox.js"), SCRIPT));
        }
        this.files = Map.copyOf(table);
    }

    /** The page at the request's path. Returns empty if no page has it. */
    public Optional<HttpResponse> page(HttpRequest request) {
        if (!isRead(request)) return Optional.empty();
        var path = request.getUri().path();
        // Programs get the list of e-mails from the API.
        if (path.equals(OUTBOX) && !wantsPage(request)) return Optional.empty();
        var name = ONBOARDING.matcher(path).matches() ? ONBOARDING.pattern() : path;
        return Optional.ofNullable(files.get(name))
                .map(file -> respond(request, name, loaded.computeIfAbsent(name, _ -> load(file))));
    }

    /**
     * A page that the web client will have, to which e-mails link: it names the API path that returns its content. Returns
     * empty for any other path, and if the request does not accept HTML.
     */
    public Optional<HttpResponse> webClientPage(HttpRequest request) {
        if (!isRead(request) || !wantsPage(request)) return Optional.empty();
        return apiPath(request.getUri().path())
                .map(it -> new String(read("web-client.html"), StandardCharsets.UTF_8).replace("{{api-path}}", it))
                .map(it -> uncached(200, it.getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<String> apiPath(String path) {
        if (path.equals(Link.NOTIFICATIONS.path())) return Optional.of(Link.NOTIFICATIONS.apiPath());
        return Stream.of(Link.Kind.values())
                .flatMap(it -> it.page().stream())
                .filter(it -> path.startsWith(it.path()))
                .map(it -> new String[] {it.apiPath(), path.substring(it.path().length())})
                .filter(it -> ID.matcher(it[1]).matches())
                .map(it -> it[0] + it[1])
                .findFirst();
    }

    private HttpResponse uncached(int status, byte[] page) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(HTML, page)
                .addHeaders(SecurityHeaders.forPages(settings.production()))
                .addHeader(RawHeader.create("Cache-Control", "no-store"));
    }

    /** The page for an unknown path. Returns empty if the request does not accept HTML. */
    public Optional<HttpResponse> notFound(HttpRequest request) {
        return isRead(request) && wantsPage(request)
                ? Optional.of(uncached(404, read("not-found.html")))
                : Optional.empty();
    }

    private static boolean wantsPage(HttpRequest request) {
        return request.getHeader("Accept")
                .filter(it -> it.value().contains("text/html"))
                .isPresent();
    }

    private static boolean isRead(HttpRequest request) {
        return request.method().equals(HttpMethods.GET) || request.method().equals(HttpMethods.HEAD);
    }

    private HttpResponse respond(HttpRequest request, String name, Loaded file) {
        boolean isCached = request.getHeader("If-None-Match")
                .filter(it -> it.value().contains(file.etag()))
                .isPresent();
        var response = isCached
                ? HttpResponse.create().withStatus(304)
                : HttpResponse.create().withEntity(file.type(), file.content());
        return response.addHeaders(headers(name))
                .addHeader(RawHeader.create("ETag", file.etag()))
                .addHeader(RawHeader.create("Cache-Control", "public, no-cache"));
    }

    private List<HttpHeader> headers(String name) {
        return switch (name) {
            case "/docs" -> SecurityHeaders.forSwaggerUi(settings.production());
            case OUTBOX -> SecurityHeaders.forFramingPage();
            default -> SecurityHeaders.forPages(settings.production());
        };
    }

    private static Loaded load(File file) {
        var content = file.content().get();
        return new Loaded(content, file.type(), '"' + Sha256.hex(content).substring(0, 24) + '"');
    }

    private byte[] startPage() {
        var page = new String(read("index.html"), StandardCharsets.UTF_8);
        if (settings.production()) page = DEVELOPMENT.matcher(page).replaceAll("");
        return page.replace("{{mode}}", settings.production() ? "production" : "development")
                .replace("{{fee}}", settings.fee())
                .replace("{{management-port}}", Integer.toString(settings.managementPort()))
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
