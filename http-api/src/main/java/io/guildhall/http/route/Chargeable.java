package io.guildhall.http.route;

import io.guildhall.kernel.Currency;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The price is at least the minimum that a card can be charged in its currency. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Chargeable.Validator.class)
@interface Chargeable {
    String message() default "is less than can be charged";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<Chargeable, Price> {
        @Override
        public boolean isValid(@Nullable Price price, ConstraintValidatorContext context) {
            if (price == null) return true;
            var tooSmall = Stream.of(Currency.values())
                    .filter(it -> it.name().equals(price.currency()))
                    .map(Currency::minimum)
                    .filter(it -> price.amount() < it.amount())
                    .findFirst();
            tooSmall.ifPresent(minimum -> {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate("must be at least " + minimum.amount()
                                + " minor units, the smallest amount that can be charged in " + minimum.currency())
                        .addPropertyNode("amount")
                        .addConstraintViolation();
            });
            return tooSmall.isEmpty();
        }
    }
}
