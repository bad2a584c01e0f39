package io.guildhall.http.endpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import io.guildhall.kernel.PlainText;
import java.io.IOException;

/** Reads strings and rejects those that are not {@link PlainText}. One of invisible characters only counts as empty. */
final class PlainTextDeserializer extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1L;

    PlainTextDeserializer() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING))
            return (String) context.handleUnexpectedToken(String.class, parser);
        var text = parser.getText();
        if (!PlainText.isValid(text))
            BodyErrors.of(context).addMalformed(BodyErrors.path(parser), "must not contain control characters");
        return text.isBlank() || PlainText.isVisible(text) ? text : "";
    }
}
