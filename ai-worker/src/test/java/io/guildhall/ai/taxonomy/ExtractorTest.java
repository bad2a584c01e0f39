package io.guildhall.ai.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractorTest {
    private static final Taxonomy TAXONOMY = Taxonomy.bundled();

    private static List<String> slugs(String text) {
        return TAXONOMY.extract(text).stream()
                .map(found -> found.skill().slug())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I build apps with React Native and TypeScript.      | react-native,typescript
            We use C++, C# and .NET in production               | cpp,csharp,dotnet
            Python, Go and Rust                                 | python,go,rust
            Looking for a Go developer                          | go
            Our statistics are done in R.                       | r-language
            R programming and Python                            | r-language,python
            C/C++ firmware                                      | c-language,cpp
            an app written in Swift for iPads                   | swift
            nodejs/reactjs                                      | nodejs,react
            experience with react, html and css                 | react,html,css
            I need a logo for my bakery                         | logo-design
            Kubernetes(k8s)                                     | kubernetes,kubernetes
            Skills: Excel; Photoshop                            | excel,adobe-photoshop
            an app made with wordpress or react                 | wordpress,react
            """)
    void findsSkills(String text, String slugs) {
        assertThat(slugs(text)).containsExactly(slugs.split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We go to the market and then go home.",
                "Go to the shop. Vitamin C is good for you, and so is rest.",
                "Please react quickly: the spring collection is a swift success, so access it and excel.",
                "See section c and figure R in the word of the day; his rust belt dart hit the node.",
                "R and D went to sleep; go, c, r.",
                "We are hiring! Send your resume to the nurse or doctor. I am a writer in spring.",
                "It costs 20 EUR/hr and takes 5 ml of water.",
                "Find me at https://react.dev/python or anna@python.example or www.kubernetes.example/docker",
                "unreactive pythonesque javascripts4you scalability",
                "THE WORD GO WAS SPOKEN, AND WE EXCEL IN SPRING",
                "Our office in Leeds, near the lakes.",
                "Write a cover letter and accept the terms and conditions.",
                ""
            })
    void findsNothingInOrdinaryProse(String prose) {
        assertThat(slugs(prose)).isEmpty();
    }

    @Test
    void returnsOffsets() {
        String text = "Über 😀 React Native, bitte";
        FoundSkill found = TAXONOMY.extract(text).getFirst();
        assertThat(text.substring(found.start(), found.end())).isEqualTo("React Native");
    }

    @Test
    void listEndsWithTheSentence() {
        assertThat(slugs("I know Python. Go away.")).containsExactly("python");
        assertThat(slugs("I know Python, go home")).containsExactly("python");
    }

    /** Names with a comma are found by their aliases only, because a comma ends a phrase. */
    @Test
    void findsEveryNameInAList() {
        for (Skill skill : TAXONOMY.skills())
            for (String name : names(skill))
                if (!name.contains(",") && !name.contains("("))
                    assertThat(slugs("PostgreSQL, " + name + ", Kubernetes"))
                            .as(name)
                            .containsExactly("postgresql", skill.slug(), "kubernetes");
    }

    private static List<String> names(Skill skill) {
        return Stream.concat(Stream.of(skill.name()), skill.aliases().stream()).toList();
    }

    @Property
    void skillsAreInOrderWithoutOverlaps(@ForAll @Size(max = 200) List<Character> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        int end = 0;
        for (FoundSkill found : TAXONOMY.extract(text + " react developer " + text)) {
            assertThat(found.start()).isGreaterThanOrEqualTo(end);
            assertThat(found.end()).isGreaterThan(found.start());
            end = found.end();
        }
    }

    @Test
    void longTextsTakeLinearTime() {
        String few = "Python, go and react native developer for e-commerce with c c c ".repeat(80);
        String many = few.repeat(100);
        Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(TAXONOMY.extract(many))
                        .hasSize(100 * TAXONOMY.extract(few).size()));
    }

    @Test
    void veryLongWordsTakeLittleTime() {
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            assertThat(slugs("a".repeat(1_000_000))).isEmpty();
            assertThat(slugs("@".repeat(1_000_000))).isEmpty();
            assertThat(slugs("a+".repeat(500_000))).isEmpty();
            assertThat(slugs(".a".repeat(500_000))).isEmpty();
        });
    }
}
