package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FormatsTest {
    @Test
    void countriesAreThoseOfTheStandard() {
        assertThat(List.of(Formats.COUNTRY.split("\\|"))).containsExactlyInAnyOrder(Locale.getISOCountries());
        assertThat("ZZ").doesNotMatch(Formats.COUNTRY);
    }

    @Test
    void languagesAreThoseOfTheStandard() {
        assertThat(List.of(Formats.LANGUAGE.split("\\|")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Locale.getISOLanguages())
                        .filter(it -> it.length() == 2)
                        .toList());
    }
}
