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

    /** Columns are separated by '|' here for readability. */
    private Taxonomy extendedBy(String... lines) throws IOException {
        Path file = folder.resolve("own.tsv");
        Files.write(
                file, Arrays.stream(lines).map(line -> line.replace('|', '\t')).toList());
        return Taxonomy.extendedBy(file);
    }

    @Test
    void addsSkillsAndCategories() throws IOException {
        Taxonomy taxonomy = extendedBy(
                "# own",
                "",
                "@category|falconry|Falconry|Birds of prey and those who keep them.",
                "hawk-training|Hawk training|falconry|hawking; manning a hawk|falcon-care|Falconer",
                "falcon-care|Falcon care|falconry||hawk-training");
        assertThat(taxonomy.normalise("Hawking")).map(Skill::slug).contains("hawk-training");
        assertThat(taxonomy.categories().getLast().slug()).isEqualTo("falconry");
        assertThat(taxonomy.extract("Someone for hawk training, please")).hasSize(1);
    }

    @Test
    void extendsExistingSkills() throws IOException {
        Taxonomy taxonomy = extendedBy("react|||Reagieren; Ract|angular|");
        Skill react = taxonomy.skill("react").orElseThrow();
        assertThat(react.name()).isEqualTo("React");
        assertThat(react.aliases()).contains("ReactJS", "Ract");
        assertThat(react.related()).startsWith("nextjs").endsWith("angular");
    }

    @Test
    void addsEverydayWords() throws IOException {
        Taxonomy taxonomy = extendedBy("@everyday|gizmo|context", "gizmo|Gizmo|programming||java");
        assertThat(taxonomy.extract("the gizmo is broken")).isEmpty();
        assertThat(taxonomy.extract("Java, Gizmo")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '"', textBlock = """
            zig                                  ! has 1 columns
            zig|Zig|programming|||x|y            ! has 7 columns
            Zig|Zig|programming||rust            ! is not a slug
            zig||programming||rust               ! column 2 is empty
            zig|Zig|nowhere||rust                ! no such category: 'nowhere'
            zig|Zig|programming||rusty           ! no such related skill: 'rusty'
            zig|Zig|programming||zig             ! related to itself
            zig|Zig|programming|a1;;b2|rust      ! empty entry
            zig|Zig|programming|zag; ZAG|rust    ! 'ZAG' is listed twice
            zig|Zig|programming|React.js|rust    ! is already a name of 'react', in skills.tsv:
            zig|React JS|programming||rust       ! is already a name of 'react'
            zig|Zig|programming|c-language|rust  ! is already a name of 'c-language'
            zig|+++|programming||rust            ! no letter or digit
            zig|a b c d e f g h i j k|programming||rust ! more than 10 words
            react|Reaction||x1|                  ! leave the column empty
            react|||ReactJS|                     ! is listed twice
            @category|data|Data|More data.       ! already exists
            @everyday|zig|sometimes              ! neither
            """)
    void rejectsMalformedLineWithFileAndLine(String line, String reason) {
        assertThatThrownBy(() -> extendedBy("# own", "", line))
                .asInstanceOf(InstanceOfAssertFactories.type(MalformedTaxonomyException.class))
                .satisfies(malformed -> {
                    assertThat(malformed.line()).isEqualTo(3);
                    assertThat(malformed.file()).endsWith("own.tsv");
                    assertThat(malformed).hasMessageContaining("own.tsv:3: ").hasMessageContaining(reason);
                });
    }

    @Test
    void missingFileIsAnError() {
        assertThatThrownBy(() -> Taxonomy.extendedBy(folder.resolve("none.tsv")))
                .isInstanceOf(IOException.class);
    }
}
