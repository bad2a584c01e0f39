package io.guildhall.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    private static final List<String> OWNER = List.of("Łukasz Żółć-Meyer", "lukasz.zolc+work@carpentry.example");

    private static String weakness(String password) {
        return PasswordRules.weakness(password, OWNER).orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aaaaaaaaaa|Sequences and repeats such as abc, 6543 or aaa are easy to guess.|Add another word or two.",
                "aaaaaaaaaa|easy to guess.|Avoid sequences and repeats.",
                "1234567890|top-100 common password|Add another word or two.",
                "qwertyuiop|common password|Add another word or two.",
                "password12|common password|Add another word or two.",
                "P@ssw0rd123|commonly used password|Predictable substitutions like '@' instead of 'a' don't help very much.",
                "abcdefghijk|Sequences and repeats such as abc|Avoid sequences and repeats.",
                "passwordpassword|Repeats like \"abcabcabc\"|Avoid repeated words and characters.",
                "iloveyou1234|common|Add another word or two."
            })
    void namesTheWeaknessAndWhatHelps(String password, String weakness, String help) {
        assertThat(weakness(password)).startsWith("is easy to guess. ").contains(weakness, help);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "guildhall2026",
                "Guildhall-Guildhall",
                "zolc.lukasz",
                "lukasz.zolc+work",
                "Łukasz Żółć",
                "ŁUKASZ ŻÓŁĆ 1987",
                "meyer.lukasz99!",
                "carpentry-lukasz-7",
                "workcarpentrywork",
                "lukaszlukaszlukasz"
            })
    void rejectsPasswordsOfOwnDataAndTheNameOfTheSite(String password) {
        assertThat(weakness(password)).startsWith("is easy to guess");
    }

    @Test
    void explainsOwnData() {
        assertThat(weakness("Lukasz#Carpentry#Zolc"))
                .isEqualTo("is easy to guess for someone who knows your name or e-mail address. Add words that have"
                        + " nothing to do with you.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "a guild of many hands",
                "a long sentence, for a demonstration",
                "Tr0ub4dor&3",
                "lukasz owns seventeen purple anvils",
                "guildhall of seventeen purple anvils",
                "x8#Kq2!vLp",
                "zufälligerWortsalat",
                "семнадцать лиловых наковален",
                "青い机と十七の金床と雨"
            })
    void acceptsPasswordsThatAreHardToGuess(String password) {
        assertThat(weakness(password)).isEmpty();
    }

    /** Measuring a long text takes long. */
    @Test
    void measuresTheStartOfALongPassword() {
        var end = "correct horse battery staple";
        assertThat(weakness("a".repeat(32) + end)).startsWith("is easy to guess.");
        assertThat(weakness("a".repeat(10) + end)).isEmpty();
        assertThat(weakness("\ud83d\ude00".repeat(128))).startsWith("is easy to guess.");
    }

    @Test
    void messagesDoNotContainThePassword() {
        for (var password : List.of("Sunshine99", "Lukasz#Carpentry#Zolc", "monkey123monkey123"))
            assertThat(weakness(password)).isNotEmpty().doesNotContainIgnoringCase(password);
    }

    @Test
    void messagesDoNotDependOnLocale() {
        var language = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMAN);
            assertThat(weakness("aaaaaaaaaa")).contains("are easy to guess.");
        } finally {
            Locale.setDefault(language);
        }
    }
}
