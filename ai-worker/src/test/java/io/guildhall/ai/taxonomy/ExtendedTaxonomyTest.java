package io.guildhall.ai.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtendedTaxonomyTest {
    @TempDir
    private Path folder;

    /** Columns are divided by '|' here, so that they can be seen. */
    private Taxonomy extendedBy(String... lines) throws IOException {
        Path file = folder.resolve("ours.tsv");
        Files.write(
                file, Arrays.stream(lines).map(line -> line.replace('|', '\t')).toList());
        return Taxonomy.extendedBy(file);
    }

    @Test
    void addsSkillsAndCategories() throws IOException {
        Taxonomy taxonomy = extendedBy(
                "# ours",
                "",
                "@category|falconry|Falconry|Birds of prey and those who keep them.",
                "hawk-training|Hawk training|falconry|hawking; manning a hawk|falcon-care|Falconer",
                "falcon-care|Falcon care|falconry||hawk-training");
        assertThat(taxonomy.normalise("Hawking")).map(Skill::slug).contains("hawk-training");
        assertThat(taxonomy.categories().getLast().slug()).isEqualTo("falconry");
        assertThat(taxonomy.extract("Someone for hawk training, please")).hasSize(1);
    }

    @Test
    void addsToASkillThatIsThere() throws IOException {
        Taxonomy taxonomy = extendedBy("react|||Reagieren; Ract|angular|");
        Skill react = taxonomy.skill("react").orElseThrow();
        assertThat(react.name()).isEqualTo("React");
        assertThat(react.aliases()).contains("ReactJS", "Ract");
        assertThat(react.related()).startsWith("nextjs").endsWith("angular");
    }

    @Test
    void saysWhichOfItsWordsAreEverydayWords() throws IOException {
        Taxonomy taxonomy = extendedBy("@everyday|gizmo|context", "gizmo|Gizmo|programming||java");
        assertThat(taxonomy.extract("the gizmo is broken")).isEmpty();
        assertThat(taxonomy.extract("Java, Gizmo")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '"', textBlock = """
            zig                                  ! has 1 columns
            zig|Zig|programming|||x|y            ! has 7 columns
            Zig|Zig|programming||rust            ! no slug
            zig||programming||rust               ! column 2 is empty
            zig|Zig|nowhere||rust                ! no category 'nowhere'
            zig|Zig|programming||rusty           ! no skill 'rusty'
            zig|Zig|programming||zig             ! related to itself
            zig|Zig|programming|a1;;b2|rust      ! empty entry
            zig|Zig|programming|zag; ZAG|rust    ! 'ZAG' is there twice
            zig|Zig|programming|React.js|rust    ! leads to 'react' already, by skills.tsv:
            zig|React JS|programming||rust       ! leads to 'react' already
            zig|Zig|programming|c-language|rust  ! leads to 'c-language' already
            zig|+++|programming||rust            ! no letter or digit
            zig|a b c d e f g h i j k|programming||rust ! more than 10 words
            react|Reaction||x1|                  ! leave it empty
            react|||ReactJS|                     ! is there twice
            @category|data|Data|More data.       ! is there already
            @everyday|zig|sometimes              ! neither
            """)
    void aMalformedLineIsRefusedWithFileAndLine(String line, String reason) {
        assertThatThrownBy(() -> extendedBy("# ours", "", line))
                .asInstanceOf(InstanceOfAssertFactories.type(MalformedTaxonomyException.class))
                .satisfies(refused -> {
                    assertThat(refused.line()).isEqualTo(3);
                    assertThat(refused.file()).endsWith("ours.tsv");
                    assertThat(refused).hasMessageContaining("ours.tsv:3: ").hasMessageContaining(reason);
                });
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeMissing() {
        assertThatThrownBy(() -> Taxonomy.extendedBy(folder.resolve("none.tsv")))
                .isInstanceOf(IOException.class);
    }
}
