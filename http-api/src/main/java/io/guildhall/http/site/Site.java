package io.guildhall.http.site;

import io.guildhall.http.endpoint.SecurityHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * The pages for people: the start page, and the API's document with Swagger UI. All of it comes from the class path, by the names in one table:
 * no path is ever made of what a request says. Each file is read once, when it is first asked for.
 */
public final class Site {
    private static final ContentType HTML = ContentTypes.TEXT_HTML_UTF8;
    private static final ContentType CSS = ContentTypes.parse("text/css; charset=UTF-8");
    private static final ContentType SCRIPT = ContentTypes.parse("text/javascript; charset=UTF-8");
    private static final ContentType SVG = ContentTypes.parse("image/svg+xml");
    private static final String UI = "/META-INF/resources/webjars/swagger-ui/" + uiVersion() + "/";

    /** @param managementPort where the start page looks for health and metrics */
    public record Facts(boolean production, int managementPort) {}

    private record File(Supplier<byte[]> content, ContentType type) {}

    private record Loaded(byte[] content, ContentType type, String etag) {}

    private final Map<String, File> files;
    private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();
    private final List<HttpHeader> headers;
    private final Facts facts;

    public Site(Supplier<byte[]> openApi, Facts facts) {
        this.facts = facts;
        this.headers = SecurityHeaders.forPages(facts.production());
        this.files = Map.of(
                "/", new File(this::startPage, HTML),
                "/site/site.css", new File(() -> read("site.css"), CSS),
                "/site/site.js", new File(() -> read("site.js"), SCRIPT),
                "/site/mark.svg", new File(() -> read("mark.svg"), SVG),
                "/docs", new File(() -> read("docs.html"), HTML),
                "/site/docs.js", new File(() -> read("docs.js"), SCRIPT),
                "/docs/swagger-ui.css", new File(() -> read(UI + "swagger-ui.css"), CSS),
                "/docs/swagger-ui-bundle.js", new File(() -> read(UI + "swagger-ui-bundle.js"), SCRIPT),
                "/openapi.json", new File(openApi, ContentTypes.APPLICATION_JSON));
    }

    /** The page that a request asks for; nothing where it is for the API. */
    public Optional<HttpResponse> page(HttpRequest request) {
        var path = request.getUri().path();
        var file = files.get(path);
        return file == null || !request.method().equals(HttpMethods.GET)
                ? Optional.empty()
                : Optional.of(respond(request, loaded.computeIfAbsent(path, _ -> load(file))));
    }

    private HttpResponse respond(HttpRequest request, Loaded file) {
        boolean known = request.getHeader("If-None-Match")
                .filter(it -> it.value().contains(file.etag()))
                .isPresent();
        var response = known
                ? HttpResponse.create().withStatus(304)
                : HttpResponse.create().withEntity(file.type(), file.content());
        return response.addHeaders(headers)
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
        return new String(read("index.html"), StandardCharsets.UTF_8)
                .replace("{{mode}}", facts.production() ? "production" : "development")
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
