package io.guildhall.http.endpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.module.SimpleModule;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads whole numbers from JSON numbers only. One that the type cannot hold is an error that names the bounds. */
final class WholeNumberDeserializer<T extends Number> extends ScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private record Range(BigInteger min, BigInteger max) {
        static Range of(long min, long max) {
            return new Range(BigInteger.valueOf(min), BigInteger.valueOf(max));
        }

        boolean contains(BigInteger value) {
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
        }
    }

    private static final Range INTS = Range.of(Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final Range LONGS = Range.of(Long.MIN_VALUE, Long.MAX_VALUE);

    private final @Nullable T placeholder;
    private final transient Range type;
    private final transient Range bounds;
    private final transient Function<BigInteger, T> convert;

    private WholeNumberDeserializer(
            Class<?> handled,
            String field,
            @Nullable T placeholder,
            Range type,
            Range bounds,
            Function<BigInteger, T> convert) {
        super(handled, field, placeholder);
        this.placeholder = placeholder;
        this.type = type;
        this.bounds = bounds;
        this.convert = convert;
    }

    /** Adds deserializers of all types of whole numbers that request bodies have. */
    static SimpleModule addTo(SimpleModule module) {
        return module.addDeserializer(int.class, ints(int.class, 0))
                .addDeserializer(Integer.class, ints(Integer.class, null))
                .addDeserializer(long.class, longs(long.class, 0L))
                .addDeserializer(Long.class, longs(Long.class, null));
    }

    private static WholeNumberDeserializer<Integer> ints(Class<?> handled, @Nullable Integer placeholder) {
        return new WholeNumberDeserializer<>(handled, "", placeholder, INTS, INTS, BigInteger::intValueExact);
    }

    private static WholeNumberDeserializer<Long> longs(Class<?> handled, @Nullable Long placeholder) {
        return new WholeNumberDeserializer<>(handled, "", placeholder, LONGS, LONGS, BigInteger::longValueExact);
    }

    @Override
    WholeNumberDeserializer<T> of(BeanProperty property) {
        return new WholeNumberDeserializer<>(
                handledType(), property.getName(), placeholder, type, bounds(property), convert);
    }

    private Range bounds(BeanProperty property) {
        if (!(property.getMember() instanceof AnnotatedParameter parameter)
                || !(parameter.getOwner().getAnnotated() instanceof Executable constructor)) return type;
        var declared = content(constructor.getAnnotatedParameterTypes()[parameter.getIndex()]);
        return new Range(
                Optional.ofNullable(declared.getAnnotation(Min.class))
                        .map(it -> BigInteger.valueOf(it.value()))
                        .orElse(type.min),
                Optional.ofNullable(declared.getAnnotation(Max.class))
                        .map(it -> BigInteger.valueOf(it.value()))
                        .orElse(type.max));
    }

    private static AnnotatedType content(AnnotatedType declared) {
        return declared instanceof AnnotatedParameterizedType generic
                ? generic.getAnnotatedActualTypeArguments()[0]
                : declared;
    }

    @Override
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)) return unexpected(context);
        var value = parser.getBigIntegerValue();
        if (type.contains(value)) return convert.apply(value);
        BodyErrors.of(context).addInvalid(BodyErrors.path(parser), message(value));
        return placeholder;
    }

    /** Without the limits of the type, which mean nothing to a caller. */
    private String message(BigInteger value) {
        if (!bounds.max.equals(type.max)) return "must be from " + bounds.min + " to " + bounds.max;
        if (value.signum() > 0) return "is too large";
        return bounds.min.equals(type.min) ? "is too small" : "must be at least " + bounds.min;
    }
}
