package io.guildhall.http.text;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/** @param <A> one of the annotations of {@link TextRule} */
abstract class TextValidator<A extends Annotation> implements ConstraintValidator<A, String> {
    private @Nullable TextRule rule;

    @Override
    public void initialize(A constraint) {
        rule = TextRule.of(constraint).orElseThrow();
    }

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
        return text == null || rule == null || rule.error(text).isEmpty();
    }
}
