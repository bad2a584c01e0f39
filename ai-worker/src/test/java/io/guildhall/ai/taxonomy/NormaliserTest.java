package io.guildhall.ai.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormaliserTest {
    private static final Taxonomy TAXONOMY = Taxonomy.bundled();

    @ParameterizedTest
    @CsvSource({
        "reactjs, react",
        "React.js, react",
        "React js, react",
        "react-js, react",
        "  REACT  , react",
        "React 18, react",
        "React developer, react",
        "senior react developer, react",
        "k8s, kubernetes",
        "Kubernetes, kubernetes",
        "golang, go",
        "Go, go",
        "C, c-language",
        "C++, cpp",
        "c++ developer, cpp",
        "C#, csharp",
        "c sharp, csharp",
        ".net, dotnet",
        "ASP.NET, aspnet-core",
        "python3, python",
        "Python 3.12, python",
        "Java 21, java",
        "photo shop, adobe-photoshop",
        "Node, nodejs",
        "node js, nodejs",
        "c-language, c-language",
        "UX/UI, ux-design",
        "Wordpress, wordpress",
        "word press, wordpress",
        "Logo Design, logo-design",
        "Excel, excel"
    })
    void findsTheSkill(String free, String slug) {
        assertThat(TAXONOMY.normalise(free)).map(Skill::slug).contains(slug);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "?!",
                "😀",
                "developer",
                "senior developer",
                "underwater basket",
                "+",
                "#",
                "3",
                "'; drop table skills; --"
            })
    void findsNothingInOtherTexts(String free) {
        assertThat(TAXONOMY.normalise(free)).isEmpty();
    }

    @Property
    void findsEveryNameInAnyCase(@ForAll("named") Named named) {
        String name = named.name();
        for (String written :
                new String[] {name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), "  " + name + " "})
            assertThat(TAXONOMY.normalise(written)).as(written).contains(named.skill());
    }

    record Named(String name, Skill skill) {}

    @Provide
    Arbitrary<Named> named() {
        return Arbitraries.of(TAXONOMY.skills())
                .flatMap(skill -> Arbitraries.of(
                                Stream.concat(Stream.of(skill.name(), skill.slug()), skill.aliases().stream())
                                        .toList())
                        .map(name -> new Named(name, skill)));
    }
}
