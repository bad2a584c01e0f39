package io.guildhall.ai.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.ai.spelling.Correction.Change;
import io.guildhall.ai.taxonomy.Taxonomy;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {
    private static final Taxonomy TAXONOMY = Taxonomy.bundled();
    private static final Spelling SPELLING = Spelling.create(TAXONOMY);

    private static String corrected(String query) {
        return SPELLING.correct(query).text();
    }

    @ParameterizedTest
    @CsvSource({
        "desinger, designer",
        "pyhton, python",
        "Pyhton developer, Python developer",
        "PYHTON DEVELOPER, PYTHON DEVELOPER",
        "logo desinger, logo designer",
        "wordpres website, wordpress website",
        "photshop expert, photoshop expert",
        "javscript, javascript",
        "web develper, web developer",
        "grafic designer, graphic designer",
        "ilustrator, illustrator",
        "copywritting, copywriting",
        "translater, translator",
        "sotfware enginer, software engineer",
        "kubernets cluster, kubernetes cluster",
        "vedio editing, video editing",
        "exel, excel",
        "ajva, java",
        "buisness plan, business plan",
        "virtul asistant, virtual assistant",
        "resturant menu, restaurant menu",
        "(pyhton/javscript), (python/javascript)"
    })
    void correctsMisspelledWords(String query, String meant) {
        assertThat(corrected(query)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "python developer",
                "renovating a kitchen",
                "favourite colour analyse",
                "favorite color analyze",
                "decode decryption slider warranty modem login",
                "Anna Kowalczyk",
                "kowalczyk",
                "Zendaya poster",
                "McKinsey deck",
                "Ljubljana Leeuwarden Reykjavik",
                "Bitwig producer",
                "preact vuetify",
                "origami kintsugi ukulele",
                "desarrollador web",
                "traductor ingles",
                "traducteur anglais",
                "programmierer gesucht",
                "suche desinger",
                "illustratrice",
                "redacteur",
                "sviluppatore",
                "Übersetzer développeur diseñador",
                "бухгалтер 翻译 مترجم",
                "iso27001 gpt4 3d pyhton3 4711",
                "pyhton@example.com https://desinger.example pyhton.example",
                "c++ c# .net",
                "o'reilly",
                "qwxzrt bvcxz",
                "😀 pyhton😀",
                "'; drop table gigs; --"
            })
    void leavesUnchanged(String query) {
        assertThat(SPELLING.correct(query)).isEqualTo(new Correction(query, List.of()));
    }

    @Test
    void returnsEachChange() {
        assertThat(SPELLING.correct("a logo desinger, pyhton").changes())
                .containsExactly(new Change("desinger", "designer", 7), new Change("pyhton", "python", 17));
    }

    @Test
    void textWithManyUnknownWordsIsUnchanged() {
        String query = "pyhton ".repeat(9);
        assertThat(corrected(query)).isEqualTo(query);
    }

    @Test
    void longTextsTakeLittleTime() {
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            for (String query : List.of("pyhton ".repeat(10_000), "x".repeat(1_000_000), "python 1".repeat(100_000)))
                assertThat(corrected(query)).isEqualTo(query);
        });
    }

    @Test
    void isThreadSafe() {
        assertThat(IntStream.range(0, 2_000).parallel().mapToObj(i -> corrected(i % 2 == 0 ? "pyhton" : "desinger")))
                .containsOnly("python", "designer");
    }

    @Property(tries = 300)
    void wordsOfSkillsAreUnchanged(@ForAll("words") String word) {
        assertThat(corrected(word)).isEqualTo(word);
        assertThat(corrected("need " + word + " soon")).isEqualTo("need " + word + " soon");
    }

    @Property(tries = 300)
    void swappedLettersAreCorrectedOrUnchanged(@ForAll("words") String word, @ForAll int seed) {
        int at = 1 + Math.floorMod(seed, Math.max(1, word.length() - 3));
        if (word.length() < 8 || !word.chars().allMatch(c -> c >= 'a' && c <= 'z')) return;
        String swapped = word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
        assertThat(corrected(swapped)).isIn(word, swapped);
    }

    @Property(tries = 300)
    void changesProduceTheTextAndCorrectionIsIdempotent(@ForAll("queries") String query) {
        Correction corrected = SPELLING.correct(query);
        StringBuilder text = new StringBuilder(query);
        for (Change change : corrected.changes().reversed()) {
            assertThat(query.startsWith(change.from(), change.start())).isTrue();
            text.replace(change.start(), change.start() + change.from().length(), change.to());
        }
        assertThat(corrected.text()).isEqualTo(text.toString());
        assertThat(SPELLING.correct(corrected.text()).changes()).isEmpty();
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of(TAXONOMY.words());
    }

    @Provide
    Arbitrary<String> queries() {
        Arbitrary<String> mistyped = Arbitraries.of("pyhton", "Desinger", "EXEL", "grafic", "logo", "für", "4x4");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(12);
        return Arbitraries.oneOf(mistyped, any).list().ofMaxSize(8).map(words -> String.join(" ", words));
    }
}
