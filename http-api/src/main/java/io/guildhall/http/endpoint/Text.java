package io.guildhall.http.endpoint;

import io.guildhall.kernel.PlainText;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text is a {@link PlainText} of bounded length, on one line unless it is multiline. The length is counted in
 * characters of Unicode, as in the OpenAPI document.
 */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Text.Validator.class)
public @interface Text {
    int min() default 0;

    int max();

    /** Whether line breaks and tabs are allowed. */
    boolean multiline() default false;

    String message() default "is not a valid text";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<Text, String> {
        private @Nullable Text constraint;

        @Override
        public void initialize(Text text) {
            constraint = text;
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            return text == null || constraint == null || error(constraint, text).isEmpty();
        }

        /** What the text must be; empty if it is. */
        static Optional<String> error(Text constraint, String text) {
            int length = PlainText.length(text);
            if (length < constraint.min() || length > constraint.max())
                return Optional.of("must be " + length(constraint) + " characters");
            if (!PlainText.isValid(text)) return Optional.of("must not contain control characters");
            if (!constraint.multiline() && !PlainText.isOneLine(text))
                return Optional.of("must be one line, without tabs and line breaks");
            return Optional.empty();
        }

        /** Whether the text is not only too short. */
        static boolean isMalformed(Text constraint, String text) {
            return PlainText.length(text) >= constraint.min();
        }

        private static String length(Text constraint) {
            return constraint.min() == 0 ? "at most " + constraint.max() : constraint.min() + " to " + constraint.max();
        }
    }
}
