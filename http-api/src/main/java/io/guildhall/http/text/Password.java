package io.guildhall.http.text;

import io.guildhall.kernel.TextKind;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A {@linkplain TextKind#PASSWORD password} of 10 to 128 characters. */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Password.Validator.class)
public @interface Password {
    int MIN_LENGTH = 10;
    int MAX_LENGTH = 128;

    /** 0 at log-in: a password that is too short is a wrong one. */
    int min() default MIN_LENGTH;

    String message() default "is not a valid text";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator extends TextValidator<Password> {}
}
