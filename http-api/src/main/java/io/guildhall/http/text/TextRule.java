package io.guildhall.http.text;

import io.guildhall.kernel.Characters;
import io.guildhall.kernel.TextKind;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rule for a text of a request record, which one annotation of this package states. The length is counted in
 * characters of Unicode, after {@linkplain TextKind#normalise normalisation}.
 */
public record TextRule(TextKind kind, int min, int max) {
    /** Returns empty for an annotation that is none of this package. */
    public static Optional<TextRule> of(Annotation annotation) {
        return switch (annotation) {
            case PersonName it -> Optional.of(new TextRule(TextKind.SINGLE_LINE, 0, it.max()));
            case SingleLine it -> Optional.of(new TextRule(TextKind.SINGLE_LINE, it.min(), it.max()));
            case Paragraphs it -> Optional.of(new TextRule(TextKind.PARAGRAPHS, it.min(), it.max()));
            case PlainText it -> Optional.of(new TextRule(TextKind.PLAIN_TEXT, 0, it.max()));
            case Password it -> Optional.of(new TextRule(TextKind.PASSWORD, it.min(), Password.MAX_LENGTH));
            default -> Optional.empty();
        };
    }

    public static Optional<TextRule> of(AnnotatedType type) {
        return Stream.of(type.getAnnotations())
                .map(TextRule::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What the text must be, to complete a sentence; empty if it is. */
    public Optional<String> error(String text) {
        int length = Characters.count(text);
        if (length < min || length > max) return Optional.of("must be " + length() + " characters");
        return kind.error(text);
    }

    /** Whether the text is not only too short. */
    public boolean isMalformed(String text) {
        return Characters.count(text) >= min;
    }

    private String length() {
        return min == 0 ? "at most " + max : min + " to " + max;
    }
}
