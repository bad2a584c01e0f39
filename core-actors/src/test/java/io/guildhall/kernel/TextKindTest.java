package io.guildhall.kernel;

import static io.guildhall.kernel.TextKind.PARAGRAPHS;
import static io.guildhall.kernel.TextKind.PASSWORD;
import static io.guildhall.kernel.TextKind.PLAIN_TEXT;
import static io.guildhall.kernel.TextKind.SINGLE_LINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextKindTest {
    @Test
    void trimsAndComposesWhatPeopleWrite() {
        assertThat(SINGLE_LINE.normalise(" \u200b\ufeffCafe\u0301 \u2060\u00a0"))
                .isEqualTo("Caf\u00e9");
        assertThat(PARAGRAPHS.normalise("\r\n a\r\nb\rc\n\t\n")).isEqualTo("a\nb\nc");
    }

    @Test
    void keepsWhatProgramsWriteAndTheSpaceOfPasswords() {
        assertThat(PLAIN_TEXT.normalise(" e\u0301 ")).isEqualTo(" e\u0301 ");
        assertThat(PASSWORD.normalise(" e\u0301 ")).isEqualTo(" \u00e9 ");
    }

    /** Characters that end in an invisible one: an emoji with its style, a flag of a region, a word in Persian. */
    @ParameterizedTest
    @ValueSource(strings = {"\u2764\ufe0f", "\ud83c\udff4\udb40\udc67\udb40\udc7f", "\u0645\u06cc\u200c\u062e"})
    void keepsInvisiblePartsOfCharacters(String text) {
        assertThat(SINGLE_LINE.normalise(text)).isEqualTo(text);
        assertThat(SINGLE_LINE.error(text)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN_TEXT", "SINGLE_LINE", "PASSWORD"})
    void oneLineHasNoLineBreaksAndNoMarksOfDirection(TextKind kind) {
        for (var text : new String[] {"a\n", "\ta", "a\u2028b", "\r"})
            assertThat(kind.error(kind.normalise(text))).contains("must be one line, without tabs and line breaks");
        for (var text : new String[] {"a\u202eb", "\u2066a", "a\u200e", "\u061ca"})
            assertThat(kind.error(kind.normalise(text)).orElseThrow()).contains("changes the direction of text");
    }

    @ParameterizedTest
    @EnumSource
    void noTextHasControlCharactersOrHalfCharacters(TextKind kind) {
        for (var text : new String[] {"a\u0000", "\u001b[31m", "\ud83d", "a\ude00b", "\u0085"})
            assertThat(kind.error(kind.normalise(text)).orElseThrow())
                    .contains("must not contain the control character U+");
    }

    @Property
    void normalFormIsItsOwnNormalForm(@ForAll String text, @ForAll TextKind kind) {
        var normal = kind.normalise(text);
        assertThat(kind.normalise(normal)).isEqualTo(normal);
        if (kind != PLAIN_TEXT && kind.error(normal).isEmpty())
            assertThat(Normalizer.isNormalized(normal, Normalizer.Form.NFC)).isTrue();
    }
}
