package io.guildhall.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharactersTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "Ada", "two\r\nlines\tand a tab", "größer", "مرحبا", "\ud83d\ude00", "\u200b"})
    void acceptsPlainText(String text) {
        assertThat(Characters.arePlain(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada", " a ", "\u0645", "\ud83d\ude00", "\u200ba", "e\u0301", "7", "!", "\u4e2d"})
    void textWithAVisibleCharacterIsVisible(String text) {
        assertThat(Characters.isVisible(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \t\n",
                "\u00a0",
                "\u200b\u200d",
                "\u2060",
                "\ufeff",
                "\u00ad",
                "\u202e",
                "\u3164",
                "\uffa0",
                "\u115f\u1160",
                "\u2800\u2800",
                "\ufe0f",
                "\u034f",
                "\udb40\udc41",
                "\ue000"
            })
    void textOfBlankOrInvisibleCharactersIsNotVisible(String text) {
        assertThat(Characters.isVisible(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000b", "\u001b[31m", "\u0007", "\u007f", "\u0085", "\ud83d", "a\ude00"})
    void rejectsControlCharactersAndSurrogates(String text) {
        assertThat(Characters.arePlain(text)).isFalse();
    }
}
