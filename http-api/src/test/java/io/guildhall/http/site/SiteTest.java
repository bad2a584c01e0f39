package io.guildhall.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;

class SiteTest {
    private final Site site =
            new Site(() -> "{\"openapi\": \"3.1.0\"}".getBytes(StandardCharsets.UTF_8), new Site.Facts(true, 9558));

    private HttpResponse get(String path) {
        return site.page(HttpRequest.GET(path)).orElseThrow(() -> new AssertionError("nothing at " + path));
    }

    private static String text(HttpResponse response) {
        return ((HttpEntity.Strict) response.entity()).getData().utf8String();
    }

    @Test
    void theStartPageSaysWhatRunsHere() {
        var page = text(get("/"));
        assertThat(page)
                .contains("Guildhall", "data-management-port=\"9558\"", "production", "/docs", "./guildhall demo");
        assertThat(page).doesNotContain("{{");
    }

    @Test
    void whateverAPageLoadsIsServedFromHere() {
        for (var page : List.of("/", "/docs")) {
            var links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(text(get(page)));
            while (links.find()) {
                assertThat(links.group(1)).doesNotContain("//");
                if (links.group(1).matches(".*\\.(css|js|svg)"))
                    assertThat(text(get(links.group(1)))).isNotBlank();
            }
        }
        assertThat(text(get("/docs/swagger-ui-bundle.js"))).contains("SwaggerUIBundle");
        assertThat(text(get("/openapi.json"))).contains("3.1.0");
    }

    @Test
    void nothingInlineSoThatThePolicyHolds() {
        for (var page : List.of("/", "/docs")) {
            assertThat(text(get(page))).doesNotContain("style=").doesNotContainPattern("<script>|\\son\\w+=");
            assertThat(header(get(page), "Content-Security-Policy"))
                    .contains("script-src 'self'", "default-src 'none'");
            assertThat(header(get(page), "Strict-Transport-Security")).isNotBlank();
        }
    }

    @Test
    void whatIsKnownIsNotSentAgain() {
        var etag = header(get("/"), "ETag");
        var again = site.page(HttpRequest.GET("/").addHeader(RawHeader.create("If-None-Match", etag)))
                .orElseThrow();
        assertThat(again.status().intValue()).isEqualTo(304);
        var other = site.page(HttpRequest.GET("/").addHeader(RawHeader.create("If-None-Match", "\"x\"")))
                .orElseThrow();
        assertThat(other.status().intValue()).isEqualTo(200);
    }

    @Test
    void noPathLeadsOutOfTheTable() {
        for (var path : List.of(
                "/docs/../index.html",
                "/docs/..%2f..%2fapplication.conf",
                "/docs/%2e%2e/reference.conf",
                "/docs//etc/passwd",
                "/site/",
                "/site/docs.html",
                "/docs/swagger-ui.css%00.html"))
            assertThat(site.page(HttpRequest.GET(path))).as(path).isEmpty();
    }

    private static String header(HttpResponse response, String name) {
        return response.getHeader(name).map(HttpHeader::value).orElse("");
    }
}
