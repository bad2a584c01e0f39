package io.guildhall.http.endpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import io.guildhall.kernel.EmailAddress;
import io.guildhall.kernel.InvalidTextException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads e-mail addresses. One that is not valid is an error of the body. */
final class EmailAddressDeserializer extends StdScalarDeserializer<EmailAddress> {
    private static final long serialVersionUID = 1L;

    EmailAddressDeserializer() {
        super(EmailAddress.class);
    }

    @Override
    public @Nullable EmailAddress deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING))
            return (EmailAddress) context.handleUnexpectedToken(EmailAddress.class, parser);
        try {
            return EmailAddress.parse(parser.getText());
        } catch (InvalidTextException e) {
            BodyErrors.of(context).add(BodyErrors.path(parser), e);
            return null;
        }
    }
}
