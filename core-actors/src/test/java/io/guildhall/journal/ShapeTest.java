package io.guildhall.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("SameNameButDifferent") // Shapes contain simple names.
class ShapeTest {
    /** One shape, as it was and as it may become: the simple names are the same, since they are part of it. */
    interface Before {
        record State(String name, List<Part> parts) {}

        record Part(int size, Colour colour, Mark mark) {}

        enum Colour {
            RED,
            BLUE
        }

        sealed interface Mark {}

        record Dot() implements Mark {}
    }

    interface Same {
        record State(String name, List<Part> parts) {}

        record Part(int size, Colour colour, Mark mark) {}

        enum Colour {
            RED,
            BLUE
        }

        sealed interface Mark {}

        record Dot() implements Mark {}
    }

    interface AddedComponent {
        record State(String name, List<Before.Part> parts, Optional<String> note) {}
    }

    interface RenamedComponent {
        record State(String title, List<Before.Part> parts) {}
    }

    interface OtherType {
        record State(String name, Set<Before.Part> parts) {}
    }

    interface OptionalComponent {
        record State(Optional<String> name, List<Before.Part> parts) {}
    }

    interface AddedInside {
        record State(String name, List<Part> parts) {}

        record Part(int size, Before.Colour colour, Before.Mark mark, Optional<String> note) {}
    }

    interface AddedConstant {
        record State(String name, List<Part> parts) {}

        record Part(int size, Colour colour, Before.Mark mark) {}

        enum Colour {
            RED,
            BLUE,
            GREEN
        }
    }

    interface AddedSubtype {
        record State(String name, List<Part> parts) {}

        record Part(int size, Before.Colour colour, Mark mark) {}

        sealed interface Mark {}

        record Dot() implements Mark {}

        record Line() implements Mark {}
    }

    record Tree(List<Tree> children) {}

    static Stream<Class<?>> others() {
        return Stream.of(
                AddedComponent.State.class,
                RenamedComponent.State.class,
                OtherType.State.class,
                OptionalComponent.State.class,
                AddedInside.State.class,
                AddedConstant.State.class,
                AddedSubtype.State.class);
    }

    @ParameterizedTest
    @MethodSource("others")
    void changesWithAnyPartOfTheState(Class<?> other) {
        assertThat(Shape.of(other)).isNotEqualTo(Shape.of(Before.State.class));
    }

    @Test
    void doesNotDependOnWhereTheClassIs() {
        assertThat(Shape.of(Same.State.class)).isEqualTo(Shape.of(Before.State.class));
    }

    @Test
    void describesATypeThatContainsItself() {
        assertThat(Shape.of(Tree.class)).matches("[0-9a-f]{12}");
    }
}
