package io.guildhall.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "Ada", "two\r\nlines\tand a tab", "größer", "مرحبا", "\ud83d\ude00", "\u200b"})
    void acceptsPlainText(String text) {
        assertThat(PlainText.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000b", "\u001b[31m", "\u0007", "\u007f", "\u0085", "\ud83d", "a\ude00"})
    void rejectsControlCharactersAndSurrogates(String text) {
        assertThat(PlainText.isValid(text)).isFalse();
    }
}
