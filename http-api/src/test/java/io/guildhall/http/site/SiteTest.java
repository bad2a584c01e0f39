package io.guildhall.http.site;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.adapter.sandbox.SandboxProvider;
import io.guildhall.adapter.sandbox.SandboxSettings;
import io.guildhall.domain.handle.ReservedHandles;
import io.guildhall.projections.readmodel.notification.Link;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;

class SiteTest {
    private static final URI PUBLIC = URI.create("https://guildhall.example");
    private static final String VERIFY = "/verify?token=a.b.c";
    private static final String ONBOARDING = "/sandbox/payout-accounts/acct_1aB/onboarding";
    private static final String UNSUBSCRIBE = "/unsubscribe?token=a.b.c";
    private static final List<String> PAGES = List.of("/", "/docs", "/docs/live", VERIFY, UNSUBSCRIBE, ONBOARDING);

    private final Site production = site(true);
    private final Site development = site(false);

    private static Site site(boolean production) {
        return new Site(
                () -> "{\"openapi\": \"3.1.0\"}".getBytes(StandardCharsets.UTF_8),
                () -> "{\"asyncapi\": \"3.0.0\"}".getBytes(StandardCharsets.UTF_8),
                new Site.Settings(production, 9558, 250));
    }

    private HttpResponse get(String path) {
        return get(development, path);
    }

    private static HttpResponse get(Site site, String path) {
        return site.page(HttpRequest.GET(path)).orElseThrow(() -> new AssertionError("no page at " + path));
    }

    private static String text(HttpResponse response) {
        return ((HttpEntity.Strict) response.entity()).getData().utf8String();
    }

    @Test
    void startPageDependsOnTheMode() {
        assertThat(text(get("/")))
                .contains("data-management-port=\"9558\"", "development", "/docs", "./guildhall demo", "/ready")
                .doesNotContain("{{");
        assertThat(text(get(production, "/")))
                .contains("production", "/docs", "/.well-known/jwks.json")
                .doesNotContain("{{", "./guildhall demo", "/dev/outbox", "/ready");
    }

    @Test
    void noUserCanHaveTheFirstSegmentOfAPathAsHandle() {
        var segments = development.paths().stream()
                .map(it -> it.substring(1).replaceAll("[/.].*", ""))
                .filter(it -> !it.isEmpty())
                .toList();
        assertThat(segments).contains("docs", "verify").allMatch(ReservedHandles::contains);
    }

    @Test
    void startPageNamesTheConfiguredFee() {
        assertThat(text(get("/"))).contains("less a fee of 2.5%,");
        assertThat(new Site.Settings(false, 1, 1000).fee()).isEqualTo("10%");
        assertThat(new Site.Settings(false, 1, 0).fee()).isEqualTo("0%");
    }

    @Test
    void loadingTheVerificationPageConfirmsNothing() {
        assertThat(text(get(VERIFY)))
                .contains("Confirm my e-mail", "type=\"button\"", "<noscript>")
                .doesNotContain("a.b.c");
        assertThat(text(get("/site/verify.js")))
                .contains(
                        "addEventListener('click', confirm)", "'/api/auth/verify'", "link-expired", "password-needed");
        assertThat(development.page(HttpRequest.POST("/verify"))).isEmpty();
    }

    @Test
    void loadingTheUnsubscribePageStopsNothing() {
        assertThat(text(get(UNSUBSCRIBE)))
                .contains("Unsubscribe", "type=\"button\"", "<noscript>")
                .doesNotContain("a.b.c");
        assertThat(text(get("/site/unsubscribe.js"))).contains("addEventListener('click', change)");
    }

    @Test
    void onlyBrowsersInDevelopmentGetTheOutboxAsAPage() {
        var browser = HttpRequest.GET("/dev/outbox").addHeader(RawHeader.create("Accept", "text/html,*/*"));
        var page = development.page(browser).orElseThrow();
        assertThat(text(page)).contains("sandbox=\"allow-popups");
        assertThat(header(page, "Content-Security-Policy")).contains("frame-src 'self'");
        assertThat(development.page(HttpRequest.GET("/dev/outbox"))).isEmpty();
        assertThat(production.page(browser)).isEmpty();
        assertThat(production.page(HttpRequest.GET("/site/outbox.js"))).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // Making the link needs no database.
    void onboardingLinkOfTheSandboxLeadsToItsPage() {
        var settings = SandboxSettings.withDefaults("node", PUBLIC, List.of("secret"));
        var provider = new SandboxProvider(null, settings, InstantSource.system(), new Random(1));
        var link = URI.create(result(provider.onboardingLink("acct_1aB")));
        assertThat(link).isEqualTo(PUBLIC.resolve(ONBOARDING));
        assertThat(text(get(link.getPath())))
                .contains(
                        "not a real payment provider",
                        "value=\"verified\"",
                        "value=\"pending\"",
                        "value=\"restricted\"");
        assertThat(development.page(HttpRequest.POST(ONBOARDING))).isEmpty();
    }

    @Test
    void productionHasNoSandboxPages() {
        for (var path : List.of(ONBOARDING, "/site/onboarding.js"))
            assertThat(production.page(HttpRequest.GET(path))).as(path).isEmpty();
    }

    @Test
    void browsersGetAPageForAnUnknownPath() {
        var unknown = HttpRequest.GET("/nowhere");
        var page = development
                .notFound(unknown.addHeader(RawHeader.create("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")))
                .orElseThrow();
        assertThat(page.status().intValue()).isEqualTo(404);
        assertThat(text(page)).contains("Page not found", "href=\"/docs\"");
        assertThat(header(page, "Content-Security-Policy")).contains("default-src 'none'");
        assertThat(development.notFound(unknown)).isEmpty();
        assertThat(development.notFound(unknown.addHeader(RawHeader.create("Accept", "*/*"))))
                .isEmpty();
    }

    private static HttpRequest browser(String path) {
        return HttpRequest.GET(path).addHeader(RawHeader.create("Accept", "text/html"));
    }

    @Test
    void linkOfAnEmailLeadsToAPageThatNamesTheApiPath() {
        for (var kind : Link.Kind.values()) {
            if (kind.page().isEmpty()) continue;
            var page = development
                    .webClientPage(browser(kind.page().get().path() + "abc_1-2"))
                    .orElseThrow();
            assertThat(page.status().intValue()).isEqualTo(200);
            assertThat(text(page))
                    .contains("GET " + kind.page().get().apiPath() + "abc_1-2<")
                    .doesNotContain("{{");
        }
        assertThat(text(production.webClientPage(browser("/notifications")).orElseThrow()))
                .contains("GET /api/me/notifications<");
        assertThat(development.webClientPage(HttpRequest.GET("/notifications"))).isEmpty();
        for (var other :
                List.of("/jobs", "/jobs/", "/jobs/a/b", "/jobs/%3Cb%3E", "/jobs/a%2Fb", "/api/jobs/job_1", "/"))
            assertThat(development.webClientPage(browser(other))).as(other).isEmpty();
    }

    @Test
    void pagesLoadEverythingFromThisServer() {
        for (var page : PAGES) {
            var links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(text(get(page)));
            while (links.find()) {
                assertThat(links.group(1)).doesNotContain("//");
                if (links.group(1).matches(".*\\.(css|js|svg)"))
                    assertThat(text(get(links.group(1)))).isNotBlank();
            }
        }
        for (var script : List.of("site.js", "live.js", "verify.js", "unsubscribe.js", "onboarding.js")) {
            var imports = Pattern.compile("from '\\./([^']+)'").matcher(text(get("/site/" + script)));
            while (imports.find())
                assertThat(text(get("/site/" + imports.group(1)))).contains("export");
        }
        assertThat(text(get("/docs/swagger-ui-bundle.js"))).contains("SwaggerUIBundle");
        assertThat(text(get("/openapi.json"))).contains("3.1.0");
        assertThat(text(get("/asyncapi.json"))).contains("3.0.0");
        assertThat(get("/favicon.ico").entity().getContentType()).hasToString("image/svg+xml");
    }

    @Test
    void pagesHaveLanguageTitleAndOneHeading() {
        for (var page : PAGES)
            assertThat(text(get(page)))
                    .as(page)
                    .contains("<html lang=\"en\">", "name=\"viewport\"", "name=\"color-scheme\"")
                    .containsPattern("<title>[^<]*Guildhall</title>")
                    .containsOnlyOnce("<h1");
    }

    @Test
    void pagesHaveNoInlineScriptsOrStyles() {
        for (var page : PAGES)
            assertThat(text(get(page))).doesNotContain("style=").doesNotContainPattern("<script>|\\son\\w+=");
        for (var page : List.of("/", "/docs/live", VERIFY))
            assertThat(header(get(production, page), "Content-Security-Policy"))
                    .contains("script-src 'self'", "style-src 'self'", "default-src 'none'")
                    .doesNotContain("unsafe");
        assertThat(header(get(production, "/docs"), "Content-Security-Policy"))
                .contains("script-src 'self';", "default-src 'none'");
        assertThat(header(get(production, "/"), "Strict-Transport-Security")).isNotBlank();
    }

    @Test
    void servesHeadRequests() {
        assertThat(production.page(HttpRequest.HEAD("/"))).isPresent();
    }

    @Test
    void answersConditionalRequestsWithNotModified() {
        var etag = header(get(production, "/"), "ETag");
        var again = production
                .page(HttpRequest.GET("/").addHeader(RawHeader.create("If-None-Match", etag)))
                .orElseThrow();
        assertThat(again.status().intValue()).isEqualTo(304);
        var other = production
                .page(HttpRequest.GET("/").addHeader(RawHeader.create("If-None-Match", "\"x\"")))
                .orElseThrow();
        assertThat(other.status().intValue()).isEqualTo(200);
    }

    @Test
    void servesOnlyListedPaths() {
        for (var path : List.of(
                "/sandbox/payout-accounts/acct_1/../onboarding",
                "/sandbox/payout-accounts/a.b/onboarding",
                "/docs/../index.html",
                "/docs/..%2f..%2fapplication.conf",
                "/docs/%2e%2e/reference.conf",
                "/docs//etc/passwd",
                "/site/",
                "/site/docs.html",
                "/docs/swagger-ui.css%00.html"))
            assertThat(development.page(HttpRequest.GET(path))).as(path).isEmpty();
    }

    private static String header(HttpResponse response, String name) {
        return response.getHeader(name).map(HttpHeader::value).orElse("");
    }
}
