package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.kernel.Currency;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {
    private static final TestServer SERVER = new TestServer();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static JsonNode items(String path) {
        return SERVER.anonymous.get(path).is(200).json().path("items");
    }

    private static JsonNode item(JsonNode items, String code) {
        return StreamSupport.stream(items.spliterator(), false)
                .filter(it -> it.path("code").asText().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/categories", "/api/skills?q=logo", "/api/countries", "/api/currencies", "/api/languages"})
    void clientsCanStoreLists(String path) {
        var first = SERVER.anonymous.get(path).is(200);
        assertThat(first.header("Cache-Control")).contains("public, max-age=3600");
        var etag = first.header("ETag").orElseThrow();
        var again = SERVER.anonymous.with("If-None-Match", etag).get(path).is(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(again.header("ETag")).contains(etag);
        SERVER.anonymous.with("If-None-Match", "\"other\", W/" + etag).get(path).is(304);
        SERVER.anonymous.with("If-None-Match", "\"other\"").get(path).is(200);
    }

    @Test
    void problemsAreNotStored() {
        var problem = SERVER.anonymous.get("/api/skills?limit=1000").is(400);
        assertThat(problem.header("Cache-Control")).contains("no-store");
    }

    @Test
    void countriesAndLanguagesAreThoseThatRequestsCanHave() {
        var countries = items("/api/countries");
        assertThat(item(countries, "DE").path("name").asText()).isEqualTo("Germany");
        assertThat(countries).allMatch(it -> it.path("code").asText().matches(Formats.COUNTRY));
        assertThat(countries).hasSize(Formats.COUNTRY.split("\\|").length);
        var languages = items("/api/languages");
        assertThat(item(languages, "he").path("name").asText()).isEqualTo("Hebrew");
        assertThat(languages).allMatch(it -> it.path("code").asText().matches(Formats.LANGUAGE));
        assertThat(languages).noneMatch(it -> it.path("code").asText().equals("iw"));
        assertThat(languages).hasSizeGreaterThan(175);
    }

    @Test
    void currenciesHaveTheirDecimalsAndMinimum() {
        var currencies = items("/api/currencies");
        assertThat(currencies).hasSize(Currency.values().length);
        var yen = item(currencies, "JPY");
        assertThat(yen.path("minorDigits").asInt()).isZero();
        assertThat(yen.path("minimum").asLong())
                .isEqualTo(Currency.JPY.minimum().amount());
        assertThat(item(currencies, "GBP").path("minorDigits").asInt()).isEqualTo(2);
        assertThat(item(currencies, "GBP").path("minimum").asLong()).isEqualTo(30);
    }
}
