package io.guildhall.http.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.guildhall.kernel.EmailAddress;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/**
 * JSON of requests, responses and frames of live connections. What a client sends is validated against its record's
 * constraints.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxNumberLength(30)
                            .build())
                    .build())
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(scalars())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();
    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    private static final String NOT_JSON =
            " is not valid JSON, is nested too deeply, or has a number with too many digits.";

    private Json() {}

    private static SimpleModule scalars() {
        var module = new SimpleModule()
                .addDeserializer(String.class, new TextDeserializer())
                .addDeserializer(EmailAddress.class, new EmailAddressDeserializer())
                .addSerializer(EmailAddress.class, ToStringSerializer.instance)
                .addSerializer(double.class, new DecimalSerializer())
                .addSerializer(Double.class, new DecimalSerializer());
        return FlagDeserializer.addTo(WholeNumberDeserializer.addTo(module));
    }

    /**
     * Reads a body. A problem lists everything that is wrong with it, unless it is not JSON.
     *
     * @throws Problem 400 if the bytes are not JSON of this type, or a text is too long, has control characters or is not on
     *     one line; 422 if a field is missing or violates another constraint
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        return read(bytes, type, "The body");
    }

    /**
     * Reads a frame of a client.
     *
     * @throws Problem as {@link #read}
     */
    public static <T> T readFrame(byte[] bytes, Class<T> type) {
        return read(bytes, type, "The frame");
    }

    private static <T> T read(byte[] bytes, Class<T> type, String subject) {
        if (Utf8.text(bytes).isEmpty()) throw malformed(subject + " is not valid UTF-8.");
        var errors = new BodyErrors(subject);
        @Nullable T value = parse(bytes, type, errors, subject);
        if (value != null) errors.addViolations(VALIDATOR.validate(value));
        else if (errors.isEmpty()) errors.addMalformed("", "must be a JSON object");
        if (value == null || !errors.isEmpty()) throw errors.problem();
        return value;
    }

    private static <T> @Nullable T parse(byte[] bytes, Class<T> type, BodyErrors errors, String subject) {
        try {
            return MAPPER.readerFor(type)
                    .withHandler(errors)
                    .withAttribute(BodyErrors.class, errors)
                    .readValue(bytes);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof StreamReadException) throw malformed(subject + NOT_JSON);
            errors.addMalformed(JsonErrors.path(e), JsonErrors.message(e));
            return null;
        } catch (JsonProcessingException e) {
            throw malformed(subject + NOT_JSON);
        } catch (IOException e) {
            throw new UncheckedIOException("the body is in memory", e);
        }
    }

    private static Problem malformed(String detail) {
        return Problem.malformed(detail, List.of());
    }

    /**
     * Writes a value with an attribute for its serializers.
     *
     * @param key of the attribute
     */
    public static byte[] write(Object value, Object key, Object attribute) {
        try {
            return MAPPER.writer().withAttribute(key, attribute).writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
