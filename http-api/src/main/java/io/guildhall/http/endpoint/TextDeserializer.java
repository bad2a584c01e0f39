package io.guildhall.http.endpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import io.guildhall.http.text.TextRule;
import io.guildhall.kernel.TextKind;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;

/**
 * Reads strings, also in lists and optional ones, in the normal form of the kind of text that their component is annotated
 * with. One without an annotation is a plain text. Rejects control characters; the constraints check the rest.
 */
final class TextDeserializer extends StdScalarDeserializer<String> implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;

    private final TextKind kind;

    private TextDeserializer(TextKind kind) {
        super(String.class);
        this.kind = kind;
    }

    TextDeserializer() {
        this(TextKind.PLAIN_TEXT);
    }

    @Override
    public JsonDeserializer<String> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        return property != null
                        && property.getMember() instanceof AnnotatedParameter parameter
                        && parameter.getOwner().getAnnotated() instanceof Executable constructor
                ? new TextDeserializer(kind(constructor.getAnnotatedParameterTypes()[parameter.getIndex()]))
                : this;
    }

    private static TextKind kind(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType generic)
            return kind(generic.getAnnotatedActualTypeArguments()[0]);
        return TextRule.of(type).map(TextRule::kind).orElse(TextKind.PLAIN_TEXT);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING))
            return (String) context.handleUnexpectedToken(String.class, parser);
        var text = parser.getText();
        TextKind.controlError(text).ifPresent(it -> BodyErrors.of(context).addMalformed(BodyErrors.path(parser), it));
        return kind.normalise(text);
    }
}
