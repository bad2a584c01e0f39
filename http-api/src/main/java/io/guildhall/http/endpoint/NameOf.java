package io.guildhall.http.endpoint;

import static java.util.stream.Collectors.joining;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The text is the name of a constant of the enum. The error names the text, and the constants. */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = NameOf.Validator.class)
public @interface NameOf {
    Class<? extends Enum<?>> value();

    String message() default "is not supported";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<NameOf, String> {
        private static final String ECHOED = "[A-Za-z0-9_-]{1,40}";
        private List<String> names = List.of();

        @Override
        public void initialize(NameOf constraint) {
            names = names(constraint);
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            if (text == null || names.contains(text)) return true;
            context.disableDefaultConstraintViolation();
            var all = names.stream().collect(joining(", "));
            context.buildConstraintViolationWithTemplate(
                            (text.matches(ECHOED) ? text : "The value") + " is not supported; use one of " + all)
                    .addConstraintViolation();
            return false;
        }

        /** The names of the constants, in their order. */
        public static List<String> names(NameOf constraint) {
            return Stream.of(constraint.value().getEnumConstants())
                    .map(Enum::name)
                    .toList();
        }
    }
}
