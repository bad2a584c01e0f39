package io.guildhall.http.endpoint;

import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that Jackson would also read from other types, or replace by a default where they are missing. A missing
 * primitive is an error of the body.
 *
 * @param <T> the boxed type
 */
abstract class ScalarDeserializer<T> extends StdScalarDeserializer<T> implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final transient @Nullable T placeholder;

    /**
     * @param field of the record; empty for what is not a field
     * @param placeholder continues the reading where a primitive is missing; null for a boxed type
     */
    ScalarDeserializer(Class<?> type, String field, @Nullable T placeholder) {
        super(type);
        this.field = field;
        this.placeholder = placeholder;
    }

    abstract ScalarDeserializer<T> of(BeanProperty property);

    @Override
    public ScalarDeserializer<T> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        return property == null ? this : of(property);
    }

    /** The value is null. */
    @Override
    public @Nullable T getNullValue(DeserializationContext context) {
        if (placeholder != null)
            BodyErrors.of(context).addInvalid(BodyErrors.path(context.getParser()), Constraints.REQUIRED);
        return placeholder;
    }

    /** The field is missing. */
    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        if (placeholder != null)
            BodyErrors.of(context)
                    .addInvalid(BodyErrors.join(BodyErrors.path(context.getParser()), field), Constraints.REQUIRED);
        return placeholder;
    }

    /** Records that the value has another type, and continues after it. */
    @Nullable
    T unexpected(DeserializationContext context) throws java.io.IOException {
        context.handleUnexpectedToken(handledType(), context.getParser());
        return placeholder;
    }
}
