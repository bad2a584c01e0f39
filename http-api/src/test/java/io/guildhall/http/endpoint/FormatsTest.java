package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormatsTest {
    @Test
    void countriesAreThoseOfTheStandard() {
        assertThat(List.of(Formats.COUNTRY.split("\\|"))).containsExactlyInAnyOrder(Locale.getISOCountries());
        assertThat("ZZ").doesNotMatch(Formats.COUNTRY);
    }

    @Test
    void parametersCountCharactersOfUnicode() {
        var emoji = "😀".repeat(5);
        for (var format : List.of(QueryFormat.text(5), QueryFormat.nonBlankText(5))) {
            assertThat(format.parse(emoji)).contains(emoji);
            assertThat(format.parse(emoji + "x")).isEmpty();
        }
        assertThat(QueryFormat.list(2, 5).parse(emoji + "," + emoji)).contains(List.of(emoji, emoji));
        assertThat(QueryFormat.list(2, 5).parse(emoji + "x")).isEmpty();
        var longest = "😀".repeat(QueryValues.MAX_LENGTH);
        assertThat(Escapes.plainText("bad-path", "jobId", Optional.of(longest))).isEqualTo(longest);
        assertThatThrownBy(() -> Escapes.plainText("bad-path", "jobId", Optional.of(longest + "x")))
                .isInstanceOf(Problem.class);
    }

    @Test
    void languagesAreThoseOfTheStandard() {
        assertThat(List.of(Formats.LANGUAGE.split("\\|")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Locale.getISOLanguages())
                        .filter(it -> it.length() == 2)
                        .toList());
    }
}
