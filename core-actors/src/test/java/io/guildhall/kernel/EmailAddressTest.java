package io.guildhall.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ibm.icu.text.UnicodeSet;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    /** By the Unicode standard: white space, what is ignored when a text is shown, controls and half characters. */
    private static final UnicodeSet INVISIBLE =
            new UnicodeSet("[[:White_Space:][:Default_Ignorable_Code_Point:][:Cc:][:Cf:][:Cs:]]");

    @ParameterizedTest
    @CsvSource({
        "Ann@Example.COM, ann@example.com",
        "ann+work@mail.example.com, ann+work@mail.example.com",
        "o'neil@example.com, o'neil@example.com",
        "ann@bücher.example, ann@xn--bcher-kva.example",
        "ann@BÜCHER.example, ann@xn--bcher-kva.example",
        "ann@bu\u0308cher.example, ann@xn--bcher-kva.example",
        "ann@XN--BCHER-KVA.example, ann@xn--bcher-kva.example",
        "ann@faß.example, ann@xn--fa-hia.example",
        "ann@例え.テスト, ann@xn--r8jz45g.xn--zckzah",
        "ann@example。com, ann@example.com",
        "\u212aurt@example.com, kurt@example.com"
    })
    void hasOneCanonicalForm(String typed, String canonical) {
        assertThat(EmailAddress.parse(typed).canonical()).isEqualTo(canonical);
    }

    @Test
    void internationalisedDomainAndItsAsciiFormAreOneAddress() {
        assertThat(EmailAddress.parse("ann@bücher.example"))
                .isEqualTo(EmailAddress.parse("Ann@xn--bcher-kva.example"))
                .hasSameHashCodeAs(EmailAddress.parse("Ann@xn--bcher-kva.example"))
                .isNotEqualTo(EmailAddress.parse("ann@bucher.example"));
    }

    @Test
    void whatIsNoAddressHasNoOtherForm() {
        assertThat(EmailAddress.canonicalForm("Ann@bücher.example")).isEqualTo("ann@xn--bcher-kva.example");
        assertThat(EmailAddress.canonicalForm("Ann@bü")).isEqualTo("Ann@bü");
        assertThat(EmailAddress.canonicalForm(Personal.ERASED)).isEqualTo(Personal.ERASED);
    }

    @Test
    void remembersTheTypedForm() {
        assertThat(EmailAddress.parse("Ann@BÜCHER.example").typed()).isEqualTo("Ann@BÜCHER.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                " ann@example.com|must not start with the invisible character U+0020 (SPACE)",
                "ann@example.com |must not end with the invisible character U+0020 (SPACE)",
                "\u200bann@example.com|must not start with the invisible character U+200B (ZERO WIDTH SPACE)",
                "an\u200bn@example.com|must not contain the invisible character U+200B (ZERO WIDTH SPACE)",
                "ann@example.com\u200b|must not end with the invisible character U+200B (ZERO WIDTH SPACE)",
                "\ufeffann@example.com|must not start with the invisible character U+FEFF (ZERO WIDTH NO-BREAK SPACE)",
                "ann@example.com\u00a0|must not end with the invisible character U+00A0 (NO-BREAK SPACE)",
                "ann@ex\u00adample.com|must not contain the invisible character U+00AD (SOFT HYPHEN)",
                "ann@\u202eexample.com|must not contain the invisible character U+202E (RIGHT-TO-LEFT OVERRIDE)",
                "ann\ufe0f@example.com|must not contain the invisible character U+FE0F (VARIATION SELECTOR-16)",
                "ann\u3164@example.com|must not contain the invisible character U+3164 (HANGUL FILLER)"
            })
    void namesAnInvisibleCharacter(String typed, String message) {
        assertThat(error(typed)).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ann",
                "ann@",
                "@example.com",
                "ann@example",
                "ann@example.com.",
                ".ann@example.com",
                "ann.@example.com",
                "a..n@example.com",
                "ann@exa..mple.com",
                "ann@-example.com",
                "ann@exa_mple.com",
                "ann@xn--zzzzzz999.com",
                "ann@127.0.0.1",
                "ann@[127.0.0.1]",
                "ann@bob@example.com",
                "\"ann\"@example.com",
                "ann(work)@example.com",
                "ann@(home)example.com",
                "ann@example.com(home)",
                "<ann@example.com>",
                "Ann<ann@example.com>",
                "@relay.example:ann@example.com",
                "ann,bob@example.com",
                "ann@example.com,bob@example.com"
            })
    void rejectsWhatIsNotAnAddress(String text) {
        assertThat(error(text)).startsWith("must ");
    }

    /** A mail server without SMTPUTF8 gets the last byte of each character: an a for the s with a caron, a line feed. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\u0161nn@example.com", "ann\u010a@example.com", "\u00fcrsula@example.com", "用户@example.com"})
    void rejectsALocalPartThatSmtpDoesNotTransport(String text) {
        assertThat(error(text)).contains("ASCII before the @");
    }

    @Test
    void hasAtMost254Bytes() {
        var domain = ("a".repeat(46) + ".").repeat(4) + "x.com";
        var longest = "a".repeat(EmailAddress.MAX_LENGTH - domain.length() - 1) + "@" + domain;
        assertThat(EmailAddress.parse(longest).canonical()).isEqualTo(longest);
        assertThat(error("a" + longest)).isEqualTo("must be at most 254 characters");
        assertThat(error("a".repeat(1_000_000))).isEqualTo("must be at most 254 characters");
    }

    /** In Turkish, the capital of i is a different letter. */
    @Test
    void canonicalFormDoesNotDependOnLocale() {
        var language = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(EmailAddress.parse("IRIS@EXAMPLE.COM").canonical()).isEqualTo("iris@example.com");
        } finally {
            Locale.setDefault(language);
        }
    }

    @Property
    void canonicalFormIsItsOwnCanonicalForm(@ForAll("addresses") String typed) {
        var canonical = EmailAddress.parse(typed).canonical();
        assertThat(EmailAddress.parse(canonical).canonical()).isEqualTo(canonical);
        assertThat(canonical.substring(canonical.indexOf('@'))).isASCII();
    }

    @Property
    void caseDoesNotMatter(@ForAll("addresses") String typed) {
        assertThat(EmailAddress.parse(typed.toUpperCase(Locale.ROOT))).isEqualTo(EmailAddress.parse(typed));
    }

    @Property
    void rejectsEveryInvisibleCharacterAnywhere(
            @ForAll("addresses") String typed, @ForAll("invisible") int invisible, @ForAll int seed) {
        int index = Math.floorMod(seed, typed.length() + 1);
        var text = typed.substring(0, index) + Character.toString(invisible) + typed.substring(index);
        assertThat(error(text)).contains("invisible character U+%04X".formatted(invisible));
    }

    @Property
    void neverFailsInAnotherWay(@ForAll String text) {
        assertThat(EmailAddress.tryParse(text))
                .satisfiesAnyOf(
                        it -> assertThat(it).isEmpty(),
                        it -> assertThat(it.orElseThrow().typed()).isEqualTo(text));
    }

    @Provide
    Arbitrary<String> addresses() {
        var local = Arbitraries.strings()
                .withChars("abcxyzABCK0189+-_'")
                .ofMinLength(1)
                .ofMaxLength(12);
        var part = Arbitraries.strings()
                .withChars("abcxyzABCäöüÉñ0189")
                .ofMinLength(1)
                .ofMaxLength(12);
        return Combinators.combine(local, part, Arbitraries.of("example", "com", "Test", "bücher"))
                .as((name, domain, top) -> name + "@" + domain + "." + top);
    }

    @Provide
    Arbitrary<Integer> invisible() {
        return Arbitraries.integers().between(0, INVISIBLE.size() - 1).map(INVISIBLE::charAt);
    }

    private static String error(String text) {
        return String.valueOf(catchThrowableOfType(InvalidTextException.class, () -> EmailAddress.parse(text))
                .getMessage());
    }
}
